"""What the database refuses of dates, members and text messages."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from diedie_edu.activities.models import Activity
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
from tests.support.groups import TODAY, make_group, make_place, meet_up, member, weekly
from tests.support.refusals import refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    return make_group()


@pytest.fixture
def person(make_resident: Callable[..., Resident]) -> Resident:
    return make_resident(full_name="黄桂香", phone="13811112222")


def test_a_group_goes_on_from_week_to_week_whoever_enters_it(group: Group) -> None:
    """The guard `a_group_goes_on_from_week_to_week` sets it."""
    assert Activity.objects.get(pk=group.pk).is_ongoing


def test_a_weekly_time_stands_once_until_it_has_ended(group: Group) -> None:
    first = weekly(group)
    with refused_by("weekly_time_once"):
        weekly(group)
    WeeklyTime.objects.filter(pk=first.pk).update(is_on=False)
    weekly(group)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("weekly_time_ends_after_it_begins", {"starts": time(9), "ends": time(9)}),
        ("weekly_time_is_of_a_weekday", {"weekday": 8}),
    ],
)
def test_a_weekly_time_is_one(group: Group, name: str, fields: dict[str, object]) -> None:
    with refused_by(name):
        weekly(group, **fields)  # type: ignore[arg-type]


def test_a_meet_up_is_of_its_occasions_group(group: Group) -> None:
    row = meet_up(group)
    with refused_by("meet_up_is_of_its_groups_occasion"):
        MeetUp.objects.filter(pk=row.pk).update(group=make_group())


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("what_is_counted_has_a_number", {"counted_at": NOW}),
        ("what_is_counted_has_a_number", {"guests": 3}),
        ("guests_are_a_likely_number", {"guests": 501, "counted_at": NOW}),
    ],
)
def test_a_headcount_is_whole_and_likely(group: Group, name: str, fields: dict) -> None:
    row = meet_up(group)
    with refused_by(name):
        MeetUp.objects.filter(pk=row.pk).update(**fields)


def test_who_confirmed_did_so_at_a_time(group: Group, staff_user: object) -> None:
    row = meet_up(group)
    with refused_by("who_confirmed_did_so_at_a_time"):
        MeetUp.objects.filter(pk=row.pk).update(confirmed_by=staff_user)


def test_a_usual_day_is_made_once(group: Group) -> None:
    usual = weekly(group)
    meet_up(group, weekly_time=usual, usual_day=TODAY)
    with refused_by("usual_day_is_made_once"):
        meet_up(group, TODAY + timedelta(days=1), weekly_time=usual, usual_day=TODAY)


def test_text_messages_are_counted_once_a_month(group: Group) -> None:
    first = date(2026, 11, 1)
    MonthlyTexts.objects.create(group=group, month=first)
    with refused_by("texts_are_counted_by_month"):
        MonthlyTexts.objects.create(group=group, month=first)
    with refused_by("month_is_its_first_day"):
        MonthlyTexts.objects.create(group=group, month=date(2026, 12, 2))


def test_a_membership_is_of_its_sign_up(group: Group, person: Resident) -> None:
    row = member(group, person)
    with refused_by("membership_is_of_its_sign_up"):
        Membership.objects.filter(pk=row.pk).update(group=make_group())


def entry(group: Group, **more: object) -> MemberEntry:
    usual = {"full_name": "黄桂香", "phone": "13811112222", "since": TODAY, "entered_at": NOW}
    return MemberEntry.objects.create(group=group, **(usual | more))


def test_a_member_is_written_down_once_however_it_is_typed(group: Group) -> None:
    entry(group)
    with refused_by("member_is_written_down_once"):
        entry(group, full_name="黃桂香", phone="+86 138-1111-2222")


def test_whoever_was_found_needs_no_staff(group: Group, person: Resident) -> None:
    with refused_by("whoever_was_found_needs_no_staff"):
        entry(group, sign_up=member(group, person), is_for_staff=True)


def ask(group: Group, person: Resident, **more: object) -> JoinRequest:
    return JoinRequest.objects.create(group=group, resident=person, asked_at=NOW, **more)


def test_one_open_request_of_a_person(group: Group, person: Resident) -> None:
    ask(group, person, state="declined", answered_at=NOW)
    ask(group, person)
    with refused_by("one_open_request_to_join"):
        ask(group, person)


def test_an_answer_has_a_time(group: Group, person: Resident) -> None:
    with refused_by("answer_to_a_request_has_a_time"):
        ask(group, person, state="accepted")


def test_somebody_tries_a_date_once(group: Group, person: Resident) -> None:
    row = meet_up(group, venue=make_place())
    Trial.objects.create(occasion=row, resident=person, asked_at=NOW)
    with refused_by("tries_it_once_a_day"):
        Trial.objects.create(occasion=row, resident=person, asked_at=NOW)
