"""Where a child is that has not come: who is believed, and how long an answer holds."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from after_school.models import Collector, Presence, Session, Whereabouts
from diedie_edu.common.days import local_day, time_text
from diedie_edu.common.errors import Refused

Said = Whereabouts.Said
MOST_ANSWERS = 12  # of a child and day: two guardians, several times each


def awaited_until(answer: Whereabouts) -> datetime:
    """House rule: a child on its way counts as missing once more SCHOOL_ON_THE_WAY_MINUTES after
    that was said."""
    return answer.said_at + timedelta(minutes=settings.SCHOOL_ON_THE_WAY_MINUTES)


def is_on_the_way(presence: Presence | None, now: datetime) -> bool:
    """House rule: as `awaited_until` says, where it was said."""
    answer = _answer(presence)
    if answer is None or answer.said != Said.ON_THE_WAY:
        return False
    return now < awaited_until(answer)


def is_with_guardian(presence: Presence | None) -> bool:
    """House rule: nobody searches for a child of whom a guardian says that it is with them."""
    answer = _answer(presence)
    return answer is not None and answer.said == Said.WITH_ME


def _answer(presence: Presence | None) -> Whereabouts | None:
    return presence.answer if presence is not None else None


def can_be_said(session: Session | None, presence: Presence | None, now: datetime) -> bool:
    """House rule: from the start until the day ends, while the child has not come; before the
    start an absence is told."""
    if session is None or local_day(now) != session.day or now < session.starts_at:
        return False
    return presence is None or presence.arrived_at is None


def check_can_be_said(session: Session, presence: Presence, now: datetime) -> None:
    """House rule: as `can_be_said`. Raises `Refused` (`came` or `day`)."""
    if presence.arrived_at is not None:
        text = _("%(name)s has come at %(time)s.")
        facts = {"name": presence.child, "time": time_text(presence.arrived_at)}
        raise Refused("came", text % facts)
    if not can_be_said(session, presence, now):
        raise Refused("day", _("This was about another day. Thank you for looking."))


def not_believed() -> Refused:
    """House rule: who does not answer for a child, or is barred from it, ends no search."""
    return Refused("not_believed", _("Thank you. Our staff look into it; please call us, too."))


def check_is_believed(bar: Collector | None) -> None:
    """House rule: what a barred person says in a call ends no search either."""
    if bar is not None:
        raise Refused(
            "barred",
            _("%s is barred from collecting this child. Keep searching, and call a guardian.")
            % bar.full_name,
            "who",
        )


def is_news(presence: Presence, now: datetime) -> bool:
    """House rule: an arrival is told within an hour; what was on paper for longer is no news."""
    arrived = presence.arrived_at
    return arrived is not None and now - timedelta(hours=1) < arrived <= now


def check_not_too_often(answers: int) -> None:
    """House rule: after MOST_ANSWERS on one day only a call helps."""
    if answers >= MOST_ANSWERS:
        raise Refused("often", _("You have answered often today. Please call us."))
