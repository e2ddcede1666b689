"""What is forgotten by its date."""

from celery import shared_task
from django.utils import timezone

from diedie_edu.decisions.actions import erasing


@shared_task(ignore_result=True)
def erase_old_requests() -> None:
    erasing.erase_old(now=timezone.now())
