"""What a series comes to, day by day, before anything is saved."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.rules import schedule
from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import local_day, moment
from diedie_edu.common.errors import Refused
from diedie_edu.venues.models import Booking, Venue
from diedie_edu.venues.rules.availability import Occupancy
from diedie_edu.venues.rules.series import HELD, PlannedDay
from diedie_edu.volunteering.models import Duty
from residents_school.models import LONGEST, OnClash
from residents_school.rules import lectures

DAY = timedelta(days=1)


class DayState(StrEnum):
    HELD = HELD
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
class Surroundings:
    """Everything a preview depends on besides what is asked for. `busy` are duties of the
    speakers elsewhere; `venues` are the other rooms that can be taken."""

    occupancy: Occupancy
    now: datetime
    busy: Sequence[Duty] = ()
    venues: Sequence[Venue] = ()


def check_season(season: Season, today: date) -> None:
    """House rule: a series has a weekday, lasts a year at most, begins from today on and within
    a year, and each lecture has some time."""
    if season.first_day < today:
        raise Refused("past", _("Please choose a first day that lies ahead."), "day")
    if season.first_day - today > schedule.FURTHEST:
        raise Refused("far", _("That is more than a year ahead. Please check the year."), "day")
    if not season.weekdays:
        raise Refused("no_weekday", _("Choose Saturday, Sunday or both."), "weekdays")
    if not 1 <= season.weeks <= LONGEST:
        raise Refused(
            "weeks", _("Plan one week at least and %(most)s at most.") % {"most": LONGEST}, "weeks"
        )
    if season.ends <= season.starts:
        raise Refused("ends_early", _("The end must come after the beginning."), "ends")


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
                room = self.room(day, self.season.venue)
                yield PlannedDay(day, DayState.HELD, (room,))
            else:
                yield self.solve(day, reason)

    def solve(self, day: date, reason: str | Promise) -> PlannedDay:
        ways: dict[str, Callable[[date], Booking | None]] = {
            OnClash.MOVE: self.next_free_day,
            OnClash.OTHER_VENUE: self.other_venue,
        }
        way = ways.get(self.season.on_clash)
        room = way(day) if way else None
        if room is None:
            return PlannedDay(day, DayState.LEFT_OUT, reason=reason)
        other = local_day(room.starts_at)
        self.settled.add(other)
        state = DayState.MOVED if other != day else DayState.OTHER_VENUE
        return PlannedDay(day, state, (room,), reason)

    def next_free_day(self, day: date) -> Booking | None:
        """The first lecture day after it on which the room and the speakers are free."""
        last = (self.around.now + schedule.FURTHEST).date()
        other = day + DAY
        while other <= last:
            if other not in self.settled and self.why_not(other, self.season.venue) is None:
                return self.room(other, self.season.venue)
            other += DAY
        return None

    def other_venue(self, day: date) -> Booking | None:
        """The smallest room with places enough that is free on the day."""
        big_enough = [row for row in self.around.venues if row.places >= self.season.capacity]
        for venue in sorted(big_enough, key=lambda row: (row.places, row.pk)):
            if self.why_not(day, venue) is None:
                return self.room(day, venue)
        return None

    def room(self, day: date, venue: Venue) -> Booking:
        starts_at, ends_at = moment(day, self.season.starts), moment(day, self.season.ends)
        return Booking(venue=venue, starts_at=starts_at, ends_at=ends_at)

    def why_not(self, day: date, venue: Venue) -> str | Promise | None:
        """Why a day cannot be held in a room; None where it can."""
        room = self.room(day, venue)
        if reason := not_a_day(room, self.around.occupancy.calendar, self.around.now):
            return reason
        obstacle = self.around.occupancy.obstacle(room)
        return obstacle.reason if obstacle else self.who_is_busy(room)

    def who_is_busy(self, room: Booking) -> str | None:
        for duty in self.around.busy:
            if duty.starts_at < room.ends_at and duty.ends_at > room.starts_at:
                words = {"name": duty.volunteer, "other": duty.occasion.activity}
                return _("%(name)s speaks at “%(other)s” then") % words
        return None


def not_a_day(room: Booking, calendar: Calendar, now: datetime) -> str | Promise | None:
    """The rules of one lecture, in the words of a list."""
    day = local_day(room.starts_at)
    try:
        schedule.check_times(room.starts_at, room.ends_at, now)
        lectures.check_lecture_day(day, calendar)
    except Refused as refusal:
        return _DAY_WORDS.get(refusal.code) or _("Holiday: %s") % calendar.festival(day)
    return None


_DAY_WORDS = {
    "past": _("It lies in the past"),
    "far": _("It lies more than a year ahead"),
    "weekday": _("It is not a weekend day"),
    "closed_day": _("The community is closed"),
    "makeup_day": _("It is a make-up working day"),
}
