"""Whoever leads a group sees and changes that group alone, by every address there is."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import SignUp
from diedie_edu.people.models import Resident
from happy_square.actions import pictures
from happy_square.models import (
    Group,
    GroupPicture,
    JoinRequest,
    Leadership,
    MeetUp,
    Membership,
    WeeklyTime,
)
from happy_square.urls import groups, joining, running
from residents_school.demo.handouts import picture
from tests.conftest import NOW
from tests.support.groups import EVENING, TODAY, lead, make_group, meet_up, member, weekly

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
# What every reader may open of any group that is listed, or do there for the own family alone.
FOR_ALL = {"group", "poster", "join", "leave", "accept", "try_once", "application_change"}
FOR_ALL |= {"children", "children_paper", "children_withdraw", "wishes", "hand_over"}
WRITTEN = (
    *(Group, GroupPicture, Leadership, MeetUp, WeeklyTime),
    *(Membership, SignUp, JoinRequest),
)
Things = dict[str, object]


def patterns() -> Iterator[tuple[str, set[str]]]:
    """All that whoever runs a group may open: the name, and what it names beside the group."""
    for module in (groups, joining, running):
        for pattern in module.urlpatterns:
            keys = set(pattern.pattern.converters)
            of_a_group = module is running or "pk" in keys
            if of_a_group and pattern.name not in FOR_ALL:
                yield pattern.name, keys - {"pk"}


def addresses(group: Group, things: Things) -> list[str]:
    """Of a group, and of whoever's things."""
    return [
        reverse(
            f"happy_square:{name}", kwargs={"pk": group.pk, **{key: things[key] for key in keys}}
        )
        for name, keys in patterns()
    ]


def with_things(group: Group, things: Things) -> list[str]:
    """Those of them that name a thing."""
    named = [name for name, keys in patterns() if keys & set(things) - {"change"}]
    return [
        address
        for address, (name, _keys) in zip(addresses(group, things), patterns(), strict=True)
        if name in named
    ]


def things_of(group: Group, person: Resident, staff: User) -> Things:
    shown = {"data": picture(), "caption": "广场上", "shown": "", "agreed_note": ""}
    return {
        "picture": pictures.add(group=group, **shown, by=staff, now=NOW).pk,
        "occasion": meet_up(group, TODAY, EVENING).pk,
        "time": weekly(group).pk,
        "member": member(group, person).pk,
        "leadership": lead(group, person).pk,
        "change": "rest",
    }


def everything() -> list[list[Things]]:
    return [list(model._base_manager.order_by("pk").values()) for model in WRITTEN]


def answers(browser: Client, address: str) -> set[int]:
    return {browser.get(address).status_code, browser.post(address).status_code}


@pytest.fixture
def leader(make_user: Callable[..., User]) -> User:
    return make_user(Role.RESIDENT)


@pytest.fixture
def own(leader: User) -> Group:
    group = make_group(title="自己的队")
    lead(group, leader.resident)
    return group


@pytest.fixture
def others(make_resident: Callable[..., Resident], staff_user: User) -> tuple[Group, Things]:
    group = make_group(title="别人的队")
    return group, things_of(group, make_resident(), staff_user)


def test_another_group_is_not_there(
    as_user: Callable[[User], Client], leader: User, own: Group, others: tuple[Group, Things]
) -> None:
    before, browser = everything(), as_user(leader)
    found = addresses(*others)
    assert len(found) > 30
    open_ones = [address for address in found if 404 not in answers(browser, address)]
    assert open_ones == []
    assert everything() == before


def test_anothers_things_are_not_there_under_the_own_group(
    as_user: Callable[[User], Client], leader: User, own: Group, others: tuple[Group, Things]
) -> None:
    before, browser = everything(), as_user(leader)
    found = with_things(own, others[1])
    assert len(found) > 8
    assert [address for address in found if 404 not in answers(browser, address)] == []
    assert everything() == before


def test_the_own_group_is_there(
    as_user: Callable[[User], Client], leader: User, own: Group
) -> None:
    """The control: the same addresses open where the group is the own one."""
    occasion = meet_up(own, TODAY + timedelta(days=1))
    browser = as_user(leader)
    for address in ("run", "members", "times"):
        assert browser.get(reverse(f"happy_square:{address}", args=[own.pk])).status_code == 200
    count = reverse("happy_square:count", args=[own.pk, occasion.pk])
    assert browser.get(count).status_code == 200
