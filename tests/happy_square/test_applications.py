"""A group asks to be listed, on the page or on paper; yes makes the group."""

from collections.abc import Callable
from datetime import datetime, time

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.decisions.models import Request, State
from diedie_edu.people.actions.residents import forget
from diedie_edu.people.models import Resident
from diedie_edu.venues.models import MusicHours
from happy_square.actions.applications import apply
from happy_square.models import Group, GroupApplication, Leadership, MeetUp
from happy_square.queries.groups import listed
from tests.decisions.conftest import decide
from tests.support.groups import happy_square, make_kind, make_place
from tests.support.refusals import check_at_once, code_of, refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
URL = "/groups/apply/"


@pytest.fixture
def told() -> dict[str, object]:
    happy_square()
    return {
        "title": "晨光太极队",
        "kind": make_kind("太极").pk,
        "capacity": 30,
        "joining": "open",
        "dues": "每月5元，买音乐",
        "weekday_1": 2,
        "starts_1": "07:00",
        "ends_1": "08:30",
        "venue_1": make_place().pk,
    }


@pytest.fixture
def lead_user(make_user: Callable[..., User]) -> User:
    return make_user(Role.PROGRAMME_LEAD, scope="happy-square")


def test_a_resident_asks_and_leads_the_group_once_it_is_accepted(
    as_user: Callable[[User], Client], resident_user: User, lead_user: User, told: dict
) -> None:
    answer = as_user(resident_user).post(URL, told)
    request = Request.objects.get()
    assert answer.headers["Location"] == f"/my/requests/{request.pk}/"
    assert not Group.objects.exists()
    decide(request, State.APPROVED, lead_user)
    check_at_once()
    group = Group.objects.get()
    assert list(listed()) == [group]
    assert (group.dues, group.application.title) == ("每月5元，买音乐", "晨光太极队")
    assert Leadership.objects.get().resident == resident_user.resident
    assert resident_user.role_grants.filter(role=Role.GROUP_LEADER).exists()
    assert MeetUp.objects.filter(group=group).count() == 8


def test_what_comes_back_is_changed_and_asked_again(
    as_user: Callable[[User], Client],
    resident_user: User,
    stranger: User,
    lead_user: User,
    told: dict,
) -> None:
    client = as_user(resident_user)
    client.post(URL, told)
    request = Request.objects.get()
    decide(request, State.RETURNED, lead_user, reason="请写清楚适合什么人")
    url = f"{URL}{request.subject}/"
    assert as_user(stranger).get(url).status_code == 404
    page = client.get(url)
    assert 'value="07:00"' in page.text
    opened = page.context["form"]["opened"].value()
    client.post(url, told | {"summary": "零基础也行", "opened": opened})
    request.refresh_from_db()
    assert request.is_waiting
    assert GroupApplication.objects.get().summary == "零基础也行"


def test_paper_is_typed_in_by_one_and_decided_by_another(
    as_user: Callable[[User], Client], staff_user: User, lead_user: User, told: dict
) -> None:
    paper = {"full_name": "周领队", "phone": "13800008888", "paper_reference": "文件柜3"}
    as_user(staff_user).post(f"{URL}paper/", told | paper)
    request = Request.objects.get()
    assert code_of(lambda: decide(request, State.APPROVED, staff_user)) == "own"
    decide(request, State.APPROVED, lead_user)
    leader = Leadership.objects.get()
    assert (leader.resident.full_name, leader.account) == ("周领队", None)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_1": "06:00"}, "__all__"),
        ({"weekday_2": 3}, "weekday_2"),
        ({"title": ""}, "title"),
        ({"venue_1": ""}, "venue_1"),
    ],
)
def test_what_is_told_in_part_is_asked_for(
    as_user: Callable[[User], Client], resident_user: User, told: dict, wrong: dict, field: str
) -> None:
    page = as_user(resident_user).post(URL, told | wrong)
    assert field in page.context["form"].errors
    assert not GroupApplication.objects.exists()


def test_a_childrens_group_waits_for_the_check_of_its_leader(
    as_user: Callable[[User], Client], resident_user: User, lead_user: User, told: dict
) -> None:
    as_user(resident_user).post(URL, told | {"takes_children": "on"})
    request = Request.objects.get()
    assert code_of(lambda: decide(request, State.APPROVED, lead_user)) == "not_checked"
    assert not Group.objects.exists()


def test_nobody_fills_the_desk_and_whoever_goes_takes_their_words_along(
    as_user: Callable[[User], Client], resident_user: User, told: dict, now: datetime
) -> None:
    client = as_user(resident_user)
    for number in range(4):
        page = client.post(URL, told | {"title": f"队{number}"})
    assert page.status_code == 200
    assert GroupApplication.objects.count() == 3
    forget(Resident.objects.get(account=resident_user), now)
    assert not GroupApplication.objects.exists()
    assert all(row.data == {} for row in Request.objects.all())


def test_what_the_database_asks_of_an_application(
    resident_user: User, told: dict, now: datetime
) -> None:
    row = {"leader": resident_user.resident, "title": "队", "kind": make_kind()}
    asked = GroupApplication(**row)
    apply(application=asked, by=resident_user, now=now)
    with refused_by("application_names_its_group"):
        GroupApplication.objects.update(title="")
    with refused_by("group_that_asks_has_room_for_somebody"):
        GroupApplication.objects.update(capacity=0)


def test_whoever_plays_music_says_so_and_is_held_to_the_hours_of_the_place(
    as_user: Callable[[User], Client], resident_user: User, lead_user: User, told: dict
) -> None:
    MusicHours.objects.create(venue_id=told["venue_1"], weekday=2, opens=time(9), closes=time(11))
    as_user(resident_user).post(URL, told | {"with_music_1": "on"})
    request = Request.objects.get()
    assert "放音乐" in as_user(lead_user).get(f"/desk/decisions/{request.pk}/").text
    decide(request, State.APPROVED, lead_user)
    assert Group.objects.get().weekly_times.get().with_music
    assert not MeetUp.objects.exists(), "half past seven is too early for it"
