"""Noting when a task ran, whoever started it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

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


def note_ran(name: str, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(RAN, [name, now])
