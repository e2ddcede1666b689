"""Rehearsals before a festival: a room is held, and whoever takes part hears of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from diedie_edu.activities.actions.offers import lock_activity
from diedie_edu.activities.rules import schedule
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import Booking, Venue
from happy_square import festival_messages
from happy_square.models import Festival, FestivalInvitation, Rehearsal
from happy_square.queries.festivals import leaders_of, taking_part
from happy_square.rules.festivals import check_is_ahead, check_rehearsal, check_takes_part


@dataclass(frozen=True)
class RehearsalPlan:
    starts_at: datetime
    ends_at: datetime
    venue: Venue
    invitation: FestivalInvitation | None = None
    note: str = ""


@transaction.atomic
def plan_rehearsal(*, festival: Festival, plan: RehearsalPlan, now: datetime) -> Rehearsal:
    """Hold the room and tell the group, or all that take part. Raises `Refused` where the room
    cannot be had (`bookings.book`), or the festival has begun by then."""
    lock_calendar()
    occasion = festival.occasions.get()
    check_is_ahead(lock_activity(festival.pk), occasion.starts_at, now)
    if plan.invitation is not None:
        check_takes_part(plan.invitation)
    schedule.check_times(plan.starts_at, plan.ends_at, now)
    check_rehearsal(plan.ends_at, occasion.starts_at)
    wanted = Booking(
        venue=plan.venue,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        purpose=festival.title,
        programme_id=festival.programme_id,
        with_music=True,
    )
    [room] = bookings.book(wanted=[wanted], suits=lambda at: now < at < occasion.starts_at)
    row = Rehearsal.objects.create(
        festival=festival, booking=room, invitation=plan.invitation, note=plan.note
    )
    _tell(festival_messages.REHEARSAL_PLANNED, row, now)
    return row


@transaction.atomic
def call_off_rehearsal(*, rehearsal: Rehearsal, now: datetime) -> None:
    """Free its room, and tell them. Calling off twice is harmless."""
    lock_activity(rehearsal.festival_id)
    if bookings.call_off(bookings=[rehearsal.booking_id]):
        cancel(subject=festival_messages.REHEARSAL.of(rehearsal.pk), now=now)
        _tell(festival_messages.REHEARSAL_OFF, rehearsal, now)


def _tell(kind: Kind, rehearsal: Rehearsal, now: datetime) -> None:
    festival, room = rehearsal.festival, rehearsal.booking
    one = rehearsal.invitation
    groups = [row.group_id for row in ([one] if one else taking_part(festival))]
    notify(
        kind=kind,
        recipients=leaders_of(groups),
        subject=festival_messages.REHEARSAL.of(rehearsal.pk),
        data={
            "activity": festival.pk,
            "title": festival.title,
            "starts_at": room.starts_at.isoformat(),
            "venue_zh": room.venue.title_zh,
            "venue_en": room.venue.title_en,
            "note": rehearsal.note,
        },
        now=now,
        expires_at=room.ends_at,
    )
