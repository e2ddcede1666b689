"""When a group usually meets: set and ended by whoever runs it.

Lock order: as in `dates`, the calendar first.
"""

from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import Venue
from happy_square.actions import telling
from happy_square.actions.dates import follow_times, lock_groups
from happy_square.models import Group, WeeklyTime
from happy_square.rules.dates import check_meets, check_times


@transaction.atomic
def add(
    *,
    group: Group,
    weekday: int,
    starts: time,
    ends: time,
    venue: Venue,
    with_music: bool = False,
    by: User,
    now: datetime,
) -> WeeklyTime:
    """Meet at this time every week from now on; its dates are made at once, and members hear.

    Raises `Refused` for times that cannot be, and where the group meets then already (`twice`).
    """
    check_meets(group)
    check_times(starts, ends)
    lock_calendar()
    lock_groups([group.pk])
    _check_is_new(group, weekday, starts, ends)
    row = WeeklyTime(
        group=group, weekday=weekday, starts=starts, ends=ends, venue=venue, with_music=with_music
    )
    row.set_by = by
    row.save()
    follow_times(group, now)
    telling.tell_times(group, now)
    return row


def _check_is_new(group: Group, weekday: int, starts: time, ends: time) -> None:
    same_day = WeeklyTime.objects.filter(group=group, weekday=weekday, is_on=True)
    if same_day.filter(starts__lt=ends, ends__gt=starts).exists():
        raise Refused("twice", _("The group meets at that time already."), "starts")


@transaction.atomic
def end(*, usual: WeeklyTime, by: User, now: datetime) -> None:
    """Meet at this time no longer; dates that nobody has confirmed go. Twice is harmless."""
    lock_calendar()
    lock_groups([usual.group_id])
    if not WeeklyTime.objects.filter(pk=usual.pk, is_on=True).update(is_on=False):
        return
    follow_times(usual.group, now)
    telling.tell_times(usual.group, now)
