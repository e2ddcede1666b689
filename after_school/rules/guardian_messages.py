"""What guardians tell the staff of today."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from after_school.models import GuardianMessage, Presence, Session
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused


def can_be_written(
    session: Session, presence: Presence | None, now: datetime, *, is_awaited: bool
) -> bool:
    """House rule: a guardian writes on the day, while the child is inside, or awaited at an
    afternoon that is not closed."""
    if local_day(now) != session.day:
        return False
    is_inside = presence is not None and presence.is_inside
    return is_inside or (is_awaited and session.state != Session.State.CLOSED)


def check_can_be_written(
    session: Session, presence: Presence, now: datetime, *, is_awaited: bool
) -> None:
    """House rule: as `can_be_written`."""
    if not can_be_written(session, presence, now, is_awaited=is_awaited):
        raise Refused("not_today", _("We do not wait for your child today. Please call us."))


def check_not_too_many(sent: int) -> None:
    """House rule: six messages of a guardian a day; then only a call helps."""
    if sent >= GuardianMessage.MOST:
        raise Refused("many", _("You have sent six messages today. Please call us."))
