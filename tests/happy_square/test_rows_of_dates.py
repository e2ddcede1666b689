"""What the database refuses of weekly times, meet-ups, members and those who ask."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from diedie_edu.common.errors import constraint_of
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
from tests.conftest import NOW
from tests.support.groups import TODAY, make_group, meet_up, member, weekly

pytestmark = pytest.mark.django_db


def refused(write: Callable[[], object]) -> str | None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    return constraint_of(error.value)


@pytest.fixture
def group() -> Group:
    return make_group()


@pytest.fixture
def person(make_resident: Callable[..., Resident]) -> Resident:
    return make_resident()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"ends": time(19, 0)}, "weekly_time_ends_after_it_begins"),
        ({"weekday": 8}, "weekly_time_is_of_a_weekday"),
        ({"weekday": 0}, "weekly_time_is_of_a_weekday"),
    ],
)
def test_a_weekly_time_is_one_of_a_week(group: Group, fields: dict, name: str) -> None:
    row = weekly(group)
    rows = WeeklyTime.objects.filter(pk=row.pk)
    assert refused(lambda: rows.update(**fields)) == name


def test_a_weekly_time_stands_once(group: Group) -> None:
    weekly(group)
    assert refused(lambda: weekly(group)) == "weekly_time_once"


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"guests": 5}, "what_is_counted_has_a_number"),
        ({"counted_at": NOW}, "what_is_counted_has_a_number"),
        ({"counted_at": NOW, "guests": 501}, "guests_are_a_likely_number"),
    ],
)
def test_a_headcount_is_whole_and_likely(group: Group, fields: dict, name: str) -> None:
    rows = MeetUp.objects.filter(pk=meet_up(group).pk)
    assert refused(lambda: rows.update(**fields)) == name


def test_who_confirmed_did_so_at_a_time(group: Group, staff_user) -> None:
    rows = MeetUp.objects.filter(pk=meet_up(group).pk)
    assert refused(lambda: rows.update(confirmed_by=staff_user)) == "who_confirmed_did_so_at_a_time"


def test_a_meet_up_is_of_its_groups_own_occasion(group: Group) -> None:
    rows = MeetUp.objects.filter(pk=meet_up(group).pk)
    name = refused(lambda: rows.update(group=make_group()))
    assert name == "meet_up_is_of_its_groups_occasion"


def test_a_membership_is_of_its_own_sign_up(group: Group, person: Resident) -> None:
    row = member(group, person)
    rows = Membership.objects.filter(pk=row.pk)
    assert refused(lambda: rows.update(group=make_group())) == "membership_is_of_its_sign_up"


def test_one_asks_once_and_an_answer_has_a_time(group: Group, person: Resident) -> None:
    asked = {"group": group, "resident": person, "asked_at": NOW}
    row = JoinRequest.objects.create(**asked)
    assert refused(lambda: JoinRequest.objects.create(**asked)) == "one_open_request_to_join"
    rows = JoinRequest.objects.filter(pk=row.pk)
    name = refused(lambda: rows.update(state="accepted"))
    assert name == "answer_to_a_request_has_a_time"


def test_one_tries_a_date_once(group: Group, person: Resident) -> None:
    occasion = meet_up(group, TODAY + timedelta(days=1))
    row = {"occasion": occasion, "resident": person, "asked_at": NOW}
    Trial.objects.create(**row)
    assert refused(lambda: Trial.objects.create(**row)) == "tries_it_once_a_day"


def test_texts_are_counted_once_for_each_month(group: Group) -> None:
    MonthlyTexts.objects.create(group=group, month=date(2026, 11, 1))
    twin = {"group": group, "month": date(2026, 11, 1)}
    assert refused(lambda: MonthlyTexts.objects.create(**twin)) == "texts_are_counted_by_month"
    middle = {"group": group, "month": date(2026, 11, 2)}
    assert refused(lambda: MonthlyTexts.objects.create(**middle)) == "month_is_its_first_day"


def test_somebody_is_written_down_once(group: Group, person: Resident) -> None:
    entry = {
        "group": group,
        "full_name": "黄桂香",
        "phone": "13812345678",
        "since": TODAY,
        "entered_at": NOW,
    }
    row = MemberEntry.objects.create(**entry)
    assert refused(lambda: MemberEntry.objects.create(**entry)) == "member_is_written_down_once"
    found = {"sign_up": member(group, person), "is_for_staff": True}
    rows = MemberEntry.objects.filter(pk=row.pk)
    assert refused(lambda: rows.update(**found)) == "whoever_was_found_needs_no_staff"
