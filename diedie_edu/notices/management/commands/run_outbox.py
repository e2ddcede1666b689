"""Deliver messages without Redis, Celery or beat; safe beside them."""

import logging
import signal
import threading
import time
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from diedie_edu.notices import outbox

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Plans and delivers messages in a plain loop until SIGTERM or Ctrl-C, without Redis and "
        "Celery. It may run beside them, or several times."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then stop")

    def handle(self, *, once: bool, **options: object) -> None:
        if once:
            outbox.tick()
            return
        stopping = threading.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: stopping.set())
        run_until(stopping)


def run_until(stopping: threading.Event) -> None:
    """Ring both bells in turn. A message in hand is brought to its end before we stop."""
    next_tick = time.monotonic()
    while not stopping.is_set():
        close_old_connections()
        try:
            if time.monotonic() >= next_tick:
                next_tick = time.monotonic() + settings.NOTICE_TICK_SECONDS
                outbox.tick()
            else:
                outbox.deliver()
        except DatabaseError as error:
            # The database is away; its rows will be there when it is back.
            logger.error("No round of the outbox: %s", type(error).__name__)
        stopping.wait(settings.NOTICE_DELIVER_SECONDS)
