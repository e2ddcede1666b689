"""Asking for a room on the pages, once and as a series, and looking after it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.decisions.models import Request
from diedie_edu.people.models import Organisation
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.models import RoomRequest, Venue
from tests.support.groups import lead, make_group
from tests.support.sent_forms import form_on
from tests.venues.conftest import HALF_PAST_NINE, WEEK, wanted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
URL = "/rooms/requests/new/"


@pytest.fixture
def staff(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


@pytest.fixture
def leader(make_user: Callable[..., User]) -> User:
    return make_user(Role.GROUP_LEADER)


@pytest.fixture
def typed(room: Venue, programme: Programme) -> dict[str, object]:
    return {
        "whose": "programme:residents-school",
        "purpose": "备课会",
        "people": 12,
        "venue": room.pk,
        "day": "2026-11-28",
        "starts": "09:30",
        "ends": "11:00",
        "weeks": 3,
    }


def keys(answer: object) -> list[str]:
    return [row.planned.key for row in answer.context["rows"]]


def save(client: Client, typed: dict[str, object]) -> RoomRequest:
    shown = keys(client.post(URL, typed))
    kept = [row for row in shown if "left_out" not in row]
    client.post(URL, typed | {"save": "1", "shown": shown, "kept": kept})
    return RoomRequest.objects.latest("pk")


def test_each_day_is_shown_before_it_is_saved(
    staff: Client, room: Venue, typed: dict[str, object]
) -> None:
    bookings.book(wanted=[wanted(room, HALF_PAST_NINE + WEEK, purpose="社区大会")])
    answer = staff.post(URL, typed)
    assert not RoomRequest.objects.exists()
    assert "社区大会" in answer.text
    assert "11:00–12:30" in answer.text  # free instead, right after it
    row = save(staff, typed)
    assert row.bookings.count() == 2
    assert row.programme.slug == "residents-school"


def test_one_of_the_free_times_is_picked_by_a_tap(
    staff: Client, room: Venue, typed: dict[str, object]
) -> None:
    bookings.book(wanted=[wanted(room, purpose="社区大会")])
    once = typed | {"weeks": 1}
    [row] = staff.post(URL, once).context["rows"]
    free = row.planned.instead[0]
    pick = f"{free.starts_at.isoformat()}/{free.ends_at.isoformat()}"
    [picked] = staff.post(URL, once | {"pick": pick, "shown": [row.planned.key]}).context["rows"]
    assert picked.planned.place.starts_at == free.starts_at
    assert picked.is_kept


def test_what_was_taken_meanwhile_is_not_saved_unseen(
    staff: Client, room: Venue, typed: dict[str, object]
) -> None:
    shown = keys(staff.post(URL, typed))
    bookings.book(wanted=[wanted(room, HALF_PAST_NINE + WEEK, purpose="社区大会")])
    answer = staff.post(URL, typed | {"save": "1", "shown": shown, "kept": shown})
    assert answer.context["refusal"].code == "changed"
    assert not RoomRequest.objects.exists()


def test_a_partners_request_is_entered_by_staff(staff: Client, typed: dict[str, object]) -> None:
    partner = Organisation.objects.create(title="书画院", kind="civil_group")
    without = staff.post(URL, typed | {"whose": "partner"})
    assert without.context["form"].errors["organisation"]
    row = save(staff, typed | {"whose": "partner", "organisation": partner.pk})
    assert (row.programme, row.organisation, row.whose) == (None, partner, "书画院")


def test_a_leader_asks_for_the_own_group_alone(
    room: Venue, typed: dict[str, object], as_user: Callable[[User], Client], leader: User
) -> None:
    own, other = make_group(title="舞蹈队"), make_group(title="合唱队")
    lead(own, leader.resident)
    client = as_user(leader)
    assert client.post(URL, typed).context["form"].errors["whose"]
    assert client.post(URL, typed | {"whose": f"group:{other.pk}"}).context["form"].errors["whose"]
    row = save(client, typed | {"whose": f"group:{own.pk}"})
    assert (row.whose, row.programme.slug) == ("舞蹈队", "happy-square")
    assert client.get(reverse("venues:request", args=[row.pk])).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(
    staff: Client,
    room: Venue,
    typed: dict[str, object],
    number: int,
    django_assert_max_num_queries: Callable,
) -> None:
    for week in range(number):
        save(staff, typed | {"day": f"2027-0{week + 1}-02", "weeks": 2})
    with django_assert_max_num_queries(12):
        assert staff.get("/rooms/requests/").status_code == 200


@pytest.fixture
def asked(
    make_venue: Callable[..., Venue],
    typed: dict[str, object],
    as_user: Callable[[User], Client],
    leader: User,
) -> tuple[RoomRequest, Client]:
    """A leader has asked for a hall that needs a yes."""
    group = make_group(title="舞蹈队")
    lead(group, leader.resident)
    hall, client = make_venue(title_zh="会议厅", needs_approval=True), as_user(leader)
    own = {"whose": f"group:{group.pk}", "venue": hall.pk}
    return save(client, typed | own), client


def decide(staff: Client, decision: Request, what: str, reason: str) -> None:
    page = form_on(staff, reverse("decisions:one", args=[decision.pk]), "reason")
    data = page.typing({"reason": [reason]}).data() | {"what": [what]}
    assert staff.post(page.action, data).status_code == 302


def test_the_page_says_by_when_an_answer_comes(asked: tuple[RoomRequest, Client]) -> None:
    row, client = asked
    text = client.get(reverse("venues:request", args=[row.pk])).text
    assert "最迟 2026年11月26日 答复" in text  # three working days after Monday
    mine = client.get("/me/").text
    assert "备课会" in mine
    assert "/rooms/requests/new/" in mine


def test_a_no_shows_its_reason_and_free_times_that_one_tap_asks_for(
    asked: tuple[RoomRequest, Client], staff: Client
) -> None:
    row, client = asked
    decision = Request.objects.get()
    decide(staff, decision, "refused", "那天厅里要装修")
    for url in (
        reverse("venues:request", args=[row.pk]),
        reverse("decisions:own", args=[decision.pk]),
    ):
        text = client.get(url).text
        assert "那天厅里要装修" in text
        assert f"/rooms/requests/new/?venue={row.bookings.first().venue_id}" in text


def test_what_is_returned_is_changed_and_sent_again(
    asked: tuple[RoomRequest, Client], staff: Client
) -> None:
    row, client = asked
    decision = Request.objects.get()
    decide(staff, decision, "returned", "多少人来？")
    assert "多少人来？" in client.get(reverse("venues:request", args=[row.pk])).text
    change = form_on(client, reverse("venues:request_change", args=[row.pk]), "purpose")
    assert change.typing({"people": ["20"]}).send(client).status_code == 302
    decision.refresh_from_db()
    assert decision.is_waiting
