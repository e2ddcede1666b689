"""Ticks that find their work in the table of imports."""

from celery import shared_task
from django.utils import timezone

from diedie_edu.lists.actions.jobs import tidy_imports
from diedie_edu.lists.actions.run import run_next_import


@shared_task(ignore_result=True)
def run_imports() -> None:
    while run_next_import(timezone.now()):
        pass


@shared_task(ignore_result=True)
def tidy_up_imports() -> None:
    tidy_imports(timezone.now())
