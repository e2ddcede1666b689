"""The same work as the Celery tick, where neither a broker nor beat is wanted."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from diedie_edu.lists.actions.jobs import tidy_imports
from diedie_edu.lists.actions.run import run_next_import

PAUSE = 3  # seconds between two looks


class Command(BaseCommand):
    help = "Check and load uploaded lists of people; safe beside the Celery worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Stop when no list waits.")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        while True:
            while run_next_import(timezone.now()):
                pass
            tidy_imports(timezone.now())
            if once:
                return
            time.sleep(PAUSE)
