"""The one writer of bookings: whoever needs a room asks here.

Lock order: activity → occasion (by id) → **rooms (by id)** → volunteers (by id) → bookings. The
caller has locked what stands in a room before it comes here. Occasions and duties change with
their booking in the same statement; rows of them in memory are old afterwards.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from diedie_edu.common.errors import constraint_of
from diedie_edu.venues.models import Booking, Venue
from diedie_edu.venues.queries import availability
from diedie_edu.venues.rules.availability import Suits

Result = TypeVar("Result")
Bookings = Collection[int] | QuerySet
ONE_BOOKING = "venue_holds_one_booking"


def lock_rooms(venues: Iterable[int] | None = None) -> None:
    """Let nobody else book these rooms (ids; without them, any) until this transaction ends, nor
    their wholes and parts.

    Two writers of one room would otherwise stand before the constraint waiting for each other,
    and one of them would get an error page instead of a refusal.
    """
    rooms = Venue.objects.order_by("pk")
    if venues is not None:
        grounds = Venue.objects.filter(pk__in=set(venues)).values("ground")
        rooms = rooms.filter(ground__in=grounds)
    list(rooms.select_for_update(no_key=True))


@transaction.atomic
def book(*, wanted: Sequence[Booking], suits: Suits | None = None) -> list[Booking]:
    """Hold the rooms, all or none, by one statement.

    Raises `Refused` beside `venue` where one is taken (`venue_taken`) or not open; it offers the
    nearest free times whose beginning `suits`.
    """
    lock_rooms(row.venue_id for row in wanted)
    return _write(lambda: Booking.objects.bulk_create(wanted), wanted, suits)


@transaction.atomic
def move(
    *,
    booking: Booking,
    venue: Venue,
    starts_at: datetime,
    ends_at: datetime,
    suits: Suits | None = None,
) -> None:
    """Another room or time. Raises `Refused` as `book` does."""
    lock_rooms([booking.venue_id, venue.pk])
    booking.venue, booking.starts_at, booking.ends_at = venue, starts_at, ends_at
    fields = ["venue", "ground", "starts_at", "ends_at"]
    _write(lambda: booking.save(update_fields=fields), [booking], suits)


@transaction.atomic
def shift(*, bookings: Bookings, by: timedelta) -> int:
    """Move a series (ids) earlier or later by one statement; how many moved.

    Each may take the place that another of them leaves. Raises `Refused` as `book` does.
    """
    rows = Booking.objects.filter(pk__in=bookings, is_off=False)
    lock_rooms(rows.values_list("venue", flat=True))
    wanted = [_shifted(row, by) for row in rows.select_related("venue")]
    later = {"starts_at": F("starts_at") + by, "ends_at": F("ends_at") + by}
    return _write(lambda: rows.update(**later), wanted)


@transaction.atomic
def rebook(*, wanted: Sequence[Booking], leaving: Collection[int]) -> None:
    """Many at once, as they stand in memory, by one statement; `leaving` are the rooms (ids) that
    they held. Raises `Refused` as `book` does."""
    lock_rooms([*leaving, *(row.venue_id for row in wanted)])
    standing = [row for row in wanted if not row.is_off]
    for row in wanted:
        row.ground = row.venue.whole_id
    fields = ["venue", "ground", "starts_at", "ends_at"]
    _write(lambda: Booking.objects.bulk_update(wanted, fields), standing)


def rename(*, bookings: Bookings, purpose: str) -> None:
    """Say anew what rooms are held for (ids)."""
    Booking.objects.filter(pk__in=bookings).update(purpose=purpose)


def call_off(*, bookings: Bookings) -> int:
    """The rooms are free again and the rows (ids) stay; how many were freed. Twice is harmless."""
    return Booking.objects.filter(pk__in=bookings, is_off=False).update(is_off=True)


def hold_again(*, bookings: Bookings) -> int:
    """Hold called-off rooms (ids) once more, all or none. Raises `Refused` as `book` does."""
    rows = Booking.objects.filter(pk__in=bookings, is_off=True)
    lock_rooms(rows.values_list("venue", flat=True))
    wanted = list(rows.select_related("venue"))
    return _write(lambda: rows.update(is_off=False), wanted)


def _shifted(row: Booking, by: timedelta) -> Booking:
    row.starts_at, row.ends_at = row.starts_at + by, row.ends_at + by
    return row


def _write(
    write: Callable[[], Result], wanted: Sequence[Booking], suits: Suits | None = None
) -> Result:
    """Other refusals of the database, such as of people on duty, are their own room's matter."""
    if wanted:
        availability.check_open(wanted, suits)
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        if constraint_of(error) != ONE_BOOKING:
            raise
        raise availability.refusal(wanted, suits) from error
