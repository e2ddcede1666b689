"""What whoever runs a group does with its dates: say that they stand, repeat last week's, move one,
call one off and hold it after all.

Lock order: the calendar → the group → occasions → rooms → notices.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import days, schedule
from diedie_edu.activities.models import Occasion
from diedie_edu.activities.rules.schedule import check_move
from diedie_edu.common.errors import Refused
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import Booking, Venue
from happy_square.actions.asking import ask_once
from happy_square.actions.dates import lock_groups
from happy_square.actions.telling import tell_week
from happy_square.models import Group, MeetUp
from happy_square.queries import meet_ups
from happy_square.queries.dates import missing_dates
from happy_square.rules.dates import (
    WEEK,
    check_can_be_called_off,
    check_can_be_confirmed,
    check_meets,
    check_nobody_came,
    check_times,
)


@transaction.atomic
def announce(*, group: Group, words: str = "", by: User, now: datetime) -> int:
    """Say that the dates of the seven days ahead stand, with a word to them; members read it in
    the portal. How many members.

    Raises `Refused` where there is none (`nothing`).
    """
    check_meets(group)
    lock_groups([group.pk])
    ahead = list(meet_ups.standing_ahead(group.pk, now, now + WEEK))
    if not ahead:
        raise Refused("nothing", _("The group has no date in the next seven days."))
    _confirm([row.pk for row in ahead], words, by, now)
    return tell_week(group, ahead, words, now)


@transaction.atomic
def confirm(*, meet_up: MeetUp, by: User, now: datetime) -> None:
    """Say that one date stands; nobody's phone rings. Twice is harmless. Raises `Refused`."""
    lock_groups([meet_up.group_id])
    meet_up.refresh_from_db()
    check_can_be_confirmed(meet_up, now)
    _confirm([meet_up.pk], meet_up.words, by, now)


def _confirm(rows: Sequence[int], words: str, by: User, now: datetime) -> None:
    found = MeetUp.objects.filter(pk__in=rows)
    found.filter(confirmed_at=None).update(confirmed_at=now, confirmed_by=by)
    found.update(words=words)


@transaction.atomic
def repeat_last_week(*, group: Group, by: User, now: datetime) -> int:
    """Meet in the seven days ahead as in the seven behind, with the same words, and say so; how
    many members are told.

    Raises `Refused` where there was nothing (`nothing`) or a room is taken meanwhile.
    """
    check_meets(group)
    lock_calendar()
    lock_groups([group.pk])
    before = list(meet_ups.held_since(group.pk, now - WEEK, now))
    there = set(
        meet_ups.standing_ahead(group.pk, now, now + WEEK).values_list("occasion__starts_at")
    )
    if not before:
        raise Refused("nothing", _("Nothing was on in the last seven days."))
    again = [row for row in before if (row.occasion.starts_at + WEEK,) not in there]
    _put(group, [_booking_like(row.occasion, WEEK) for row in again], by, now)
    return announce(group=group, words=before[-1].words, by=by, now=now)


def _booking_like(occasion: Occasion, later: timedelta) -> Booking:
    return Booking(
        venue=occasion.venue,
        starts_at=occasion.starts_at + later,
        ends_at=occasion.ends_at + later,
        with_music=occasion.booking.with_music,
    )


def _put(group: Group, wanted: Sequence[Booking], by: User, now: datetime) -> list[MeetUp]:
    occasions = schedule.add_occasions(activity=group, wanted=wanted, suits=lambda at: at > now)
    rows = MeetUp.objects.bulk_create(MeetUp(occasion=row, group=group) for row in occasions)
    ask_once(group, rows, by, now)
    return rows


@transaction.atomic
def add_date(
    *,
    group: Group,
    starts_at: datetime,
    ends_at: datetime,
    venue: Venue,
    with_music: bool = False,
    by: User,
    now: datetime,
) -> MeetUp:
    """One date beside the usual ones. Raises `Refused` in the past and as `bookings.book` does."""
    check_meets(group)
    check_times(starts_at.time(), ends_at.time())
    _check_ahead(starts_at, now)
    lock_calendar()
    lock_groups([group.pk])
    wanted = Booking(venue=venue, starts_at=starts_at, ends_at=ends_at, with_music=with_music)
    [row] = _put(group, [wanted], by, now)
    _confirm([row.pk], "", by, now)
    return row


