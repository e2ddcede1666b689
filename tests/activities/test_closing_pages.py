"""The page on which a room is closed: which and when, what stands in it, what it comes to."""

from collections.abc import Callable
from datetime import time

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.queries.closed_rooms import keys_of, standing_in
from diedie_edu.common.days import moment
from diedie_edu.venues.models import ClosedTime, Venue
from tests.activities.test_closed_rooms import DAY, closing
from tests.conftest import NOW
from tests.support.counting import queries_of
from tests.support.groups import make_group, meet_up
from tests.venues.conftest import wanted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def staff(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


@pytest.fixture
def room(make_venue: Callable[..., Venue]) -> Venue:
    return make_venue(title_zh="活动室")


def address(room: Venue, **more: str) -> str:
    typed = {"venue": str(room.pk), "first": DAY.isoformat()} | more
    return reverse("activities:close_room", query=typed)


def shown(room: Venue) -> dict[str, object]:
    rows = standing_in(closing(room), NOW)
    first = rows[0].name
    keys = list(keys_of(rows, closing(room)))
    return {"reason": "粉刷", f"choice_{first}": "call_off", "shown": keys}


def test_all_is_shown_then_what_it_comes_to_then_one_button(staff: Client, room: Venue) -> None:
    occasion = meet_up(make_group(title="合唱队"), DAY, time(19), room)
    page = staff.get(address(room))
    assert "合唱队" in page.text
    assert "checked" not in page.text  # nothing is proposed
    page = staff.post(address(room), shown(room) | {"preview": "1"})
    assert page.context["done"].called_off == 1
    assert not ClosedTime.objects.exists()
    answer = staff.post(address(room), shown(room), follow=True)
    assert answer.redirect_chain == [(reverse("portal:room_week", args=[room.pk]), 302)]
    occasion.refresh_from_db()
    assert occasion.is_called_off
    assert ClosedTime.objects.get().ends_at == closing(room).ends_at


def test_each_must_be_chosen(staff: Client, room: Venue) -> None:
    wanted(room, moment(DAY, time(9))).save()
    page = staff.post(address(room), {"reason": "粉刷"})
    assert page.status_code == 200
    assert len(page.context["form"].errors) == 1
    assert not ClosedTime.objects.exists()


def test_hours_may_be_typed(staff: Client, room: Venue) -> None:
    wanted(room, moment(DAY, time(9))).save()
    page = staff.get(address(room, starts="14:00", ends="18:00"))
    assert page.context["lines"] == []
    assert "14:00–18:00" in page.text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first": "2026-11-20"}, "__all__"),
        ({"last": "2026-11-25"}, "__all__"),
        ({"last": "2028-11-25"}, "__all__"),
        ({"first": "x"}, "first"),
        ({"venue": "0"}, "venue"),
    ],
)
def test_what_cannot_be_is_said_before_anything_else(
    staff: Client, room: Venue, typed: dict[str, str], field: str
) -> None:
    page = staff.get(address(room, **typed))
    assert list(page.context["form"].errors) == [field]


def test_the_page_costs_as_many_queries_for_three_bookings_as_for_one(
    staff: Client, room: Venue
) -> None:
    wanted(room, moment(DAY, time(9))).save()
    for_one = queries_of(staff, address(room))
    for hour in (11, 13):
        wanted(room, moment(DAY, time(hour))).save()
    assert queries_of(staff, address(room)) == for_one
