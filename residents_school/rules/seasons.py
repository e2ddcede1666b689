"""What a series comes to, day by day, before anything is saved."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import moment
from diedie_edu.common.errors import Refused
from diedie_edu.venues.models import Venue
from residents_school.models import LONGEST, OnClash
from residents_school.rules import lectures

DAY = timedelta(days=1)


class DayState(StrEnum):
    HELD = "held"
    MOVED = "moved"
    OTHER_VENUE = "other_venue"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Season:
    """What staff ask for: `weekdays` as ISO counts them, `speakers` volunteers' ids."""

    first_day: date
    weekdays: frozenset[int]
    weeks: int
    starts: time
    ends: time
    venue: Venue
    capacity: int
    on_clash: str
    speakers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Booking:
    """What stands already and is not called off: a room taken, people who are to speak."""

    venue: int
    starts_at: datetime
    ends_at: datetime
    title: str
    people: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Surroundings:
    """Everything a preview depends on besides what is asked for."""

    calendar: Calendar
    bookings: Sequence[Booking]
    venues: Sequence[Venue]
    now: datetime


@dataclass(frozen=True)
class Place:
    """A time and a room that are free."""

    day: date
    starts_at: datetime
    ends_at: datetime
    venue: Venue


@dataclass(frozen=True)
class PlannedDay:
    """One day of a series: what was asked for, and what came of it. Left out: no place."""

    wanted: date
    state: DayState
    place: Place | None = None
    reason: str | Promise = ""

    @property
    def day(self) -> date:
        """Where it stands in the calendar."""
        return self.place.day if self.place else self.wanted

    @property
    def key(self) -> str:
        """The day as it was shown; a preview made later agrees with it or not."""
        if self.place is None:
            return f"{self.wanted}"
        return f"{self.wanted}_{self.place.day}_{self.place.venue.pk}"


def check_season(season: Season, today: date) -> None:
    """House rule: a series has a weekday, lasts a year at most, begins from today on and within
    a year, and each lecture has some time."""
    if season.first_day < today:
        raise Refused("past", _("Please choose a first day that lies ahead."), "day")
    if season.first_day - today > lectures.FURTHEST:
        raise Refused("far", _("That is more than a year ahead. Please check the year."), "day")
    if not season.weekdays:
        raise Refused("no_weekday", _("Choose Saturday, Sunday or both."), "weekdays")
    if not 1 <= season.weeks <= LONGEST:
        raise Refused(
            "weeks", _("Plan one week at least and %(most)s at most.") % {"most": LONGEST}, "weeks"
        )
    if season.ends <= season.starts:
        raise Refused("ends_early", _("The end must come after the beginning."), "ends")


def check_as_shown(days: Sequence[PlannedDay], kept: frozenset[str]) -> list[Place]:
    """House rule: what is saved is what was shown. The places of the ticked days, in order.

    Raises `Refused`: `nothing` where none is ticked, `changed` where a day has changed.
    """
    if not kept:
        raise Refused("nothing", _("Tick at least one day."))
    chosen = [day.place for day in days if day.place and day.key in kept]
    if len(chosen) != len(kept):
        raise Refused(
            "changed",
            _(
                "Something was planned meanwhile, so nothing has been saved. Please look at the "
                "days again."
            ),
        )
    return chosen


def wanted_days(season: Season) -> list[date]:
    """Each day of the week as often as there are weeks, from the first day on."""
    every = (season.first_day + number * DAY for number in range(7 * season.weeks))
    return [day for day in every if day.isoweekday() in season.weekdays]


def preview(season: Season, around: Surroundings) -> list[PlannedDay]:
    """Plan 三(二): what becomes of each day asked for, in the order of the calendar."""
    return sorted(_Preview(season, around).days(), key=lambda planned: planned.day)


class _Preview:
    """Days that can be held as asked for are settled first: nothing is moved onto them."""

    def __init__(self, season: Season, around: Surroundings) -> None:
        self.season, self.around = season, around
        self.reasons = {day: self.why_not(day, season.venue) for day in wanted_days(season)}
        self.settled = {day for day, reason in self.reasons.items() if reason is None}

    def days(self) -> Iterator[PlannedDay]:
        for day, reason in self.reasons.items():
            if reason is None:
                yield PlannedDay(day, DayState.HELD, self.place(day, self.season.venue))
            else:
                yield self.solve(day, reason)

    def solve(self, day: date, reason: str | Promise) -> PlannedDay:
        ways: dict[str, Callable[[date], Place | None]] = {
            OnClash.MOVE: self.next_free_day,
            OnClash.OTHER_VENUE: self.other_venue,
        }
        way = ways.get(self.season.on_clash)
        place = way(day) if way else None
        if place is None:
            return PlannedDay(day, DayState.LEFT_OUT, reason=reason)
        self.settled.add(place.day)
        moved = place.day != day
        return PlannedDay(day, DayState.MOVED if moved else DayState.OTHER_VENUE, place, reason)

    def next_free_day(self, day: date) -> Place | None:
        """The first lecture day after it on which the room and the speakers are free."""
        last = (self.around.now + lectures.FURTHEST).date()
        other = day + DAY
        while other <= last:
            if other not in self.settled and self.why_not(other, self.season.venue) is None:
                return self.place(other, self.season.venue)
            other += DAY
        return None

    def other_venue(self, day: date) -> Place | None:
        """The smallest room with places enough that is free on the day."""
        big_enough = [row for row in self.around.venues if row.places >= self.season.capacity]
        for venue in sorted(big_enough, key=lambda row: (row.places, row.pk)):
            if self.why_not(day, venue) is None:
                return self.place(day, venue)
        return None

    def place(self, day: date, venue: Venue) -> Place:
        return Place(day, moment(day, self.season.starts), moment(day, self.season.ends), venue)

    def why_not(self, day: date, venue: Venue) -> str | Promise | None:
        """Why a day cannot be held in a room; None where it can."""
        return _not_a_day(self.place(day, venue), self.around) or self.clash(day, venue)

    def clash(self, day: date, venue: Venue) -> str | Promise | None:
        place = self.place(day, venue)
        for row in self.around.bookings:
            if row.starts_at < place.ends_at and row.ends_at > place.starts_at:
                if row.venue == venue.pk:
                    return _taken(venue, row)
                if busy := self.season.speakers & row.people.keys():
                    return _speaks(row.people[min(busy)], row)
        return None


def _not_a_day(place: Place, around: Surroundings) -> str | Promise | None:
    """The rules of one lecture, in the words of a list."""
    try:
        lectures.check_times(place.starts_at, place.ends_at, around.now)
        lectures.check_lecture_day(place.day, around.calendar)
    except Refused as refusal:
        holiday = around.calendar.festival(place.day)
        return _DAY_WORDS.get(refusal.code) or _("Holiday: %s") % holiday
    return None


_DAY_WORDS = {
    "past": _("It lies in the past"),
    "far": _("It lies more than a year ahead"),
    "weekday": _("It is not a weekend day"),
    "closed_day": _("The community is closed"),
    "makeup_day": _("It is a make-up working day"),
}


def _taken(venue: Venue, other: Booking) -> str:
    return _("%(venue)s is taken by “%(other)s”") % {"venue": venue, "other": other.title}


def _speaks(name: str, other: Booking) -> str:
    return _("%(name)s speaks at “%(other)s” then") % {"name": name, "other": other.title}
