"""When an afternoon is opened, closed and put right, and who works at it."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from after_school.models import Presence, Session
from diedie_edu.common.days import local_day, moment, time_text
from diedie_edu.common.errors import Refused

NIGHT = timedelta(hours=6)  # after midnight, for a child whom nobody has collected


def opens_at(session: Session) -> datetime:
    """House rule: SCHOOL_OPENS_MINUTES before the start, for children who come early."""
    return session.starts_at - timedelta(minutes=settings.SCHOOL_OPENS_MINUTES)


def missing_from(session: Session) -> datetime:
    """House rule: SCHOOL_MISSING_MINUTES after the start a child without notice is missing; where
    it was opened late, not before SCHOOL_LETTING_IN_MINUTES have passed since."""
    missing = session.starts_at + timedelta(minutes=settings.SCHOOL_MISSING_MINUTES)
    if session.opened_at is None:
        return missing
    return max(missing, session.opened_at + timedelta(minutes=settings.SCHOOL_LETTING_IN_MINUTES))


def unopened_from(session: Session) -> datetime:
    """Plan 四(二): it begins at 16:30. House rule: SCHOOL_UNOPENED_MINUTES later staff are alarmed
    where nobody has opened it."""
    return session.starts_at + timedelta(minutes=settings.SCHOOL_UNOPENED_MINUTES)


def is_unopened(session: Session, now: datetime) -> bool:
    """House rule: as `unopened_from` says, as far as it takes place."""
    return session.state == Session.State.PLANNED and unopened_from(session) <= now


def was_opened_late(session: Session) -> bool:
    """Whether staff were alarmed before it was opened, on its day."""
    opened = session.opened_at
    return opened is not None and unopened_from(session) <= opened < session.ends_at


def still_here_since(
    session: Session, now: datetime, called_off_at: datetime | None = None
) -> datetime | None:
    """Plan 四(二): it ends at 19:00. House rule: SCHOOL_STILL_HERE_MINUTES after the end, and after
    it is called off, on its day, people are told of who is still inside; the last of these that
    has passed. None for what was opened afterwards, to be entered from paper."""
    ends, opened = session.ends_at, session.opened_at
    if opened is None or opened >= ends or local_day(now) != session.day:
        return None
    steps = [int(step) for step in settings.SCHOOL_STILL_HERE_MINUTES.split(",")]
    later = [called_off_at + timedelta(minutes=step) for step in steps if called_off_at and step]
    due = [ends + timedelta(minutes=step) for step in steps] + later
    return max((at for at in due if at <= now), default=None)


def is_step_down(told: int | None, short: int | None) -> bool:
    """House rule: staff hear of too few adults (`short` of them), and of each one less than they
    were `told`; None where there are enough."""
    return short is not None and (told is None or short < told)


def check_can_be_opened(session: Session, takes_place: bool, now: datetime) -> None:
    """House rule: on its day, and SHEET_ENTRY_DAYS on for what was written on paper; where it is
    called off, on its day alone, for a child who has come all the same."""
    if not takes_place and local_day(now) != session.day:
        raise Refused("called_off", _("This day has been called off."))
    if now < opens_at(session):
        raise Refused("early", _("It can be opened from %s.") % time_text(opens_at(session)))
    if local_day(now) > session.day + timedelta(days=settings.SHEET_ENTRY_DAYS):
        raise Refused("late", _("This day lies too far back to be entered."))


def check_is_open(session: Session) -> None:
    """House rule: children come and go only while the session is open."""
    if session.state == Session.State.PLANNED:
        raise Refused("planned", _("The afternoon is not open yet. Open it first."))
    if session.state == Session.State.CLOSED:
        raise Refused("closed", _("The afternoon is closed. Open it again to put something right."))


def check_can_be_closed(inside: int) -> None:
    """House rule: nobody goes home before the last child is handed over."""
    if inside:
        raise Refused(
            "inside",
            ngettext_lazy(
                "%(number)d child is still here. Hand it over first.",
                "%(number)d children are still here. Hand each of them over first.",
                inside,
            )
            % {"number": inside},
        )


def check_closing_is_explained(session: Session, awaited: int, reason: str, now: datetime) -> None:
    """House rule: with children still to come, it closes before its end for a reason alone."""
    if awaited and now < session.ends_at and not reason:
        raise Refused(
            "awaited",
            ngettext_lazy(
                "%(number)d child is still to come. Say why you close before the end.",
                "%(number)d children are still to come. Say why you close before the end.",
                awaited,
            )
            % {"number": awaited},
            "reason",
        )


def check_can_be_explained(session: Session, takes_place: bool, now: datetime) -> None:
    """House rule: an afternoon that nobody opened stays on the desk until somebody says why."""
    if not takes_place or session.state != Session.State.PLANNED or now < session.ends_at:
        raise Refused("no_gap", _("There is nothing to explain about this afternoon."))


def check_can_be_reopened(session: Session, now: datetime) -> None:
    """House rule: an afternoon is put right on its day, or on the day on which it was entered."""
    if session.closed_at is None or local_day(session.closed_at) != local_day(now):
        raise Refused("other_day", _("It can be opened again only on the day it was closed."))


def check_happened(at: datetime, session: Session, now: datetime) -> None:
    """House rule: what is typed in afterwards happened on the session's day, not before it could
    be opened, and not ahead."""
    if local_day(at) != session.day or at > now:
        raise Refused("time", _("That time is not on this day, or still ahead."), "at")
    if at < min(now, opens_at(session)):
        raise Refused("early", _("Nobody is here before %s.") % time_text(opens_at(session)), "at")


def check_left(at: datetime, presence: Presence, now: datetime) -> None:
    """House rule: a child leaves after it came, on the session's day or in the night after it, and
    not ahead."""
    night = moment(presence.session.day + timedelta(days=1))
    if at > now or not night <= at < night + NIGHT:
        check_happened(at, presence.session, now)
    if presence.arrived_at is not None and at < presence.arrived_at:
        raise Refused("before", _("The child cannot leave before it came."), "at")


def is_on_its_day(day: date, now: datetime) -> bool:
    """House rule: a volunteer on duty sees the children of a session on its day alone."""
    return local_day(now) == day
