"""Whether rooms are free, what stands in the way, and when they are free instead."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import RangeBoundary
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet

from diedie_edu.common.composed import Composed, OneOf
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.ranges import TsTzRange
from diedie_edu.venues.models import Booking, ClosedTime, MusicHours, OpeningHours, Venue
from diedie_edu.venues.queries.special_days import calendar
from diedie_edu.venues.rules.availability import DAY, REACH, Occupancy, Suits, refused
from diedie_edu.venues.rules.series import changed_meanwhile


def opening(venues: Collection[int], start: datetime, end: datetime) -> Occupancy:
    """When these rooms (ids) are open in a period, in four queries; who holds them is left out."""
    rooms = sorted(venues)
    return Occupancy(
        calendar=calendar(),
        hours=HOURS.rows(venues=rooms),
        music=MUSIC.rows(venues=rooms),
        closed=CLOSED.rows(venues=rooms, start=start, end=end),
    )


def _around(rows: QuerySet[Any], venues: list[int]) -> QuerySet[Any]:
    """Of these rooms, their wholes and parts."""
    grounds = Venue.objects.filter(OneOf("pk", venues)).values("ground")
    return rows.filter(venue__ground__in=grounds)


HOURS: Composed[OpeningHours] = Composed(
    lambda venues: _around(OpeningHours.objects.all(), venues), venues=list
)
MUSIC: Composed[MusicHours] = Composed(
    lambda venues: _around(MusicHours.objects.all(), venues), venues=list
)
CLOSED: Composed[ClosedTime] = Composed(
    lambda venues, start, end: _around(
        ClosedTime.objects.filter(starts_at__lt=end, ends_at__gt=start), venues
    ).select_related("venue"),
    venues=list,
    start=datetime,
    end=datetime,
)


def occupancy(
    venues: Collection[int], start: datetime, end: datetime, but: Iterable[int | None] = ()
) -> Occupancy:
    """All that decides whether these rooms (ids) are free in a period, in five queries.

    `but` are bookings (ids) that do not count, because they are to move.
    """
    found = held(venues, start, end).exclude(pk__in=list(but)).select_related("venue")
    return replace(opening(venues, start, end), bookings=list(found))


def held(venues: Collection[int], start: datetime, end: datetime) -> QuerySet[Booking]:
    """What holds these rooms (ids), their wholes or parts, in a period."""
    rows = Booking.objects.filter(ground__in=_grounds(venues), is_off=False)
    during = rows.alias(during=TsTzRange("starts_at", "ends_at", RangeBoundary()))
    return during.filter(during__overlap=DateTimeTZRange(start, end))


def _grounds(venues: Collection[int]) -> QuerySet:
    return Venue.objects.filter(pk__in=venues).values("ground")


def check_open(wanted: Sequence[Booking], suits: Suits | None) -> None:
    """Raises `Refused` where a room is not open; whether it is taken, the database says."""
    rooms, start, end = _where_and_when(wanted)
    known = opening(rooms, start, end)
    if any(map(known.obstacle, wanted)):
        raise refusal(wanted, suits)


def refusal(wanted: Sequence[Booking], suits: Suits | None) -> Refused:
    """What stands in the way of these bookings, with the nearest free times that would suit;
    `changed` where it has been called off since the database refused them."""
    rooms, start, end = _where_and_when(wanted)
    reach = REACH * DAY
    others = occupancy(rooms, start - reach, end + reach, but=[row.pk for row in wanted if row.pk])
    known = replace(others, bookings=[*others.bookings, *wanted])
    pairs = ((row, known.obstacle(row)) for row in wanted)
    row, obstacle = next(((row, found) for row, found in pairs if found), (wanted[0], None))
    if obstacle is None:
        return changed_meanwhile()
    day = local_day(row.starts_at) if len(wanted) > 1 else None
    return refused(obstacle, others.nearest_free(row, suits) if suits else [], day)


def _where_and_when(wanted: Sequence[Booking]) -> tuple[set[int], datetime, datetime]:
    begins, ends = [row.starts_at for row in wanted], [row.ends_at for row in wanted]
    return {row.venue_id for row in wanted}, min(begins), max(ends)
