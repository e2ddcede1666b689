"""Dates that make themselves: at every tick, and at once where weekly times change.

Lock order: the calendar → groups (by id) → occasions (by id) → rooms (by id) → notices.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from diedie_edu.activities.actions.schedule import add_occasions
from diedie_edu.activities.messages import ACTIVITY
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions import notify
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.queries.special_days import calendar
from happy_square import meet_up_messages as messages
from happy_square.actions.asking import ask_for_weeks
from happy_square.models import Group, MeetUp, WeeklyTime
from happy_square.queries.dates import (
    UsualDate,
    as_usual_ahead,
    missing_dates,
    occupancy_of,
)
from happy_square.queries.leaders import leader_ids
from happy_square.rules.dates import meets_on


@transaction.atomic
def make_dates(now: datetime, groups: Collection[int] | None = None) -> int:
    """Make the dates that weekly times of groups (ids; without them, of all) ask for, where their
    rooms are free; leaders hear once of the others. How many messages.

    Any number of processes may do it at once, late or twice.
    """
    lock_calendar()
    missing = missing_dates(now, groups)
    if _with_a_room(missing):
        missing = _make(missing, now)
    return sum(_tell(usual, now) for usual in _by_time(missing).values())


def _make(missing: Sequence[UsualDate], now: datetime) -> list[UsualDate]:
    """Under the locks nobody else makes them; what is left missing."""
    groups = {row.usual.group_id for row in missing}
    lock_groups(groups)
    missing = missing_dates(now, groups)
    bookings.lock_rooms(row.usual.venue_id for row in missing)
    made = {row for rows in _by_time(missing).values() for row in _make_of_time(rows, now)}
    return [row for row in missing if row not in made]


def lock_groups(groups: Collection[int]) -> None:
    """Nobody else changes what these (ids) have planned until this transaction ends."""
    rows = Activity.objects.filter(pk__in=groups).order_by("pk")
    list(rows.select_for_update(of=("self",)))


def _make_of_time(rows: Sequence[UsualDate], now: datetime) -> list[UsualDate]:
    free = _with_a_room(rows)
    if free:
        with suppress(Refused), transaction.atomic():
            ask_for_weeks(free[0].usual, put_dates(free), now)
            return free
    return []


def _with_a_room(rows: Sequence[UsualDate]) -> list[UsualDate]:
    known = occupancy_of(rows)
    return [row for row in rows if not known.obstacle(row.booking)]


def put_dates(dates: Sequence[UsualDate]) -> list[MeetUp]:
    """Hold the rooms of a weekly time and put a meet-up into each. Raises `Refused` as
    `bookings.book` does."""
    group = dates[0].usual.group
    wanted = [row.booking for row in dates]
    occasions = add_occasions(activity=group, wanted=wanted)
    return MeetUp.objects.bulk_create(
        MeetUp(occasion=occasion, group=group, weekly_time=row.usual, usual_day=row.day)
        for occasion, row in zip(occasions, dates, strict=True)
    )


def _by_time(missing: Sequence[UsualDate]) -> dict[int, list[UsualDate]]:
    found = defaultdict(list)
    for row in missing:
        found[row.usual.pk].append(row)
    return found


def _tell(dates: Sequence[UsualDate], now: datetime) -> int:
    """Those who lead the group hear of a weekly time without a room; anew of a further day only."""
    usual, last = dates[0].usual, dates[-1].day
    return notify(
        kind=messages.NO_ROOM,
        recipients=leader_ids(usual.group_id),
        subject=ACTIVITY.of(usual.group_id),
        revision=f"{usual.pk}.{last}",
        data={
            "activity": usual.group_id,
            "title": usual.group.title,
            "day_on": dates[0].day,
            "number": len(dates),
            "venue_zh": usual.venue.title_zh,
            "venue_en": usual.venue.title_en,
        },
        now=now,
        expires_at=dates[-1].booking.starts_at,
    )


@transaction.atomic
def follow_times(group: Group, now: datetime) -> None:
    """After weekly times have changed, or whether the group meets on public holidays: dates that
    nobody has touched and that they ask for no more go, new ones are made at once."""
    lock_calendar()
    lock_groups([group.pk])
    group.refresh_from_db()
    known = calendar()
    times = set(WeeklyTime.objects.filter(group=group, is_on=True).values_list("pk", flat=True))
    gone = [
        row.pk
        for row in as_usual_ahead(group.pk, now).filter(occasion__trials=None)
        if row.weekly_time_id not in times
        or not meets_on(group, local_day(row.occasion.starts_at), known)
    ]
    Occasion.objects.filter(pk__in=gone).delete()
    make_dates(now, [group.pk])
