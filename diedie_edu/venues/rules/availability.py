"""House rule: a room holds one thing at a time, its neighbours may touch (half-open), and it is
used while it is open."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import day_text, local, local_day, span_text
from diedie_edu.common.errors import Refused
from diedie_edu.venues.models import Booking, ClosedTime, OpeningHours

DAY = timedelta(days=1)
REACH = 14  # days before and after, within which free times are offered
OFFERED = 3  # free times at most
# Where a room has no opening hours, another time of day is offered within these alone.
EARLIEST, LATEST = time(8), time(21)
TAKEN = "venue_taken"

Span = tuple[datetime, datetime]
Suits = Callable[[datetime], bool]


class Obstacle(NamedTuple):
    """Why a room cannot be had; `reason` is a few words without a full stop."""

    code: str
    reason: str | Promise


@dataclass(frozen=True)
class Occupancy:
    """All that decides whether rooms are free in a period; `bookings` are live ones."""

    calendar: Calendar
    hours: Sequence[OpeningHours] = ()
    closed: Sequence[ClosedTime] = ()
    bookings: Sequence[Booking] = ()

    def obstacle(self, wanted: Booking) -> Obstacle | None:
        """What stands in the way of a booking; None where nothing does."""
        looks = (_out_of_use, self._closed_day, self._out_of_hours, self._closed, self._taken)
        return next(filter(None, (look(wanted) for look in looks)), None)

    def nearest_free(self, wanted: Booking, suits: Suits) -> list[Booking]:
        """Free times of the same length that begin when it `suits`, the nearest first.

        They begin at the wanted time of another day, or beside what stands in the room.
        """
        nearest = sorted(self._beginnings(wanted), key=lambda at: (abs(at - wanted.starts_at), at))
        rows = (_moved(wanted, begin) for begin in nearest if suits(begin))
        free = (row for row in rows if self._is_daytime(row, wanted) and not self.obstacle(row))
        return list(islice(free, OFFERED))

    def _beginnings(self, wanted: Booking) -> set[datetime]:
        length = wanted.ends_at - wanted.starts_at
        same_time = {wanted.starts_at + number * DAY for number in range(-REACH, REACH + 1)}
        spans = [span for begin in same_time for span in self._hours_on(local_day(begin), wanted)]
        spans += [(row.ends_at, row.starts_at) for row in self._in_room(wanted)]
        return same_time | {at for first, last in spans for at in (first, last - length)}

    def _is_daytime(self, row: Booking, wanted: Booking) -> bool:
        begin, end = local(row.starts_at), local(row.ends_at)
        if self._has_hours(wanted) or begin.time() == local(wanted.starts_at).time():
            return True
        return begin.date() == end.date() and begin.time() >= EARLIEST and end.time() <= LATEST

    def _closed_day(self, wanted: Booking) -> Obstacle | None:
        if any(map(self.calendar.is_closed, _days_of(wanted))):
            return Obstacle("closed_day", _("The community is closed"))
        return None

    def _out_of_hours(self, wanted: Booking) -> Obstacle | None:
        hours = self._hours_on(local_day(wanted.starts_at), wanted)
        inside = (first <= wanted.starts_at and wanted.ends_at <= last for first, last in hours)
        if any(inside) or not self._has_hours(wanted):
            return None
        words = {"venue": wanted.venue, "hours": " · ".join(span_text(*span) for span in hours)}
        return Obstacle("not_open", (_OPEN_ONLY if hours else _NOT_OPEN) % words)

    def _closed(self, wanted: Booking) -> Obstacle | None:
        for row in self.closed:
            if _meet(row, wanted):
                words = {"venue": wanted.venue, "reason": row.reason}
                return Obstacle("venue_closed", _("%(venue)s is closed then: %(reason)s") % words)
        return None

    def _taken(self, wanted: Booking) -> Obstacle | None:
        for row in self._on_days_of(wanted):
            if row is not wanted and _meet(row, wanted):
                words = {"venue": wanted.venue, "other": row}
                return Obstacle(TAKEN, _("%(venue)s is taken by “%(other)s”") % words)
        return None

    def _has_hours(self, wanted: Booking) -> bool:
        return any(row.venue_id == wanted.venue_id for row in self.hours)

    def _hours_on(self, day: date, wanted: Booking) -> list[Span]:
        own = (row for row in self.hours if row.venue_id == wanted.venue_id)
        return [row.on(day) for row in own if row.weekday == day.isoweekday()]

    def _in_room(self, wanted: Booking) -> Iterator[Booking]:
        return (row for row in self.bookings if row.venue_id == wanted.venue_id)

    def _on_days_of(self, wanted: Booking) -> Iterator[Booking]:
        keys = ((wanted.venue_id, day) for day in _days_of(wanted))
        return (row for key in keys for row in self._by_day.get(key, ()))

    @cached_property
    def _by_day(self) -> Mapping[tuple[int, date], list[Booking]]:
        found = defaultdict(list)
        for row in self.bookings:
            for day in _days_of(row):
                found[row.venue_id, day].append(row)
        return found


_OPEN_ONLY = _("%(venue)s is open on that day at %(hours)s only")
_NOT_OPEN = _("%(venue)s is not open on that day")
_WITH_TIMES = _("%(reason)s. The nearest free times: %(times)s")
_WITHOUT = _("%(reason)s. Choose another time or venue.")


def refused(obstacle: Obstacle, free: Sequence[Booking]) -> Refused:
    """In words, with free times to choose from."""
    times = " · ".join(map(_time_text, free))
    text = _WITH_TIMES if free else _WITHOUT
    return Refused(obstacle.code, text % {"reason": obstacle.reason, "times": times}, "venue")


def _time_text(row: Booking) -> str:
    day = day_text(local_day(row.starts_at), year=False)
    return f"{day} {span_text(row.starts_at, row.ends_at)}"


def _moved(wanted: Booking, begin: datetime) -> Booking:
    length = wanted.ends_at - wanted.starts_at
    return Booking(venue=wanted.venue, starts_at=begin, ends_at=begin + length)


def _out_of_use(wanted: Booking) -> Obstacle | None:
    if wanted.venue.is_open:
        return None
    return Obstacle("not_bookable", _("%(venue)s cannot be booked") % {"venue": wanted.venue})


def _meet(one: Booking | ClosedTime, other: Booking) -> bool:
    same_room = one.venue_id == other.venue_id
    return same_room and one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _days_of(row: Booking) -> list[date]:
    """The days it touches; its end is not part of it."""
    first, last = local_day(row.starts_at), local_day(row.ends_at - timedelta.resolution)
    return [first + number * DAY for number in range((last - first).days + 1)]
