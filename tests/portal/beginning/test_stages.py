"""The steps of the first day: seen in what is there, left out, and shown until they are done."""

from collections.abc import Callable

import pytest
from django.test import Client

from diedie_edu.accounts.models import PrivacyNotice, RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Activity
from diedie_edu.common.parts import FirstStep, in_place
from diedie_edu.community import known
from diedie_edu.community.models import Community
from diedie_edu.portal.base_data import load_plan
from diedie_edu.portal.beginning.queries import stages, to_begin
from diedie_edu.venues.models import OpeningHours, Venue
from tests.conftest import NOW
from tests.support.community import stored_as
from tests.support.counting import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def first(make_user: Callable[..., User]) -> User:
    return make_user(is_superuser=True)


def codes(user: User) -> dict[str, str]:
    """Each step, and how it stands."""
    return {
        one.step.code: "done"
        if one.is_done
        else "out"
        if one.is_left_out
        else "next"
        if one.is_next
        else ""
        for one in stages(user, NOW)
    }


def test_each_step_is_seen_in_what_is_there(
    first: User, make_user: Callable[..., User], make_lecture: Callable[..., Activity]
) -> None:
    known.forget()
    assert codes(first) == {
        "facts": "next",
        "rooms": "",
        "year": "done",  # the holidays of 2026 are known
        "privacy": "",
        "staff": "",
        "lecture": "",
    }
    stored_as()
    assert codes(first)["rooms"] == "next"
    room = Venue.objects.create(title_zh="大教室", places=40)
    OpeningHours.objects.create(venue=room, weekday=6, opens="08:00", closes="21:00")
    PrivacyNotice.objects.create(version="1", text="x", in_force_from=NOW)
    make_user(Role.STAFF)
    assert codes(first)["lecture"] == "next"
    lecture = make_lecture(state=Activity.State.DRAFT)
    assert codes(first)["lecture"] == "next"
    Activity.objects.filter(pk=lecture.pk).update(state=Activity.State.PUBLISHED)
    assert set(codes(first).values()) == {"done"}
    assert to_begin(first, NOW) == []
    RoleGrant.objects.filter(role=Role.STAFF).delete()
    assert codes(first)["staff"] == "next"  # nothing was ticked off


def test_a_step_is_left_out_and_taken_up_again(
    first: User, as_user: Callable[[User], Client]
) -> None:
    stored_as()
    browser = as_user(first)
    browser.post("/begin/left-out/", {"step": "rooms"})
    assert (codes(first)["rooms"], codes(first)["privacy"]) == ("out", "next")
    browser.post("/begin/left-out/", {"step": "rooms", "again": "1"})
    assert codes(first)["rooms"] == "next"
    browser.post("/begin/left-out/", {"step": "no such step"})
    assert Community.objects.get().left_out == []


def test_all_steps_together_are_one_query(first: User, django_assert_num_queries: Callable) -> None:
    stages(first, NOW)  # the holidays are read once
    with django_assert_num_queries(2):  # and the community's own days
        stages(first, NOW)


def test_the_desk_shows_them_until_they_are_done(
    first: User, as_user: Callable[[User], Client]
) -> None:
    page = as_user(first).get("/desk/").content.decode()
    assert "门户启用清单" in page
    stored_as(left_out=[one.code for one in in_place(FirstStep)])
    assert "门户启用清单" not in as_user(first).get("/desk/").content.decode()


def test_every_step_leads_to_a_page_and_back(
    first: User, as_user: Callable[[User], Client]
) -> None:
    load_plan()
    browser = as_user(first)
    for stage in stages(first, NOW):
        assert browser.get(stage.url).status_code == 200, stage.step.code


# --- Rooms -----------------------------------------------------------------------------


def test_rooms_are_entered_one_by_one_and_opened_together(
    first: User, as_user: Callable[[User], Client]
) -> None:
    browser = as_user(first)
    for title in ("大教室", "图书室"):
        browser.post("/begin/rooms/", {"title_zh": title, "places": 40})
    refused = browser.post("/begin/rooms/", {"title_zh": "大教室", "places": 40})
    assert "title_zh" in refused.context["form"].errors
    kept = Venue.objects.create(title_zh="早有时间的", places=10)
    OpeningHours.objects.create(venue=kept, weekday=1, opens="09:00", closes="10:00")
    hours = {"weekdays": ["6", "7"], "opens": "08:30", "closes": "21:00"}
    assert browser.post("/begin/rooms/hours/", hours)["Location"] == "/begin/"
    numbers = {room.title_zh: room.opening_hours.count() for room in Venue.objects.all()}
    assert numbers == {"大教室": 2, "图书室": 2, "早有时间的": 1}


def test_the_page_of_rooms_costs_the_same_for_one_and_three(
    first: User, as_user: Callable[[User], Client], make_venue: Callable[..., Venue]
) -> None:
    browser = as_user(first)
    make_venue()
    one = queries_of(browser, "/begin/rooms/")
    make_venue()
    make_venue()
    assert queries_of(browser, "/begin/rooms/") == one
