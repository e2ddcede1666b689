"""The pages of a group's leaders and of how it stands: for its leader and for staff alone."""

from collections.abc import Callable

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from happy_square.models import Group, HandOver, Leadership
from happy_square.queries import leaders
from tests.support.groups import lead, make_group, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def leader(make_user: Callable[..., User]) -> User:
    return make_user("resident", display_name="周领队")


@pytest.fixture
def other(make_user: Callable[..., User]) -> User:
    return make_user("resident", display_name="吴接任")


@pytest.fixture
def group(leader: User, other: User) -> Group:
    group = make_group(title="榕树舞蹈队")
    lead(group, leader.resident)
    member(group, other.resident)
    return group


@pytest.fixture
def url(group: Group) -> str:
    return f"/groups/{group.pk}/"


def parts(group: Group) -> dict[str, str]:
    rows = leaders.live_leaderships(group.pk)
    return {row.part: row.resident.full_name for row in rows}


def test_a_leader_hands_the_group_over_by_two_taps_of_two_people(
    as_user: Callable[[User], Client],
    group: Group,
    url: str,
    leader: User,
    other: User,
    stranger: User,
) -> None:
    own, theirs = as_user(leader), as_user(other)
    assert theirs.get(f"{url}hand-over/").status_code == 404
    own.post(f"{url}leader/offer/", {"successor": other.resident.pk})
    assert "吴接任" in own.get(f"{url}leader/").text
    assert as_user(stranger).get(f"{url}hand-over/").status_code == 404
    assert "周领队" in theirs.get(f"{url}hand-over/").text
    answer = theirs.post(f"{url}hand-over/", {"yes": "1"}, follow=True)
    assert "您现在是领队了" in answer.text
    assert parts(group) == {"leader": "吴接任"}
    assert as_user(leader).get(f"{url}leader/").status_code == 404


def test_a_no_and_taking_back_leave_all_as_it_was(
    as_user: Callable[[User], Client], group: Group, url: str, leader: User, other: User
) -> None:
    own, offer = as_user(leader), {"successor": other.resident.pk}
    own.post(f"{url}leader/offer/", offer)
    own.post(f"{url}leader/take-back/")
    assert as_user(other).get(f"{url}hand-over/").status_code == 404
    own.post(f"{url}leader/offer/", offer)
    as_user(other).post(f"{url}hand-over/", {"no": "1"})
    assert parts(group) == {"leader": "周领队"}
    assert set(HandOver.objects.values_list("state", flat=True)) == {"withdrawn", "declined"}


def test_a_leader_names_a_deputy_of_the_members_and_no_leader(
    as_user: Callable[[User], Client], group: Group, url: str, leader: User, other: User
) -> None:
    client = as_user(leader)
    client.post(f"{url}leader/", {"part": "acting", "member": other.resident.pk})
    assert parts(group) == {"leader": "周领队"}
    client.post(f"{url}leader/", {"part": "deputy", "member": other.resident.pk})
    assert parts(group) == {"leader": "周领队", "deputy": "吴接任"}
    client.post(f"{url}leader/phone/", {"show": "on"})
    assert Leadership.objects.get(part="leader").shows_phone


def test_a_deputy_may_stop_and_remove_nobody(
    as_user: Callable[[User], Client], group: Group, url: str, leader: User, other: User
) -> None:
    deputy = lead(group, other.resident, "deputy")
    client = as_user(other)
    first = Leadership.objects.get(part="leader")
    client.post(f"{url}leader/{first.pk}/end/")
    client.post(f"{url}leader/offer/", {"successor": other.resident.pk})
    assert parts(group) == {"leader": "周领队", "deputy": "吴接任"}
    client.post(f"{url}leader/{deputy.pk}/end/")
    assert parts(group) == {"leader": "周领队"}


def test_staff_name_an_acting_leader_who_is_no_member(
    as_user: Callable[[User], Client], group: Group, url: str, staff_user: User
) -> None:
    client = as_user(staff_user)
    told = {"part": "acting", "full_name": "林代", "phone": "13800008881"}
    assert "reason" in client.post(f"{url}leader/", told).context["form"].errors
    assert "member" in client.post(f"{url}leader/", {"part": "acting"}).context["form"].errors
    client.post(f"{url}leader/", told | {"reason": "周领队住院"})
    assert parts(group) == {"leader": "周领队", "acting": "林代"}


def test_a_leader_lets_the_group_rest_and_staff_alone_suspend_and_end_it(
    as_user: Callable[[User], Client], group: Group, url: str, leader: User, staff_user: User
) -> None:
    own, staff = as_user(leader), as_user(staff_user)
    for change in ("suspend", "end", "nonsense"):
        assert own.get(f"{url}standing/{change}/").status_code == 404
    own.post(f"{url}standing/rest/", {"reason": "天冷"})
    own.post(f"{url}standing/go-on/")
    told = {"reason": "扰民", "until": "2026-12-20"}
    staff.post(f"{url}standing/suspend/", told)
    assert "暂停活动" in own.get(url).text
    assert "扰民" in own.get(f"{url}answer/").text
    own.post(f"{url}standing/go-on/")
    group.refresh_from_db()
    assert group.standing == "suspended"
    own.post(f"{url}answer/", {"words": "换了小音箱"})
    assert "换了小音箱" in staff.get(f"{url}standing/").text
    staff.post(f"{url}standing/go-on/")
    history = group.standings.order_by("pk").values_list("standing", flat=True)
    assert list(history) == ["resting", "active", "suspended", "active"]
