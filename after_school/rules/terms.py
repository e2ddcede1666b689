"""On which days a term is held, and in which rooms."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from after_school.models import Session, Term
from diedie_edu.common.days import is_weekend, moment
from diedie_edu.common.errors import Refused
from diedie_edu.venues.models import Booking, Venue
from diedie_edu.venues.rules.availability import TAKEN, Occupancy
from diedie_edu.venues.rules.series import HELD, PlannedDay

PROGRAMME = "after-school"
LONGEST = timedelta(days=366)


class DayState(StrEnum):
    """What becomes of a day between the first and the last of a term."""

    HELD = HELD
    BREAK = "break"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    TAKEN = "taken"
    MAKE_UP = "make_up"


STATE_WORDS: dict[DayState, str | Promise] = {
    DayState.HELD: _("held"),
    DayState.BREAK: _("school break"),
    DayState.HOLIDAY: _("public holiday"),
    DayState.CLOSED: _("closed"),
    DayState.TAKEN: _("room taken"),
    DayState.MAKE_UP: _("make-up workday, to be confirmed"),
}


@dataclass(frozen=True)
class TermDays:
    """When a term is held; `breaks` are first and last days."""

    first_day: date
    last_day: date
    starts: time
    ends: time
    breaks: Sequence[tuple[date, date]] = ()

    def days(self) -> Iterator[date]:
        for number in range((self.last_day - self.first_day).days + 1):
            yield self.first_day + timedelta(days=number)

    def rooms_on(self, day: date, venues: Iterable[Venue]) -> tuple[Booking, ...]:
        """What a day of the term takes, not saved."""
        times = {"starts_at": moment(day, self.starts), "ends_at": moment(day, self.ends)}
        return tuple(Booking(venue=venue, **times) for venue in venues)

    def is_break(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.breaks)


class TermDay(PlannedDay):
    @property
    def words(self) -> str | Promise:
        return STATE_WORDS[DayState(self.state)]


def check_term_days(term: TermDays, today: date) -> None:
    """House rule: a term ends after it begins, lasts a year at most, and is not over."""
    if term.last_day < term.first_day:
        raise Refused("ends_early", _("The last day must come after the first."), "last_day")
    if term.last_day - term.first_day > LONGEST:
        raise Refused("long", _("A term lasts a year at most. Check the last day."), "last_day")
    if term.last_day < today:
        raise Refused("past", _("This term would be over already."), "last_day")
    if term.ends <= term.starts:
        raise Refused("ends_early", _("The end must come after the beginning."), "ends")


def check_first_day_stays(term: Term, first_day: date, has_begun: bool) -> None:
    """House rule: a term that has begun keeps its first day."""
    if has_begun and first_day != term.first_day:
        raise Refused("begun", _("The term has begun, so its first day stays."), "first_day")


def check_today_is_over(today: Session | None, now: datetime) -> None:
    """House rule: the times of an afternoon do not change while it is on."""
    if today is None or today.state == Session.State.CLOSED:
        return
    if today.starts_at <= now:
        raise Refused(
            "today", _("Today's afternoon is on. Change the times when it is closed."), "starts"
        )


def check_can_be_deleted(term: Term, *, is_used: bool, on_duty: int) -> None:
    """House rule: only a draft goes that nothing hangs on; all else is called off."""
    if term.state != Term.State.DRAFT:
        raise Refused("announced", _("Only a draft can be deleted. Call its days off instead."))
    if is_used:
        raise Refused("used", _("Something is written of this term already, so it stays."))
    if on_duty:
        raise Refused("on_duty", _("Somebody is on duty on its days. Free the slots first."))


def check_places(places: int, venue: Venue, field: str = "venue") -> None:
    """House rule: no more children than the room has places, for fire safety."""
    if places > venue.places:
        raise Refused(
            "too_many_places",
            _("%(venue)s has %(places)s places; plan no more than that.")
            % {"venue": venue, "places": venue.places},
            field,
        )


def check_told_in_time(starts_at: datetime, now: datetime) -> None:
    """House rule: a make-up day is confirmed SCHOOL_MAKE_UP_HOURS before it begins, so that
    guardians know before their child could be missing."""
    if starts_at - now < timedelta(hours=settings.SCHOOL_MAKE_UP_HOURS):
        raise Refused(
            "late",
            _("Confirm it %(hours)s hours before it begins, so that every family hears in time.")
            % {"hours": settings.SCHOOL_MAKE_UP_HOURS},
        )


def preview(term: TermDays, occupancy: Occupancy, venues: Sequence[Venue]) -> list[TermDay]:
    """Plan 四(二): Mondays to Fridays that are worked, without school breaks; 242 in 2026.

    Make-up workdays are shown for staff to confirm; other weekends are not. On the others the
    rooms of all zones are free.
    """
    return [
        _planned(day, term, occupancy, venues)
        for day in term.days()
        if not is_weekend(day) or occupancy.calendar.is_makeup_workday(day)
    ]


def _planned(day: date, term: TermDays, occupancy: Occupancy, venues: Sequence[Venue]) -> TermDay:
    calendar = occupancy.calendar
    if term.is_break(day):
        return TermDay(day, DayState.BREAK)
    if calendar.is_closed(day):
        return TermDay(day, DayState.CLOSED)
    if calendar.is_makeup_workday(day):
        return TermDay(day, DayState.MAKE_UP)
    if not calendar.is_session_day(day):
        return TermDay(day, DayState.HOLIDAY, reason=calendar.festival(day) or "")
    rooms = term.rooms_on(day, venues)
    for obstacle in filter(None, map(occupancy.obstacle, rooms)):
        state = DayState.TAKEN if obstacle.code == TAKEN else DayState.CLOSED
        return TermDay(day, state, reason=obstacle.reason)
    return TermDay(day, DayState.HELD, rooms)
