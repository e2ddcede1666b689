"""Signing in on duty: from when the afternoon can be opened."""

from datetime import datetime

from after_school.queries.roster import session_of
from after_school.rules.sessions import opens_at
from diedie_edu.accounts.models import User
from diedie_edu.volunteering.actions import hours
from diedie_edu.volunteering.models import Duty


def sign_in_on_duty(*, duty: Duty, by: User, now: datetime) -> Duty:
    """As `hours.sign_in`. Raises `Refused`."""
    opens = opens_at(session_of(duty))
    return hours.sign_in(duty=duty, opens_at=opens, by=by, now=now)
