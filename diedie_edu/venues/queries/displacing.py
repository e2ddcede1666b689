"""Reads of what would give way, and of the times that are kept for whoever did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from diedie_edu.common.errors import Refused, refusal_of
from diedie_edu.venues.models import Booking, Displacement, RoomPriority, Venue
from diedie_edu.venues.queries import availability
from diedie_edu.venues.rules import displacing as rules
from diedie_edu.venues.rules.availability import DAY, REACH


@dataclass(frozen=True)
class InTheWay:
    """A booking in the room then, and why it cannot give way, if so."""

    booking: Booking
    refusal: Refused | None


def ranks_of(venue: Venue) -> rules.Ranks:
    """Those of the room; where it says nothing of a programme, those of the whole it is part of."""
    found = RoomPriority.objects.filter(venue__in={venue.pk, venue.whole_id})
    rows = sorted(found, key=lambda row: row.venue_id == venue.pk)
    return rules.Ranks({row.programme_id: row.rank for row in rows})


def standing_then(wanted: Booking) -> list[Booking]:
    """Live bookings that exclude the wanted one."""
    rows = Booking.objects.filter(
        ground=wanted.venue.whole_id,
        is_off=False,
        starts_at__lt=wanted.ends_at,
        ends_at__gt=wanted.starts_at,
    ).select_related("venue", "programme")
    found = rows.order_by("starts_at", "pk")
    return [row for row in found if row.venue.shares_ground_with(wanted.venue)]


def in_the_way(wanted: Booking, now: datetime) -> list[InTheWay]:
    ranks, gaining = ranks_of(wanted.venue), wanted.programme_id or 0
    return [
        InTheWay(row, refusal_of(rules.check_gives_way, row, gaining, ranks, now))
        for row in standing_then(wanted)
    ]


def free_times(row: Booking, now: datetime) -> list[Booking]:
    """Up to three nearest free times of the room that exclude each other nowhere, as `row` is."""
    reach = REACH * DAY
    start, end = row.starts_at - reach, row.ends_at + reach
    found: list[Booking] = []
    known = availability.occupancy([row.venue_id], start, end)
    for _number in range(rules.HELD_TIMES):
        near = known.nearest_free(row, lambda at: rules.held_until(at, now) > now)
        if not near:
            break
        found.append(near[0])
        known = known.with_more(near[:1])
    return found


def kept_for(displacement: Displacement, now: datetime) -> Sequence[Booking]:
    """The times that whoever gave way can still take."""
    rows = displacement.holds.filter(held_until__gt=now, is_off=False)
    return list(rows.select_related("venue").order_by("starts_at"))
