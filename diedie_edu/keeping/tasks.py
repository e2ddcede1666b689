"""What beat rings to keep the portal."""

from celery import shared_task
from django.utils import timezone

from diedie_edu.keeping.actions import endings, guards, nightly

LIMITS = {"soft_time_limit": 3600, "time_limit": 3660}  # seconds


@shared_task(ignore_result=True, **LIMITS)
def back_up_nightly() -> None:
    nightly.save_if_due(timezone.now())


@shared_task(ignore_result=True)
def carry_endings() -> None:
    endings.carry(now=timezone.now())


@shared_task(ignore_result=True)
def watch_guards() -> None:
    guards.check()
