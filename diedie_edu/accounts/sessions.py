"""Sessions in the database, read by a query that is composed once."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from diedie_edu.common.composed import Composed


def _live(key: str, now: datetime) -> object:
    return Session.objects.filter(pk=key, expire_date__gt=now)


LIVE = Composed[Session](_live, key=str, now=datetime)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        found = LIVE.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found
