"""Signing in on duty: from when the afternoon can be opened."""

from datetime import datetime

from after_school.queries.kept_away import kept_away
from after_school.queries.roster import session_of
from after_school.rules.sessions import opens_at
from diedie_edu.accounts.models import User
from diedie_edu.volunteering.actions import hours
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.rules import check_may_be_there


def sign_in_on_duty(*, duty: Duty, by: User, now: datetime) -> Duty:
    """As `hours.sign_in`. Raises `Refused`, also where a child comes from whom this person is
    barred."""
    away = kept_away(duty.occasion).filter(duties=duty)
    check_may_be_there(is_kept_away=away.exists())
    opens = opens_at(session_of(duty))
    return hours.sign_in(duty=duty, opens_at=opens, by=by, now=now)
