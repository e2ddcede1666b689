"""Freeing rooms, whatever stands in them, and standing again elsewhere.

The caller has locked what stands in them (`holders.lock_holders`), then the rooms.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.manifests import parts_of
from diedie_edu.venues import holders
from diedie_edu.venues.actions import bookings as writing
from diedie_edu.venues.models import Booking


def lock(bookings: Collection[int], venues: Collection[int] = ()) -> None:
    """What stands in these bookings (ids), then their rooms and others (`venues`, ids)."""
    holders.lock_holders(bookings)
    own = Booking.objects.filter(pk__in=bookings).values_list("venue", flat=True)
    writing.lock_rooms([*venues, *own])


@transaction.atomic
def free(*, bookings: Collection[int], reason: str, by: User, now: datetime) -> None:
    """Call bookings (ids) off with what stands in them; everybody concerned is told."""
    for part in parts_of(holders.Holders):
        if own := part.standing(bookings):
            part.free(own, reason, by, now)
    writing.call_off(bookings=bookings)


@transaction.atomic
def settle(*, booking: Booking, place: Booking, by: User, now: datetime) -> None:
    """A called-off booking stands again where and when `place` says, with what stands in it.

    Raises `Refused` as `bookings.book` does.
    """
    for part in parts_of(holders.Holders):
        if part.standing([booking.pk]):
            part.settle(booking, place, by, now)
            return
    writing.move(
        booking=booking, venue=place.venue, starts_at=place.starts_at, ends_at=place.ends_at
    )
    writing.hold_again(bookings=[booking.pk])
