"""Ticks that find their work in the register."""

from celery import shared_task
from django.utils import timezone

from diedie_edu.people.actions import changes, consents, erasing, merging


@shared_task(ignore_result=True)
def apply_retention() -> None:
    now = timezone.now()
    consents.apply_retention(now=now)
    changes.forget_notes(now=now)
    merging.bring_after(now=now)


@shared_task(ignore_result=True)
def erase_who_asked() -> None:
    erasing.erase_due(now=timezone.now())
