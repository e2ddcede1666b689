"""Today's rooms on a wall: what goes on in each, and what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from diedie_edu.portal.rooms.plan import Entry, Timetable
from diedie_edu.venues.models import Venue
from diedie_edu.venues.rules.stretches import Stretch

SHOWN = 2  # of what comes next


@dataclass(frozen=True)
class Line:
    """A room: `now` holds it at this moment, `next` comes later today."""

    venue: Venue
    stretch: Stretch
    now: list[Entry]
    next: list[Entry]


def board(plan: Timetable, now: datetime) -> list[Line]:
    return [line for row in plan.rows for line in _line(row.venue, row.stretches, row.entries, now)]


def _line(
    venue: Venue, stretches: Iterable[Stretch], entries: dict[int, Entry], now: datetime
) -> list[Line]:
    present = [row for row in stretches if row.starts_at <= now < row.ends_at]
    rows = sorted(entries.values(), key=lambda row: row.booking.starts_at)
    going = [row for row in rows if row.booking.starts_at <= now < row.booking.ends_at]
    coming = [row for row in rows if row.booking.starts_at > now]
    return [Line(venue, stretch, going, coming[:SHOWN]) for stretch in present]
