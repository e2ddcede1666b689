"""In which order a group's rows are locked: the calendar first, groups by their number."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import transaction
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import SignUp
from diedie_edu.people.models import Resident
from diedie_edu.venues.actions.calendar import lock_calendar_alone
from happy_square.actions import entries, weekly_times
from happy_square.actions.dates import lock_groups
from happy_square.models import Group, MemberEntry, WeeklyTime
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


def test_two_groups_that_wrote_somebody_down_are_locked_by_their_number(
    make_resident: Callable[..., Resident], staff_user: User
) -> None:
    """Whoever closes a day locks the first and then the second, while people are looked up."""
    first, second = make_group(), make_group()
    for number, group in enumerate((second, first)):
        who = make_resident(phone=f"1381111222{number}")
        _write_down(group, who, staff_user)
    with transaction.atomic():
        lock_groups([first.pk])
        looking = meanwhile(partial(entries.look_up, NOW))
        lock_groups([second.pk])
    assert looking.result() == 2


def test_what_is_taken_back_while_it_is_looked_up_is_taken_back(
    make_resident: Callable[..., Resident], staff_user: User
) -> None:
    group = make_group()
    entry = _write_down(group, make_resident(phone="13811112222"), staff_user)
    with transaction.atomic():
        entries.look_up(NOW)
        back = meanwhile(partial(entries.take_back, entry=entry, by=staff_user, now=NOW))
    back.result()
    assert (MemberEntry.objects.count(), SignUp.objects.get().status) == (0, "cancelled")


def _write_down(group: Group, who: Resident, by: User) -> MemberEntry:
    about = {"full_name": who.full_name, "phone": who.phone, "since": NOW.date()}
    entries.write_down(group=group, by=by, now=NOW, **about)
    return MemberEntry.objects.get(group=group)
