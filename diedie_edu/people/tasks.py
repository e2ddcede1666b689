"""Ticks that find their work in the register."""

from celery import shared_task
from django.utils import timezone

from diedie_edu.people.actions import consents


@shared_task(ignore_result=True)
def apply_retention() -> None:
    consents.apply_retention(now=timezone.now())
