"""The one throttle: counting what is tried from one place, so that nobody finds things out by
trying, no single network fills a list, and nobody sets off messages without end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db import connection

from diedie_edu.accounts.models import Tries
from diedie_edu.common.crypto import keyed_hash

PURPOSE = "accounts.tries"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)  # a day is the longest span that counts
COUNT = """
INSERT INTO accounts_tries (place_hash, since, number) VALUES (%s, %s, 1)
ON CONFLICT (place_hash, since) DO UPDATE SET number = accounts_tries.number + 1
RETURNING number
"""


@dataclass(frozen=True)
class Throttle:
    """So many tries of `what` from one place within a span of time; `limit` is the name of a
    setting, empty where tries are only counted. Spans begin at multiples of `within`."""

    what: str
    limit: str = ""
    within: timedelta = HOUR

    def is_used_up(self, place: str, now: datetime) -> bool:
        place_hash, since = self._key(place, now)
        row = Tries.objects.filter(place_hash=place_hash, since=since).first()
        return (row.number if row else 0) >= getattr(settings, self.limit)

    def count(self, place: str, now: datetime) -> int:
        """Note one more try; returns how many that makes."""
        with connection.cursor() as cursor:
            cursor.execute(COUNT, self._key(place, now))
            return cursor.fetchone()[0]

    def is_too_many(self, place: str, now: datetime) -> bool:
        """Note one more try, and whether it is beyond the limit: of many at once no more pass."""
        return self.count(place, now) > getattr(settings, self.limit)

    def ends_at(self, now: datetime) -> datetime:
        """From when on there are tries again."""
        return self._since(now) + self.within

    def _key(self, place: str, now: datetime) -> tuple[str, datetime]:
        since = self._since(now)
        return keyed_hash(f"{self.what}:{since.timestamp():.0f}:{place}", PURPOSE), since

    def _since(self, now: datetime) -> datetime:
        seconds = self.within.total_seconds()
        return datetime.fromtimestamp(now.timestamp() // seconds * seconds, now.tzinfo)


def forget_old_tries(now: datetime) -> None:
    """Those of wrong passwords too, which else would stay until somebody mistypes the next one."""
    Tries.objects.filter(since__lt=now - DAY).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - DAY).delete()
