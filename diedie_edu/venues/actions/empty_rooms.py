"""Nobody showed up: the leader is asked, and whoever sees the room empty frees that one date.

Silence alone frees nothing. Lock order: what stands in the booking → its room → the check.
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from diedie_edu.accounts.models import User
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.venues import holders, messages
from diedie_edu.venues.actions import freeing
from diedie_edu.venues.models import Booking, RoomCheck
from diedie_edu.venues.queries import empty_rooms as queries
from diedie_edu.venues.rules import empty_rooms as rules


def ask_whether_there(now: datetime) -> int:
    """A planner: ask the leaders of what nobody seems to have come to, once each; how many."""
    found = queries.to_ask_about(now)
    answer = holders.answer_for([row.pk for row in found], only_there=True) if found else {}
    asked = [RoomCheck(booking=row, asked_at=now) for row in found if row.pk in answer]
    RoomCheck.objects.bulk_create(asked, ignore_conflicts=True)
    made = RoomCheck.objects.filter(booking__in=answer, asked_at=now)
    for check in made.select_related("booking__venue").order_by("pk"):
        _notify(messages.ARE_YOU_THERE, check, sorted(answer[check.booking_id]), now)
    return len(made)


@transaction.atomic
def say_there(*, check: RoomCheck, now: datetime) -> None:
    """Somebody is there. Saying it twice is harmless. Raises `Refused` (`freed`, `over`)."""
    locked = _lock(check)
    rules.check_can_say_there(locked, locked.booking, now)
    if locked.there_at is None:
        locked.there_at = now
        locked.save(update_fields=["there_at"])


@transaction.atomic
def free_empty(*, check: RoomCheck, by: User, now: datetime) -> None:
    """Somebody of the staff stands before the empty room: this date is called off, the others
    stay. Raises `Refused` (`there`, `over`)."""
    locked = _lock(check)
    is_counted = bool(holders.counted_in([locked.booking_id]))
    rules.check_can_be_freed(locked, locked.booking, is_counted, now)
    locked.empty_at, locked.empty_by = now, by
    locked.save(update_fields=["empty_at", "empty_by"])
    with translation.override(settings.LANGUAGE_CODE):
        reason = gettext("Nobody had come, so the room is given to others.")
    freeing.free(bookings=[locked.booking_id], reason=reason, by=by, now=now)
    answer = holders.answer_for([locked.booking_id], only_there=True)
    _notify(messages.FOUND_EMPTY, locked, sorted(answer.get(locked.booking_id, ())), now)


def _notify(kind: Kind, check: RoomCheck, accounts: Sequence[int], now: datetime) -> None:
    booking: Booking = check.booking
    notify(
        kind=kind,
        accounts=accounts,
        subject=messages.BOOKING.of(booking.pk),
        data=messages.booking_data(booking, room_check=check.pk),
        now=now,
        expires_at=booking.ends_at,
    )


def _lock(check: RoomCheck) -> RoomCheck:
    freeing.lock([check.booking_id])
    rows = RoomCheck.objects.select_for_update(of=("self",)).select_related("booking__venue")
    return rows.get(pk=check.pk)
