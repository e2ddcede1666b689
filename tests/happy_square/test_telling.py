"""Who hears that a date of a group changes, and whose phone rings."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Attendance, Occasion, SignUp
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from happy_square.actions import meet_ups as acts
from happy_square.models import Group, MeetUp, MonthlyTexts
from tests.conftest import NOW
from tests.support.groups import TODAY, lead, make_group, meet_up, member
from tests.support.refusals import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def group() -> Group:
    return make_group(title="榕树舞蹈队")


@pytest.fixture
def leader(group: Group, resident_user: User) -> User:
    lead(group, resident_user.resident)
    return resident_user


@pytest.fixture
def page(leader: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(leader)


@pytest.fixture
def dancer(group: Group, stranger: User) -> SignUp:
    """A member who wants reminders."""
    row = member(group, stranger.resident)
    SignUp.objects.filter(pk=row.pk).update(wants_reminders=True)
    return row


def url(group: Group, rest: str = "") -> str:
    return f"/groups/{group.pk}/run/{rest}"


def told(kind: str) -> list[tuple[str, int]]:
    rows = Notice.objects.filter(kind=f"happy_square.{kind}").exclude(status="cancelled")
    return sorted(rows.values_list("channel", "recipient"))


def call_off(page: Client, group: Group, row: Occasion) -> None:
    page.post(url(group, f"dates/{row.pk}/call-off/"), {"reason": "高温停练"})


def test_no_text_message_for_what_is_more_than_two_days_ahead(
    page: Client, group: Group, dancer: SignUp
) -> None:
    call_off(page, group, meet_up(group, TODAY + timedelta(days=4)))
    assert {channel for channel, _who in told("called_off")} == {"inbox"}


def test_no_more_than_the_group_may_have_in_a_month(
    page: Client, group: Group, dancer: SignUp
) -> None:
    Group.objects.filter(pk=group.pk).update(sms_a_month=1)
    for clock in (time(15), time(17)):
        call_off(page, group, meet_up(group, TOMORROW, clock))
    assert [channel for channel, _who in told("called_off")].count("sms") == 1
    assert MonthlyTexts.objects.get().used == 1


def test_who_wants_no_reminders_gets_no_text_message(
    page: Client, group: Group, stranger: User
) -> None:
    member(group, stranger.resident)
    call_off(page, group, meet_up(group, TOMORROW))
    assert {channel for channel, _who in told("called_off")} == {"inbox"}


def test_a_date_of_tomorrow_that_moves_far_away_is_texted_too(
    staff_user: User, group: Group, dancer: SignUp
) -> None:
    row = MeetUp.objects.get(pk=meet_up(group, TOMORROW).pk)
    at = moment(TODAY + timedelta(days=9), time(20))
    times = {"starts_at": at, "ends_at": at + timedelta(hours=1), "venue": row.occasion.venue}
    acts.move(meet_up=row, by=staff_user, now=NOW, **times)
    assert ("sms", dancer.resident_id) in told("moved")


def test_a_message_that_nobody_wants_uses_up_nothing(page: Client, group: Group) -> None:
    call_off(page, group, meet_up(group, TOMORROW))
    assert not MonthlyTexts.objects.exists()


def test_a_leader_who_is_no_member_hears_what_staff_change(
    staff_user: User, group: Group, leader: User
) -> None:
    row = MeetUp.objects.get(pk=meet_up(group, TOMORROW).pk)
    acts.call_off(meet_up=row, reason="场地停电", by=staff_user, now=NOW)
    assert ("inbox", leader.resident.pk) in told("called_off")
    acts.hold_again(meet_up=row, by=leader, now=NOW)
    assert told("held_again") == [], "whoever did it knows"


def test_what_somebody_came_to_is_not_called_off(
    staff_user: User, group: Group, dancer: SignUp
) -> None:
    row = meet_up(group, TODAY, NOW.time())
    came = {"occasion": row, "resident": dancer.resident, "arrived_at": NOW, "how": "list"}
    Attendance.objects.create(**came)
    off = {"meet_up": MeetUp.objects.get(pk=row.pk), "reason": "雨天", "by": staff_user}
    assert code_of(lambda: acts.call_off(**off, now=NOW)) == "counted"
