"""The hourly tick."""

from celery import shared_task
from django.utils import timezone

from diedie_edu.lists.actions import imports


@shared_task(ignore_result=True)
def tidy_up_imports() -> None:
    imports.tidy(timezone.now())