def _check_ahead(starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise Refused("past", _("Please choose a time that lies ahead."), "day")


@transaction.atomic
def take_free(
    *, group: Group, time: int, day: date, starts_at: datetime, by: User, now: datetime
) -> MeetUp:
    """Meet at another time on account of a date (its weekly time's number, its day) that has no
    room. Raises `Refused` where it is made meanwhile (`made`) and as `bookings.book` does."""
    lock_calendar()
    lock_groups([group.pk])
    missing = (row for row in missing_dates(now, [group.pk]) if row.usual.pk == time)
    found = next((row for row in missing if row.day == day), None)
    if found is None:
        raise Refused("made", _("This date is planned already."))
    wanted = found.booking
    _check_ahead(starts_at, now)
    wanted.ends_at += starts_at - wanted.starts_at
    wanted.starts_at = starts_at
    [row] = _put(group, [wanted], by, now)
    row.weekly_time, row.usual_day = found.usual, found.day
    row.save(update_fields=["weekly_time", "usual_day"])
    _confirm([row.pk], "", by, now)
    return row


@transaction.atomic
def move(
    *,
    meet_up: MeetUp,
    starts_at: datetime,
    ends_at: datetime,
    venue: Venue,
    by: User,
    now: datetime,
) -> None:
    """Another time or place for one date; everybody hears. Raises `Refused` as
    `schedule.move_occasion` does."""
    check_meets(meet_up.group)
    check_times(starts_at.time(), ends_at.time())
    check_move(meet_up.occasion, starts_at, now)
    was = meet_up.occasion
    lock_calendar()
    occasion = schedule.move_occasion(
        occasion=meet_up.occasion,
        starts_at=starts_at,
        ends_at=ends_at,
        venue=venue,
        by=by,
        now=now,
        suits=lambda at: at > now,
    )
    if (occasion.starts_at, occasion.ends_at, venue.pk) != _place(was):
        ask_once(meet_up.group, [_anew(meet_up)], by, now)


def _place(occasion: Occasion) -> tuple[datetime, datetime, int]:
    return occasion.starts_at, occasion.ends_at, occasion.venue_id


def _anew(meet_up: MeetUp) -> MeetUp:
    rows = MeetUp.objects.select_related("occasion__venue", "occasion__booking__request")
    return rows.get(pk=meet_up.pk)


@transaction.atomic
def call_off(*, meet_up: MeetUp, reason: str, by: User, now: datetime) -> int:
    """Call one date off; whoever would have come hears, while it is not over. How many people.

    Raises `Refused` (`called_off`, `counted`, `over`).
    """
    days.lock_activities(Occasion.objects.filter(pk=meet_up.pk))
    locked = MeetUp.objects.select_related("occasion").get(pk=meet_up.pk)
    check_can_be_called_off(locked, now)
    check_nobody_came(locked.occasion.attendances.exists())
    days.call_off_occasions(occasions=[locked.pk], reason=reason, by=by, now=now)
    return meet_ups.expected_at(locked.pk)


@transaction.atomic
def hold_again(*, meet_up: MeetUp, by: User, now: datetime) -> int:
    """Take the calling off back; everybody hears. How many people. Where the room asks for a yes
    and its request has ended, or got a no, it is asked for anew.

    Raises `Refused` where the room is taken meanwhile, or its time has passed.
    """
    check_meets(meet_up.group)
    lock_calendar()
    days.hold_again(occasions=[meet_up.pk], by=by, now=now)
    held = _anew(meet_up)
    asked = held.occasion.booking.request
    if asked is None or not asked.is_open:
        ask_once(meet_up.group, [held], by, now)
    return meet_ups.expected_at(meet_up.pk)


def write_note(*, meet_up: MeetUp, note: str, by: User, now: datetime) -> None:
    """What was done on the day."""
    MeetUp.objects.filter(pk=meet_up.pk).update(note=note)
