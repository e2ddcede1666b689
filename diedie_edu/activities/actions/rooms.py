"""Occasions in their rooms, for whoever frees rooms or gives them away (`venues.holders`)."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import presence
from diedie_edu.activities.actions.days import call_off_occasions, hold_again, lock_activities
from diedie_edu.activities.actions.schedule import lock_occasions
from diedie_edu.activities.models import Attendance, Occasion
from diedie_edu.venues.actions import bookings as writing
from diedie_edu.venues.holders import Answerable, Counted, Holders
from diedie_edu.venues.models import Booking


def _occasions(bookings: Collection[int]) -> QuerySet[Occasion]:
    return Occasion.objects.filter(booking__in=bookings)


def standing(bookings: Collection[int]) -> list[int]:
    return list(_occasions(bookings).values_list("booking", flat=True))


def lock(bookings: Collection[int]) -> None:
    lock_activities(_occasions(bookings))
    lock_occasions(_occasions(bookings))


def free(bookings: Collection[int], reason: str, by: User, now: datetime) -> None:
    """Call them off: everybody who would have come is told, and who was on duty is free."""
    live = list(_occasions(bookings).filter(is_called_off=False).values_list("pk", flat=True))
    if live:
        call_off_occasions(occasions=live, reason=reason, by=by, now=now)


def settle(booking: Booking, place: Booking, by: User, now: datetime) -> None:
    """Take the calling off back, at another time or place; everybody is told where and when."""
    occasion = _occasions([booking.pk]).get()
    Occasion.objects.filter(pk=occasion.pk).update(revision=F("revision") + 1)
    writing.move(
        booking=booking, venue=place.venue, starts_at=place.starts_at, ends_at=place.ends_at
    )
    presence.take_back_too_early(_occasions([booking.pk]).get(), by, now)
    hold_again(occasions=[occasion.pk], by=by, now=now)


def planned_by(bookings: Collection[int]) -> list[tuple[int, int]]:
    known = _occasions(bookings).filter(activity__created_by__isnull=False)
    return list(known.values_list("booking", "activity__created_by"))


def came(bookings: Collection[int]) -> list[int]:
    rows = Attendance.objects.filter(occasion__booking__in=bookings)
    return list(rows.order_by().values_list("occasion__booking", flat=True).distinct())


ROOMS = (
    Holders(standing=standing, lock=lock, free=free, settle=settle),
    Answerable(planned_by),
    Counted(came),
)
