"""The tasks that beat rings by the hour, where neither a broker nor beat is wanted."""

from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from diedie_edu.keeping.queries import upkeep

# What comes more often is work of run_outbox and run_jobs.
OFTEN = {"deliver", "tick", "run_jobs"}


class Command(BaseCommand):
    help = (
        "Do what is due of the upkeep, once; for cron, every few minutes. Safe beside Celery. "
        "执行到时候的定时维护，供 cron 使用。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        for bell in upkeep.bells():
            if bell.name not in OFTEN and bell.is_due(now):
                module, _dot, name = bell.task.rpartition(".")
                getattr(import_module(module), name)()
                self.stdout.write(bell.name)
