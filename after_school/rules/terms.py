"""On which days a term is held, and in which rooms."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import is_weekend
from diedie_edu.common.errors import Refused
from diedie_edu.venues.models import Venue

PROGRAMME = "after-school"
LONGEST = timedelta(days=366)


class DayState(StrEnum):
    """What becomes of a day between the first and the last of a term."""

    HELD = "held"
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

    def is_break(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.breaks)


@dataclass(frozen=True)
class PlannedDay:
    day: date
    state: DayState
    reason: str = ""

    @property
    def is_held(self) -> bool:
        return self.state == DayState.HELD

    @property
    def words(self) -> str | Promise:
        return STATE_WORDS[self.state]

    @property
    def key(self) -> str:
        """How a form names this day as it was shown."""
        return f"{self.day:%Y-%m-%d}:{self.state}"


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


def check_places(places: int, venue: Venue, field: str = "venue") -> None:
    """House rule: no more children than the room has places, for fire safety."""
    if places > venue.places:
        raise Refused(
            "too_many_places",
            _("%(venue)s has %(places)s places; plan no more than that.")
            % {"venue": venue, "places": venue.places},
            field,
        )


def preview(term: TermDays, calendar: Calendar, taken: Collection[date]) -> list[PlannedDay]:
    """Plan 四(二): Mondays to Fridays that are worked, without school breaks; 242 in 2026.

    Make-up workdays are shown for staff to confirm; other weekends are not. `taken` are days on
    which something else holds one of the rooms.
    """
    return [
        _planned(day, term, calendar, taken)
        for day in term.days()
        if not is_weekend(day) or calendar.is_makeup_workday(day)
    ]


def _planned(day: date, term: TermDays, calendar: Calendar, taken: Collection[date]) -> PlannedDay:
    if term.is_break(day):
        return PlannedDay(day, DayState.BREAK)
    if calendar.is_closed(day):
        return PlannedDay(day, DayState.CLOSED)
    if calendar.is_makeup_workday(day):
        return PlannedDay(day, DayState.MAKE_UP)
    if not calendar.is_session_day(day):
        return PlannedDay(day, DayState.HOLIDAY, calendar.festival(day) or "")
    return PlannedDay(day, DayState.TAKEN if day in taken else DayState.HELD)


def check_as_shown(days: Sequence[PlannedDay], kept: Collection[str]) -> list[PlannedDay]:
    """House rule: what is saved is what was shown; the days that were ticked."""
    held = {row.key: row for row in days if row.is_held}
    if not kept:
        raise Refused("none", _("Keep at least one day."))
    if not set(kept) <= set(held):
        raise Refused("changed", _("Some days have changed since you looked. See below."))
    return [held[key] for key in sorted(kept)]
