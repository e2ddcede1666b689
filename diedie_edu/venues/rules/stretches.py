"""A day of a room from its beginning to its end: what holds it, when it is closed, when free."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from django.utils.functional import Promise

from diedie_edu.common.days import local_day
from diedie_edu.venues.models import Booking, Venue
from diedie_edu.venues.rules.availability import TAKEN, Occupancy

FREE = "free"


@dataclass(frozen=True)
class Stretch:
    """Part of a day. `kind` is FREE, TAKEN, or the code of what else stands in the way.

    Several `bookings` where parts of the room are held at times that meet.
    """

    kind: str
    starts_at: datetime
    ends_at: datetime
    bookings: tuple[Booking, ...] = ()
    reason: str | Promise = ""

    @property
    def is_free(self) -> bool:
        return self.kind == FREE

    def goes_on_in(self, other: "Stretch") -> bool:
        if self.bookings or other.bookings:
            return bool({*self.bookings} & {*other.bookings})
        return (self.kind, str(self.reason)) == (other.kind, str(other.reason))


def stretches(known: Occupancy, venue: Venue, first: datetime, last: datetime) -> list[Stretch]:
    """Of a room from `first` to `last` of one day, without gaps; what is held there is named even
    where the room is closed."""
    day = local_day(first)
    held = [row for row in known.on_ground(venue, day) if row.venue.shares_ground_with(venue)]
    ends = {at for row in held for at in (row.starts_at, row.ends_at)}
    edges = known.edges(venue, day) | ends
    inside = sorted({first, last, *(at for at in edges if first < at < last)})
    return list(_joined(_piece(known, venue, held, *span) for span in pairwise(inside)))


def _piece(
    known: Occupancy, venue: Venue, held: Iterable[Booking], start: datetime, end: datetime
) -> Stretch:
    there = tuple(row for row in held if row.starts_at < end and start < row.ends_at)
    if there:
        return Stretch(TAKEN, start, end, there)
    obstacle = known.obstacle(Booking(venue=venue, starts_at=start, ends_at=end))
    kind, reason = obstacle or (FREE, "")
    return Stretch(kind, start, end, reason=reason)


def _joined(pieces: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours that are the same become one."""
    last: Stretch | None = None
    for piece in pieces:
        if last is None or not last.goes_on_in(piece):
            if last:
                yield last
            last = piece
        else:
            both = dict.fromkeys([*last.bookings, *piece.bookings])
            last = replace(last, ends_at=piece.ends_at, bookings=tuple(both))
    if last:
        yield last
