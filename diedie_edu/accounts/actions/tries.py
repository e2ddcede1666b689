"""Counting what is tried in vain, so that nobody finds things out by trying."""

from datetime import datetime, timedelta

from django.db import connection

from diedie_edu.accounts.models import Tries
from diedie_edu.common.crypto import keyed_hash

PURPOSE = "accounts.tries"
KEPT = timedelta(days=1)
COUNT = """
INSERT INTO accounts_tries (place_hash, since, number) VALUES (%s, %s, 1)
ON CONFLICT (place_hash, since) DO UPDATE SET number = accounts_tries.number + 1
"""


def tries_so_far(*, what: str, place: str, within: timedelta, now: datetime) -> int:
    """How often `what` was tried in vain from `place` within the running span of time."""
    place_hash, since = _key(what, place, within, now)
    row = Tries.objects.filter(place_hash=place_hash, since=since).first()
    return row.number if row else 0


def count_try(*, what: str, place: str, within: timedelta, now: datetime) -> None:
    """Note one more vain try; spans begin at multiples of `within`."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, _key(what, place, within, now))


def forget_old_tries(now: datetime) -> None:
    Tries.objects.filter(since__lt=now - KEPT).delete()


def _key(what: str, place: str, within: timedelta, now: datetime) -> tuple[str, datetime]:
    seconds = within.total_seconds()
    since = datetime.fromtimestamp(now.timestamp() // seconds * seconds, now.tzinfo)
    return keyed_hash(f"{what}:{since.timestamp():.0f}:{place}", PURPOSE), since
