"""Noting when a task ran, whoever started it, and that one worker at a time is at the upkeep."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils import timezone

from diedie_edu.keeping.models import Run

# A bell that rings every three seconds writes once a minute.
RAN = """
INSERT INTO keeping_run (name, ran_at) VALUES (%s, %s)
ON CONFLICT (name) DO UPDATE SET ran_at = EXCLUDED.ran_at, failed_at = NULL
WHERE keeping_run.ran_at IS NULL OR keeping_run.failed_at IS NOT NULL
   OR keeping_run.ran_at NOT BETWEEN EXCLUDED.ran_at - interval '1 minute' AND EXCLUDED.ran_at
"""

# Two beats, or one whose bell came late, ring for several workers: the first of them does it. One
# that is killed is not waited for longer than Celery would let it live.
HOLD = """
INSERT INTO keeping_run (name, held_until) VALUES (%s, %s)
ON CONFLICT (name) DO UPDATE SET held_until = EXCLUDED.held_until
WHERE keeping_run.held_until IS NULL OR keeping_run.held_until <= %s
"""
SELDOM = timedelta(hours=1)  # what comes more often is written for many workers at once


def bells() -> dict[str, str]:
    """The name of each bell by its task."""
    return {entry["task"]: name for name, entry in settings.CELERY_BEAT_SCHEDULE.items()}


@contextmanager
def noted(name: str) -> Iterator[None]:
    """Note that what is in the block ran to its end, or that it failed; it fails all the same.
    Where the database is away there is nothing to note it in."""
    try:
        yield
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        with suppress(DatabaseError):
            Run.objects.update_or_create(name=name, defaults={"failed_at": timezone.now()})
        raise
    note_ran(name, timezone.now())


@contextmanager
def held_alone(name: str, longest: float) -> Iterator[bool]:
    """Whether the upkeep of this name is ours, for so many seconds at most; it ends with the block.
    What comes every few seconds is anybody's."""
    if timedelta(seconds=settings.CELERY_BEAT_SCHEDULE[name]["schedule"]) < SELDOM:
        yield True
        return
    now = timezone.now()
    until = now + timedelta(seconds=longest)
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [name, until, now])
        is_ours = cursor.rowcount == 1
    try:
        yield is_ours
    finally:
        if is_ours:
            with suppress(DatabaseError, InterfaceError):
                Run.objects.filter(name=name, held_until=until).update(held_until=None)


def note_ran(name: str, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(RAN, [name, now])
