"""The lock of the calendar: whoever plans on a day shares it, whoever closes a day has it alone."""

from django.db import connection

CALENDAR = 20_260_001  # the key of the lock, nothing more


def lock_calendar() -> None:
    """Let no day be closed until this transaction ends: whoever plans on one takes this first."""
    _lock("SELECT pg_advisory_xact_lock_shared(%s)")


def lock_calendar_alone() -> None:
    """Let nobody plan on any day until this transaction ends."""
    _lock("SELECT pg_advisory_xact_lock(%s)")


def _lock(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [CALENDAR])
