"""Staff enter a part of a whole, on its page and by a list."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.venues.actions import venues
from diedie_edu.venues.models import Venue
from tests.conftest import NOW
from tests.support.refusals import refusal_of
from tests.support.sent_forms import form_on
from tests.venues.conftest import wanted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
REFUSED = ("part_of", "part_of")


@pytest.fixture
def send(as_user: Callable[[User], Client], staff_user: User) -> Callable[..., object]:
    """The room's page in the admin site, opened and sent again with some other values."""

    def send(venue: Venue, **values: list[str]) -> object:
        client, path = as_user(staff_user), reverse("admin:venues_venue_change", args=[venue.pk])
        return form_on(client, path, "part_of").typing(values).send(client)

    return send


def test_a_room_becomes_a_part_on_its_page(
    room: Venue, make_venue: Callable[..., Venue], send: Callable
) -> None:
    both = make_venue()
    assert send(room, part_of=[str(both.pk)]).status_code == 302
    room.refresh_from_db()
    assert room.ground == both.pk


def test_where_both_are_held_the_page_says_why_not(
    room: Venue, make_venue: Callable[..., Venue], send: Callable
) -> None:
    both = make_venue()
    for venue in (room, both):
        wanted(venue).save()
    page = send(room, part_of=[str(both.pk)])
    assert page.context["adminform"].form.errors.keys() == {"part_of"}
    assert "不能作为它的一部分" in page.text


def test_a_whole_stays_one(square: list[Venue], room: Venue) -> None:
    """Neither its own page nor a list makes a part of a part."""
    square[0].part_of = room
    assert refusal_of(lambda: venues.try_part_of(venue=square[0])) == REFUSED
    part = Venue(title_zh="角落", places=3, part_of=square[1])
    assert refusal_of(lambda: venues.try_part_of(venue=part)) == REFUSED


def test_a_list_makes_parts_by_the_same_rule(
    square: list[Venue], room: Venue, staff_user: User
) -> None:
    keep = lambda row: venues.keep(row=row, by=staff_user, now=NOW)  # noqa: E731
    for venue in (square[1], room):
        wanted(venue).save()
    room.part_of = square[0]
    keep(room)
    assert Venue.objects.get(pk=room.pk).ground == square[0].pk
    wanted(hall := Venue.objects.create(title_zh="大厅", places=9)).save()
    room.part_of = hall
    assert refusal_of(lambda: keep(room)) == REFUSED
