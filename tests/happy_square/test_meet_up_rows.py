"""What the database itself refuses of weekly times, meet-ups, members and requests."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Resident
from happy_square.models import (
    Group,
    JoinRequest,
    MeetUp,
    MemberEntry,
    Membership,
    MonthlyTexts,
    Trial,
    WeeklyTime,
)
from tests.support.groups import TODAY, make_group, meet_up, member, weekly
from tests.support.refusals import guard_that_stops, refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    return make_group()


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"ends": time(19, 0)}, "weekly_time_ends_after_it_begins"),
        ({"weekday": 8}, "weekly_time_is_of_a_weekday"),
    ],
)
def test_a_weekly_time_is_one(group: Group, changed: dict[str, object], constraint: str) -> None:
    weekly(group)
    with refused_by(constraint):
        WeeklyTime.objects.update(**changed)
    with refused_by("weekly_time_once"):
        weekly(group)


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"guests": 3}, "what_is_counted_has_a_number"),
        ({"guests": 501, "counted_at": datetime(2026, 11, 23).astimezone()}, "guests_are"),
    ],
)
def test_a_meet_up_is_counted_once_it_has_been(
    group: Group, changed: dict[str, object], constraint: str
) -> None:
    meet_up(group)
    name = {"guests_are": "guests_are_a_likely_number"}.get(constraint, constraint)
    with refused_by(name):
        MeetUp.objects.update(**changed)


def test_who_confirmed_did_so_at_a_time_and_a_meet_up_is_of_its_groups_occasion(
    group: Group, staff_user: User
) -> None:
    row = MeetUp.objects.filter(pk=meet_up(group).pk)
    with refused_by("who_confirmed_did_so_at_a_time"):
        row.update(confirmed_by=staff_user)
    other = make_group()
    stopped = guard_that_stops(lambda: row.update(group=other))
    assert stopped == "meet_up_is_of_its_groups_occasion"


def test_a_usual_day_is_made_once(group: Group) -> None:
    made = {"weekly_time": weekly(group), "usual_day": TODAY}
    meet_up(group, **made)
    with refused_by("usual_day_is_made_once"):
        meet_up(group, starts=time(9), **made)


def test_texts_are_counted_by_the_month(group: Group) -> None:
    month = date(2026, 11, 1)
    MonthlyTexts.objects.create(group=group, month=month, used=1)
    with refused_by("texts_are_counted_by_month"):
        MonthlyTexts.objects.create(group=group, month=month, used=1)
    with refused_by("month_is_its_first_day"):
        MonthlyTexts.objects.update(month=month + timedelta(days=1))


def test_a_membership_is_of_its_sign_up_and_one_tries_a_date_once(
    group: Group, make_resident: Callable[..., Resident], now: datetime
) -> None:
    one, other = make_resident(), make_resident()
    row = Membership.objects.filter(pk=member(group, one).pk)
    stopped = guard_that_stops(lambda: row.update(resident=other))
    assert stopped == "membership_is_of_its_sign_up"
    tries = {"occasion": meet_up(group), "resident": other, "asked_at": now}
    Trial.objects.create(**tries)
    with refused_by("tries_it_once_a_day"):
        Trial.objects.create(**tries)


def test_one_asks_once_at_a_time_and_an_answer_has_a_time(
    group: Group, make_resident: Callable[..., Resident], now: datetime
) -> None:
    asked = {"group": group, "resident": make_resident(), "asked_at": now}
    JoinRequest.objects.create(**asked)
    with refused_by("one_open_request_to_join"):
        JoinRequest.objects.create(**asked)
    with refused_by("answer_to_a_request_has_a_time"):
        JoinRequest.objects.update(state="accepted")


def test_who_is_written_down_is_so_once_and_whoever_was_found_needs_no_staff(
    group: Group, make_resident: Callable[..., Resident], staff_user: User, now: datetime
) -> None:
    row = {"group": group, "full_name": "何小明", "phone": "13800009999", "since": TODAY}
    row |= {"entered_at": now, "entered_by": staff_user}
    MemberEntry.objects.create(**row)
    with refused_by("member_is_written_down_once"):
        MemberEntry.objects.create(**row)
    with refused_by("whoever_was_found_needs_no_staff"):
        MemberEntry.objects.update(sign_up=member(group, make_resident()), is_for_staff=True)
