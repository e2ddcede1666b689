"""Signing in on duty: from when the afternoon can be opened."""

from datetime import datetime
from typing import Any

from after_school.queries.kept_away import kept_away
from after_school.queries.roster import session_of
from after_school.rules.sessions import opens_at
from diedie_edu.accounts.models import User
from diedie_edu.volunteering.actions import hours
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries.clearances import is_cleared
from diedie_edu.volunteering.rules import check_is_cleared, check_may_be_there


def sign_in_on_duty(*, duty: Duty, by: User, now: datetime) -> Duty:
    """As `hours.sign_in`; also where the day is called off with children inside. Raises `Refused`,
    also where a child comes from whom this person is barred."""
    away = kept_away(duty.occasion).filter(duties=duty)
    check_may_be_there(is_kept_away=away.exists())
    session = session_of(duty)
    given: dict[str, Any] = {"duty": duty, "by": by, "now": now}
    if duty.is_off and session.is_open and duty.volunteer_id is not None:
        check_is_cleared(is_cleared(duty.volunteer_id, session.day))
        return hours.sign_in(opens_at=opens_at(session), goes_on=True, **given)
    return hours.sign_in(opens_at=opens_at(session), **given)
