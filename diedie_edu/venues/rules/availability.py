"""House rule: a room holds one thing at a time, its neighbours may touch (half-open), and it is
used while it is open."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import day_text, local, local_day, moment, span_text
from diedie_edu.common.errors import Refused
from diedie_edu.venues.models import Booking, ClosedTime, MusicHours, OpeningHours, Venue

DAY = timedelta(days=1)
REACH = 14  # days before and after, within which free times are offered
OFFERED = 3  # free times at most
# Where a room has no opening hours, another time of day is offered within these alone.
EARLIEST, LATEST = time(8), time(21)
TAKEN = "venue_taken"

Span = tuple[datetime, datetime]
AnyHours = OpeningHours | MusicHours
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
    music: Sequence[MusicHours] = ()
    closed: Sequence[ClosedTime] = ()
    bookings: Sequence[Booking] = ()

    def obstacle(self, wanted: Booking) -> Obstacle | None:
        """What stands in the way of a booking; None where nothing does."""
        at_all = (_out_of_use, self._closed_day, self._out_of_hours)
        looks = (*at_all, self._out_of_music_hours, self._closed, self._taken)
        return next(filter(None, (look(wanted) for look in looks)), None)

    def nearest_free(self, wanted: Booking, suits: Suits) -> list[Booking]:
        """Free times of the same length that begin when it `suits`, the nearest first.

        They begin at the wanted time of another day, or beside what stands in the room.
        """
        nearest = sorted(self._beginnings(wanted), key=lambda at: (abs(at - wanted.starts_at), at))
        rows = (_moved(wanted, begin) for begin in nearest if suits(begin))
        free = (row for row in rows if self._is_daytime(row, wanted) and not self.obstacle(row))
        return list(islice(free, OFFERED))

    def with_more(self, bookings: Sequence[Booking]) -> "Occupancy":
        """The same rooms where these are taken as well."""
        return replace(self, bookings=[*self.bookings, *bookings])

    def _beginnings(self, wanted: Booking) -> set[datetime]:
        length = wanted.ends_at - wanted.starts_at
        same_time = {wanted.starts_at + number * DAY for number in range(-REACH, REACH + 1)}
        hours = [*_hours_of(self.hours, wanted.venue), *_hours_of(self.music, wanted.venue)]
        spans = [span for begin in same_time for span in _on(local_day(begin), hours)]
        spans += [
            (row.ends_at, row.starts_at)
            for row in self.bookings
            if row.venue.shares_ground_with(wanted.venue)
        ]
        return same_time | {at for first, last in spans for at in (first, last - length)}

    def _is_daytime(self, row: Booking, wanted: Booking) -> bool:
        begin, end = local(row.starts_at), local(row.ends_at)
        if _hours_of(self.hours, wanted.venue) or begin.time() == local(wanted.starts_at).time():
            return True
        return begin.date() == end.date() and begin.time() >= EARLIEST and end.time() <= LATEST

    def _closed_day(self, wanted: Booking) -> Obstacle | None:
        if any(map(self.calendar.is_closed, _days_of(wanted))):
            return Obstacle("closed_day", _("The community is closed"))
        return None

    def _out_of_hours(self, wanted: Booking) -> Obstacle | None:
        spans = _outside(_hours_of(self.hours, wanted.venue), wanted)
        if spans is None:
            return None
        words = {"venue": wanted.venue, "hours": _spans_text(spans)}
        return Obstacle("not_open", (_OPEN_ONLY if spans else _NOT_OPEN) % words)

    def _out_of_music_hours(self, wanted: Booking) -> Obstacle | None:
        spans = _outside(_hours_of(self.music, wanted.venue), wanted) if wanted.with_music else None
        if spans is None:
            return None
        words = {"venue": wanted.venue, "hours": _spans_text(spans)}
        return Obstacle("no_music", (_MUSIC_ONLY if spans else _NO_MUSIC) % words)

    def _closed(self, wanted: Booking) -> Obstacle | None:
        for row in self.closed:
            if _meet(row, wanted):
                words = {"venue": row.venue, "reason": row.reason}
                return Obstacle("venue_closed", _("%(venue)s is closed then: %(reason)s") % words)
        return None

    def _taken(self, wanted: Booking) -> Obstacle | None:
        for row in self._on_days_of(wanted):
            if row is not wanted and _meet(row, wanted):
                words = {"venue": row.venue, "other": row}
                return Obstacle(TAKEN, _("%(venue)s is taken by “%(other)s”") % words)
        return None

    def on_ground(self, venue: Venue, day: date) -> Sequence[Booking]:
        """What touches the day in a room, its whole or its parts, and in the parts beside it."""
        return self._by_day.get((venue.whole_id, day), ())

    def open_spans(self, venue: Venue, day: date) -> list[Span]:
        """When it can be held, whatever holds it; by daylight where it has no opening hours."""
        if not venue.is_open or self.calendar.is_closed(day):
            return []
        hours = _hours_of(self.hours, venue)
        spans = _on(day, hours) if hours else [(moment(day, EARLIEST), moment(day, LATEST))]
        return list(without(spans, self._closed_spans(venue)))

    def _closed_spans(self, venue: Venue) -> list[Span]:
        found = (row for row in self.closed if row.venue.shares_ground_with(venue))
        return [(row.starts_at, row.ends_at) for row in found]

    def edges(self, venue: Venue, day: date) -> set[datetime]:
        """When a room opens and closes around a day, whatever holds it."""
        spans = [*self._closed_spans(venue), *_on(day, _hours_of(self.hours, venue))]
        return {at for span in spans for at in span}

    def _on_days_of(self, wanted: Booking) -> Iterator[Booking]:
        return (row for day in _days_of(wanted) for row in self.on_ground(wanted.venue, day))

    @cached_property
    def _by_day(self) -> Mapping[tuple[int, date], list[Booking]]:
        found = defaultdict(list)
        for row in self.bookings:
            for day in _days_of(row):
                found[row.venue.whole_id, day].append(row)
        return found


_OPEN_ONLY = _("%(venue)s is open on that day at %(hours)s only")
_NOT_OPEN = _("%(venue)s is not open on that day")
_MUSIC_ONLY = _("Music is allowed in %(venue)s on that day at %(hours)s only")
_NO_MUSIC = _("Music is not allowed in %(venue)s on that day")
_ON_DAY = _("%(day)s: %(reason)s")
_WITH_TIMES = _("%(reason)s. The nearest free times: %(times)s")
_WITHOUT = _("%(reason)s. Choose another time or venue.")


def refused(obstacle: Obstacle, free: Sequence[Booking], day: date | None = None) -> Refused:
    """In words, with free times to choose from; of several days, the `day` is named."""
    times = " · ".join(map(_time_text, free))
    reason = obstacle.reason
    if day:
        reason = _ON_DAY % {"day": day_text(day, year=False), "reason": reason}
    text = _WITH_TIMES if free else _WITHOUT
    return Refused(obstacle.code, text % {"reason": reason, "times": times}, "venue")


def _time_text(row: Booking) -> str:
    day = day_text(local_day(row.starts_at), year=False)
    return f"{day} {span_text(row.starts_at, row.ends_at)}"


def _moved(wanted: Booking, begin: datetime) -> Booking:
    length = wanted.ends_at - wanted.starts_at
    times = {"starts_at": begin, "ends_at": begin + length}
    return Booking(venue=wanted.venue, with_music=wanted.with_music, **times)


def _out_of_use(wanted: Booking) -> Obstacle | None:
    if wanted.venue.is_open:
        return None
    return Obstacle("not_bookable", _("%(venue)s cannot be booked") % {"venue": wanted.venue})


def _hours_of(hours: Sequence[AnyHours], venue: Venue) -> list[AnyHours]:
    """Its own; those of its whole where it has none."""
    own = [row for row in hours if row.venue_id == venue.pk]
    return own or [row for row in hours if row.venue_id == venue.part_of_id]


def _on(day: date, hours: Sequence[AnyHours]) -> list[Span]:
    return [row.on(day) for row in hours if row.weekday == day.isoweekday()]


def _outside(hours: Sequence[AnyHours], wanted: Booking) -> list[Span] | None:
    """The hours of its day where it is not within them; None where it is, or nothing is set."""
    spans = _on(local_day(wanted.starts_at), hours)
    inside = any(first <= wanted.starts_at and wanted.ends_at <= last for first, last in spans)
    return None if inside or not hours else spans


def without(spans: Iterable[Span], others: Sequence[Span]) -> Iterator[Span]:
    """What is left of the spans."""
    for start, end in spans:
        for first, last in sorted(others):
            if start < first < end:
                yield start, first
            start = max(start, min(last, end)) if first < end else start
        if start < end:
            yield start, end


def _spans_text(spans: Sequence[Span]) -> str:
    return " · ".join(span_text(*span) for span in spans)


def _meet(one: Booking | ClosedTime, other: Booking) -> bool:
    overlap = one.starts_at < other.ends_at and other.starts_at < one.ends_at
    return overlap and one.venue.shares_ground_with(other.venue)


def _days_of(row: Booking) -> list[date]:
    """The days it touches; its end is not part of it."""
    first, last = local_day(row.starts_at), local_day(row.ends_at - timedelta.resolution)
    return [first + number * DAY for number in range((last - first).days + 1)]
