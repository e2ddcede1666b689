"""A room that is closed for a time: what stands in it is decided one by one, in every programme.

In one transaction, by the mechanism of a day that changes (`changed_days`); nothing moves by
itself. Lock order as in `days`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.activities import participants
from diedie_edu.activities.actions.changed_days import (
    ChangedDay,
    Decision,
    carry_out,
    check_as_shown,
    where_to,
)
from diedie_edu.activities.actions.days import lock_activities
from diedie_edu.activities.actions.schedule import lock_occasions
from diedie_edu.activities.changed_days import day_rules
from diedie_edu.activities.models import Occasion
from diedie_edu.activities.queries import closed_rooms
from diedie_edu.activities.queries.changed_days import Choice
from diedie_edu.activities.queries.closed_rooms import PlannedBooking, PlannedDate
from diedie_edu.activities.rules import schedule
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions import notify
from diedie_edu.venues import messages
from diedie_edu.venues.actions import answers, bookings
from diedie_edu.venues.actions.calendar import lock_calendar_alone
from diedie_edu.venues.models import ClosedTime
from diedie_edu.venues.queries.special_days import calendar
from diedie_edu.venues.rules.requests import check_places


@dataclass(frozen=True)
class RoomPlan:
    """`closed` says room, times and reason, and is not saved; the rest as in `DayPlan`."""

    closed: ClosedTime
    shown: frozenset[str]
    decisions: Mapping[str, Decision]

    @property
    def reason(self) -> str:
        return self.closed.reason


@transaction.atomic
def close_room(*, plan: RoomPlan, by: User, now: datetime) -> ChangedDay:
    """Enter the closed time and carry out what was decided of all that stands in the room then.

    Raises `Refused` as `change_day` does, and where one row is not decided (`choice`).
    """
    schedule.check_closed_time(plan.closed, now)
    lock_calendar_alone()
    _lock(plan, now)
    rows = closed_rooms.standing_in(plan.closed, now)
    check_as_shown(rows, closed_rooms.keys_of(rows, plan.closed), plan)
    _check_all_decided(rows, plan)
    times = {"starts_at": plan.closed.starts_at, "ends_at": plan.closed.ends_at}
    ClosedTime.objects.create(venue=plan.closed.venue, reason=plan.reason, **times)
    dates = [row for row in rows if isinstance(row, PlannedDate)]
    done = carry_out(dates, plan, calendar(), by, now)
    for row in rows:
        if isinstance(row, PlannedBooking):
            done = _decide(row, plan, done, by, now)
    return done


def preview_room(*, plan: RoomPlan, by: User, now: datetime) -> ChangedDay:
    """What `close_room` would come to; nothing is written. Raises `Refused` as it does."""
    with transaction.atomic():
        done = close_room(plan=plan, by=by, now=now)
        transaction.set_rollback(True)
    return done


def _lock(plan: RoomPlan, now: datetime) -> None:
    """What stands in the room, and what is called off with it; then all rooms and the people."""
    found = closed_rooms.bookings_in(plan.closed, now)
    held = Occasion.objects.filter(booking__in=[row.pk for row in found])
    rows = list(held.select_related("activity__programme"))
    slugs = {row.pk: row.activity.programme.slug for row in rows}
    ids = {pk for row in rows for pk in day_rules(slugs[row.pk]).off_with([row.pk])}
    occasions = Occasion.objects.filter(pk__in=ids)
    lock_activities(occasions)
    lock_occasions(occasions)
    bookings.lock_rooms()
    participants.lock_people([row.pk for row in rows])


def _check_all_decided(rows: list[PlannedDate | PlannedBooking], plan: RoomPlan) -> None:
    """House rule: nothing moves by itself, nor stays by itself."""
    for row in rows:
        if row.name not in plan.decisions:
            raise Refused("choice", _("“%s”: please choose what becomes of it.") % row.title)


def _decide(
    row: PlannedBooking, plan: RoomPlan, done: ChangedDay, by: User, now: datetime
) -> ChangedDay:
    """Of a booking alone; whoever answers for it hears."""
    decision = plan.decisions[row.name]
    if decision.choice == Choice.KEEP:
        return done
    if decision.choice == Choice.CALL_OFF:
        bookings.call_off(bookings=[row.booking.pk])
        if row.booking.request_id:
            answers.end_without_dates(row.booking.request_id, now)
        kind, done = messages.BOOKING_OFF, replace(done, called_off=done.called_off + 1)
    else:
        _move(row, decision, now)
        kind, done = messages.BOOKING_MOVED, replace(done, moved=done.moved + 1)
    notify(
        kind=kind,
        accounts=sorted(row.accounts),
        subject=messages.BOOKING.of(row.booking.pk),
        revision=f"{now:%Y%m%d%H%M%S}",
        data=messages.booking_data(row.booking, reason=plan.reason),
        now=now,
        expires_at=row.booking.ends_at,
    )
    return replace(done, told=done.told + row.people)


def _move(row: PlannedBooking, decision: Decision, now: datetime) -> None:
    booking = row.booking
    starts_at, venue = where_to(row, decision, booking)
    if starts_at <= now:
        raise Refused("past", _("Please choose a time that lies ahead."))
    check_places(booking.request.people if booking.request else None, venue)
    bookings.move(
        booking=booking,
        venue=venue,
        starts_at=starts_at,
        ends_at=starts_at + (booking.ends_at - booking.starts_at),
        suits=lambda at: at > now,
    )
