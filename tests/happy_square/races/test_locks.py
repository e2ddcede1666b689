"""Whoever changes a group's times takes the calendar first, as whoever closes a day does."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.venues.actions.calendar import lock_calendar_alone
from happy_square.actions import weekly_times
from happy_square.actions.dates import lock_groups
from happy_square.models import WeeklyTime
from tests.conftest import NOW
from tests.support.groups import EVENING, NIGHT, make_group, make_place, weekly
from tests.support.races import meanwhile

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]


def while_a_day_is_closed(group: int, act: Callable[[], object]) -> None:
    """With the locks the other way round the two would wait for each other."""
    with transaction.atomic():
        lock_calendar_alone()
        acting = meanwhile(act)
        lock_groups([group])
    acting.result()


def test_a_new_weekly_time_waits_for_a_day_that_is_just_being_closed(staff_user: User) -> None:
    group, place = make_group(), make_place()
    times = {"weekday": 2, "starts": EVENING, "ends": NIGHT, "venue": place}
    add = {"group": group, "by": staff_user, "now": NOW, **times}
    while_a_day_is_closed(group.pk, lambda: weekly_times.add(**add))
    assert WeeklyTime.objects.get().is_on


def test_so_does_one_that_ends(staff_user: User) -> None:
    usual = weekly(make_group())
    end = {"usual": usual, "by": staff_user, "now": NOW}
    while_a_day_is_closed(usual.group_id, lambda: weekly_times.end(**end))
    assert not WeeklyTime.objects.get().is_on


def test_so_does_a_group_that_is_to_meet_on_holidays(
    as_user: Callable[[User], Client], staff_user: User
) -> None:
    group = make_group()
    client, url = as_user(staff_user), f"/groups/{group.pk}/details/"
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent["on_holidays"] = "on"
    while_a_day_is_closed(group.pk, lambda: client.post(url, sent))
    group.refresh_from_db()
    assert group.on_holidays
