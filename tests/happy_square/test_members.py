"""Joining a group, asking to, trying it, and being written down in it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from happy_square.actions import members
from happy_square.models import Group, JoinRequest, Membership, Trial
from tests.conftest import NOW
from tests.support.children import consented
from tests.support.counting import queries_of
from tests.support.groups import TODAY, lead, make_group, meet_up, member
from tests.support.refusals import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def group() -> Group:
    return make_group(title="榕树舞蹈队")


@pytest.fixture
def leader(group: Group, staff_user: User, make_user: Callable[..., User]) -> User:
    found = make_user()
    lead(group, found.resident)
    return found


@pytest.fixture
def page(resident_user: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(resident_user)


def url(group: Group, rest: str = "") -> str:
    return f"/groups/{group.pk}/{rest}"


def told(kind: str) -> list[int]:
    rows = Notice.objects.filter(kind=f"happy_square.{kind}", channel="inbox")
    return list(rows.values_list("recipient", flat=True))


@pytest.fixture
def known(make_resident: Callable[..., Resident]) -> Resident:
    return make_resident(full_name="黄桂香", phone="13811112222")


@pytest.fixture
def running(leader: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(leader)


# --- Joining and leaving ---------------------------------------------------------------


def test_joining_in_one_tap_with_reminders_if_wanted(
    page: Client, group: Group, resident_user: User
) -> None:
    page.post(url(group, "join/"), {"reminders": "on"})
    row = SignUp.objects.select_related("membership").get(resident=resident_user.resident)
    assert (row.is_seated, row.wants_reminders) == (True, True)
    assert (row.membership.since, row.membership.added_by) == (TODAY, resident_user)
    assert told("joined") == [resident_user.resident.pk]
    page.post(url(group, "join/"))
    assert Membership.objects.count() == 1
    assert Activity.objects.get(pk=group.pk).taken == 1


def test_leaving_at_any_time_and_coming_back_with_the_old_day(
    page: Client, group: Group, resident_user: User
) -> None:
    member(group, resident_user.resident, since=date(2015, 5, 1))
    page.post(url(group, "leave/"))
    assert told("left") == [resident_user.resident.pk]
    assert Activity.objects.get(pk=group.pk).taken == 0
    page.post(url(group, "join/"))
    live = Membership.objects.get(sign_up__status="seated")
    assert live.since == date(2015, 5, 1)


def test_a_full_group_has_a_queue_and_its_place_goes_on_in_own_words(
    page: Client, group: Group, resident_user: User, stranger: User
) -> None:
    Group.objects.filter(pk=group.pk).update(capacity=1)
    member(group, stranger.resident)
    page.post(url(group, "join/"))
    assert told("queued") == [resident_user.resident.pk]
    members.leave(group=group, resident=stranger.resident, by=stranger, now=NOW)
    assert told("offered") == [resident_user.resident.pk]
    assert Notice.objects.filter(kind__startswith="activities.").count() == 0
    page.post(url(group, "accept/"))
    assert SignUp.objects.get(resident=resident_user.resident).is_seated


def test_one_joins_for_the_family_and_for_nobody_else(
    page: Client, group: Group, stranger: User
) -> None:
    answer = page.post(url(group, "join/"), {"resident": stranger.resident.pk})
    assert answer.status_code == 404


def test_the_shared_button_and_register_leave_groups_alone(
    page: Client, group: Group, staff_user: User, as_user: Callable[[User], Client]
) -> None:
    assert page.post(f"/activities/{group.pk}/sign-up/").status_code == 404
    assert as_user(staff_user).get(f"/activities/{group.pk}/people/").status_code == 404


@pytest.mark.parametrize("standing", ["suspended", "ended"])
def test_a_group_that_does_not_meet_takes_nobody(
    group: Group, resident_user: User, standing: str
) -> None:
    group.standing = standing
    call = {"resident": resident_user.resident, "wants_reminders": False, "by": None, "now": NOW}
    assert code_of(lambda: members.join(group=group, **call)) == "not_active"


def test_nobody_under_14_joins_a_group_of_grown_ups(
    group: Group, make_resident: Callable[..., Resident], resident_user: User
) -> None:
    child = make_resident(birth_date=date(2016, 5, 4), full_name="小宝")
    consented(child, resident_user.resident)
    call = {"resident": child, "wants_reminders": False, "by": None, "now": NOW}
    assert code_of(lambda: members.join(group=group, **call)) == "child"
    assert SignUp.objects.count() == 0


# --- Asking ----------------------------------------------------------------------------


@pytest.fixture
def closed(group: Group) -> Group:
    Group.objects.filter(pk=group.pk).update(joining="approval")
    group.joining = "approval"
    return group


def test_where_the_leader_says_yes_one_asks_and_hears(
    page: Client,
    closed: Group,
    leader: User,
    resident_user: User,
    staff_user: User,
    as_user: Callable[[User], Client],
) -> None:
    page.post(url(closed, "join/"), {"reminders": "on"})
    page.post(url(closed, "join/"))
    request = JoinRequest.objects.get()
    assert told("asked_to_join") == [leader.resident.pk]
    assert SignUp.objects.count() == 0
    answer = {"request": request.pk, "answer": "yes"}
    as_user(leader).post(url(closed, "run/members/answer/"), answer)
    row = SignUp.objects.get()
    assert (row.is_seated, row.wants_reminders) == (True, True)
    assert JoinRequest.objects.get().state == "accepted"
    assert as_user(leader).post(url(closed, "run/members/answer/"), answer).status_code == 404


def test_no_needs_no_reason(
    page: Client,
    closed: Group,
    leader: User,
    as_user: Callable[[User], Client],
    resident_user: User,
) -> None:
    page.post(url(closed, "join/"))
    answer = {"request": JoinRequest.objects.get().pk, "answer": "no"}
    as_user(leader).post(url(closed, "run/members/answer/"), answer)
    assert (SignUp.objects.count(), told("declined")) == (0, [resident_user.resident.pk])


def test_a_request_is_taken_back(page: Client, closed: Group) -> None:
    page.post(url(closed, "join/"))
    page.post(url(closed, "leave/"))
    assert JoinRequest.objects.get().state == "withdrawn"


# --- Trying ----------------------------------------------------------------------------


def test_coming_once_without_joining(
    page: Client, group: Group, leader: User, resident_user: User
) -> None:
    row = meet_up(group, TOMORROW)
    page.post(url(group, "try/"), {"occasion": row.pk})
    page.post(url(group, "try/"), {"occasion": row.pk})
    assert Trial.objects.get().resident == resident_user.resident
    assert told("tries") == [resident_user.resident.pk]
    assert told("tried_by") == [leader.resident.pk]
    page.post(url(group, "try/"), {"occasion": row.pk, "do": "stay_away"})
    assert Trial.objects.count() == 0


def test_a_second_date_is_for_joining(page: Client, group: Group) -> None:
    first, second = meet_up(group, TOMORROW), meet_up(group, TOMORROW + timedelta(days=1))
    for row in (first, second):
        page.post(url(group, "try/"), {"occasion": row.pk})
    assert Trial.objects.get().occasion == first


# --- What is seen of each other --------------------------------------------------------


def test_members_see_covered_names_and_others_none(
    page: Client, group: Group, known: Resident, resident_user: User
) -> None:
    member(group, known)
    assert "黄*" not in page.get(url(group)).text
    member(group, resident_user.resident)
    text = page.get(url(group)).text
    assert "黄桂香" not in text
    assert "黄" in text


def test_the_leader_sees_a_phone_with_the_members_own_yes_alone(
    running: Client, group: Group, known: Resident
) -> None:
    row = member(group, known)
    assert "13811112222" not in running.get(url(group, "run/members/")).text
    Membership.objects.filter(pk=row.pk).update(shows_phone=True)
    assert "13811112222" in running.get(url(group, "run/members/")).text


def test_a_member_says_whether_to_be_reminded_and_seen(
    page: Client, group: Group, resident_user: User
) -> None:
    row = member(group, resident_user.resident)
    address = url(group, f"members/{row.pk}/wishes/")
    opened = page.get(address).context["form"]["opened"].value()
    page.post(address, {"wants_reminders": "on", "shows_phone": "on", "opened": opened})
    assert SignUp.objects.get(pk=row.pk).wants_reminders
    assert Membership.objects.get(pk=row.pk).shows_phone


def test_other_peoples_wishes_are_not_found(page: Client, group: Group, stranger: User) -> None:
    row = member(group, stranger.resident)
    assert page.get(url(group, f"members/{row.pk}/wishes/")).status_code == 404


def test_my_page_and_the_week_show_the_groups(
    page: Client, group: Group, resident_user: User
) -> None:
    member(group, resident_user.resident)
    meet_up(group, TOMORROW)
    assert "榕树舞蹈队" in page.get("/me/").text
    assert "榕树舞蹈队" in Client().get("/groups/week/").text
    few = queries_of(Client(), "/groups/week/")
    for number in range(3):
        meet_up(make_group(), TOMORROW + timedelta(days=number + 1))
    assert queries_of(Client(), "/groups/week/") == few
