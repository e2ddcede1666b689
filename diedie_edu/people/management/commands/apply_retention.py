"""The same work as the hourly Celery task, for cron."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from diedie_edu.people.actions import consents


class Command(BaseCommand):
    help = (
        "End the consents that have run out and erase the children whose day has come, once. "
        "Safe beside the Celery worker."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        ended, erased = consents.apply_retention(now=timezone.now())
        self.stdout.write(f"consents ended: {ended}, children erased: {erased}")
