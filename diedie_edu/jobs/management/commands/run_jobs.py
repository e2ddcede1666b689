"""The same work as the Celery tick, where neither a broker nor beat is wanted."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from diedie_edu.common.days import local_now
from diedie_edu.files.actions import store
from diedie_edu.jobs.actions.run import run_waiting

PAUSE = 3  # seconds between two looks


class Command(BaseCommand):
    help = "Do long work: imports, exports; safe beside the Celery worker. 处理导入、导出等工作。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Stop when nothing waits.")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        while True:
            run_waiting()
            store.sweep(now=local_now())
            if once:
                return
            time.sleep(PAUSE)
