"""Asking for rooms, once or as a series, and what becomes of it.

The bookings hold the rooms from the first moment. Lock order: the calendar → what stands in the
bookings (activity → occasion) → rooms (by id) → the room request → its request in `decisions` →
notices.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.days import day_text, local_day
from diedie_edu.common.errors import Refused
from diedie_edu.decisions.actions import requests as decisions
from diedie_edu.people.models import Organisation
from diedie_edu.programmes.models import Programme
from diedie_edu.venues import holders
from diedie_edu.venues.actions import answers
from diedie_edu.venues.actions import bookings as writing
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import Booking, RoomRequest
from diedie_edu.venues.queries import requests as queries
from diedie_edu.venues.rules import requests as rules

State = RoomRequest.State


@dataclass(frozen=True)
class Wish:
    """Who asks for rooms and what for: for a programme (or a group in it), or for a partner.

    What `goes_on` takes in further weeks by itself (`add`).
    """

    whose: str
    purpose: str
    programme: Programme | None = None
    organisation: Organisation | None = None
    people: int | None = None
    note: str = ""
    goes_on: bool = False
    asker: str = ""


@transaction.atomic
def reserve(*, wish: Wish, wanted: Sequence[Booking], by: User, now: datetime) -> RoomRequest:
    """Hold the rooms and ask for them in one step. Raises `Refused` as `bookings.book` does."""
    lock_calendar()
    for row in wanted:
        rules.check_places(wish.people, row.venue)
        row.purpose, row.programme = wish.purpose, wish.programme
    booked = writing.book(wanted=wanted, suits=lambda at: at > now)
    return ask(bookings=[row.pk for row in booked], wish=wish, by=by, now=now)


@transaction.atomic
def ask(*, bookings: Collection[int], wish: Wish, by: User, now: datetime) -> RoomRequest:
    """Ask for rooms that bookings (ids) hold already: approved at once where no room asks for a
    yes, else it waits and those who decide are told.

    The caller has locked what stands in them and the rooms.
    """
    row = RoomRequest.objects.create(**vars(wish), asked_by=by, asked_at=now)
    Booking.objects.filter(pk__in=bookings).update(request=row)
    _let_wait(row, by, now)
    return row


@transaction.atomic
def add(*, request: RoomRequest, bookings: Collection[int], now: datetime) -> None:
    """Further weeks (ids) of what `goes_on`: they stand as the request does, and nobody is asked
    again. Raises `Refused` (`closed`) where it has ended.

    The caller has locked what stands in them and the rooms.
    """
    locked = RoomRequest.objects.select_for_update().get(pk=request.pk)
    rules.check_is_open(locked)
    Booking.objects.filter(pk__in=bookings).update(request=locked)


@transaction.atomic
def change(*, request: RoomRequest, words: Mapping[str, Any], by: User, now: datetime) -> None:
    """Say anew what it is for (`purpose`, `people`, `note`). Where a room asks for a yes it waits
    for one again.

    Raises `Refused` (`closed`, `past`, `too_many`; `not_yours` as `decisions` does).
    """
    row, ahead = _open(request, now)
    for booking in ahead:
        rules.check_places(words["people"], booking.venue)
    for name, value in words.items():
        setattr(row, name, value)
    row.save(update_fields=list(words))
    writing.rename(bookings=[booking.pk for booking in ahead], purpose=row.purpose)
    _let_wait(row, by, now)


@transaction.atomic
def shift(*, request: RoomRequest, days: int, by: User, now: datetime) -> int:
    """All its dates ahead by some days, earlier or later; how many moved.

    Raises `Refused`: a taken day is named.
    """
    row, ahead = _open(request, now)
    later = timedelta(days=days)
    if min(booking.starts_at for booking in ahead) + later <= now:
        raise Refused("past", _("Please choose a time that lies ahead."), "days")
    _check_bare([booking.pk for booking in ahead])
    moved = writing.shift(bookings=[booking.pk for booking in ahead], by=later)
    _let_wait(row, by, now)
    return moved


@transaction.atomic
def skip(*, request: RoomRequest, booking: Booking, by: User, now: datetime) -> None:
    """One date is not needed: its room is free for others; with the last the request is taken
    back. Raises `Refused` (`closed`, `past`)."""
    row, ahead = _open(request, now)
    rules.check_can_change([date for date in ahead if date.pk == booking.pk], now)
    _check_bare([booking.pk])
    if len(ahead) == 1:
        give_back(request=row, by=by, now=now)
    else:
        writing.call_off(bookings=[booking.pk])
        _tell_what_changed(row, by, now)


@transaction.atomic
def put_back(*, request: RoomRequest, booking: Booking, by: User, now: datetime) -> None:
    """A skipped date is needed after all. Raises `Refused` where the room is taken meanwhile."""
    row, _ahead = _open(request, now)
    rules.check_can_change([booking], now)
    _check_bare([booking.pk])
    writing.hold_again(bookings=[booking.pk])
    _tell_what_changed(row, by, now)


@transaction.atomic
def give_back(*, request: RoomRequest, by: User, now: datetime) -> None:
    """Take it back, also after a yes: its rooms ahead are free. Raises `Refused` (`closed`;
    `not_yours` where somebody else has asked and it waits)."""
    row, ahead = _open(request, now)
    waits = queries.decision_of(row)
    if waits is not None:
        decisions.withdraw(request=waits, by=by, now=now)
        return
    _check_bare([booking.pk for booking in ahead])
    answers.close(row, State.WITHDRAWN)
    writing.call_off(bookings=[booking.pk for booking in ahead])


def _open(request: RoomRequest, now: datetime) -> tuple[RoomRequest, list[Booking]]:
    """It and its dates ahead, locked. Raises `Refused` (`closed`, `past`)."""
    lock_calendar()
    row = answers.lock(request.pk)
    rules.check_is_open(row)
    ahead = queries.ahead_of(row, now)
    rules.check_can_change(ahead, now)
    return row, ahead


def _check_bare(bookings: Collection[int]) -> None:
    """House rule: dates of a group or an activity are changed where everybody hears of it."""
    if holders.standing_in(bookings):
        raise Refused("stands", _("Please change this on the page of the activity itself."))


def _let_wait(row: RoomRequest, by: User, now: datetime) -> None:
    """It waits for a yes where one of its rooms asks for one."""
    if not queries.needs_approval(row):
        return
    row.state, row.lead_told_at = State.WAITING, None
    row.save(update_fields=["state", "lead_told_at"])
    _submit(row, by, now)


def _tell_what_changed(row: RoomRequest, by: User, now: datetime) -> None:
    if row.is_waiting:
        _submit(row, by, now)


def _submit(row: RoomRequest, by: User, now: datetime) -> None:
    """Those who decide hear what is asked now."""
    first = queries.live_bookings(row)[0]
    decisions.submit(
        kind=answers.ROOM_REQUEST,
        subject=row.pk,
        programme=row.programme.slug if row.programme else "",
        data={"purpose": row.purpose, "day": day_text(local_day(first.starts_at), year=False)},
        by=by,
        now=now,
    )
