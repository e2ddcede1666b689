"""The one door through which seats are taken and given back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import seats
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.people.models import Household, Resident
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.seats import enter, fill, seated_and_waiting, statuses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def lecture(make_lecture: Callable[..., Lecture]) -> Lecture:
    return make_lecture(capacity=1)


@pytest.fixture
def browser(as_user: Callable[[User], Client], resident_user: User) -> Client:
    return as_user(resident_user)


@pytest.fixture
def grandmother(resident_user: User) -> Resident:
    """She shares the household and the phone, and has no account."""
    home = Household.objects.create(label="12-3-501")
    Resident.objects.filter(account=resident_user).update(household=home)
    return Resident.objects.create(full_name="外婆", household=home)


def post(browser: Client, door: str, lecture: Lecture, **form: object) -> HttpResponse:
    return browser.post(reverse(f"activities:{door}", args=[lecture.pk]), form)


def said(answer: HttpResponse) -> list[tuple[str, str]]:
    return [(row.level_tag, str(row)) for row in get_messages(answer.wsgi_request)]


def test_one_tap_takes_a_seat_for_oneself(
    browser: Client, lecture: Lecture, resident_user: User
) -> None:
    answer = post(browser, "sign_up", lecture)
    assert answer.url == reverse("portal:activity", args=[lecture.pk])
    assert SignUp.objects.get().resident == resident_user.resident
    assert SignUp.objects.get().signed_up_by == resident_user
    assert said(answer)[0][0] == "success"


def test_where_all_seats_are_taken_one_waits(browser: Client, lecture: Lecture) -> None:
    fill(lecture, 1)
    answer = post(browser, "sign_up", lecture)
    assert seated_and_waiting(lecture) == (1, 1)
    assert said(answer)[0][0] == "success"


def test_a_second_tap_is_harmless(browser: Client, lecture: Lecture) -> None:
    for _tap in range(2):
        post(browser, "sign_up", lecture)
    assert seated_and_waiting(lecture) == (1, 0)


def test_a_seat_for_somebody_of_the_household(
    browser: Client, lecture: Lecture, grandmother: Resident
) -> None:
    post(browser, "sign_up", lecture, resident=grandmother.pk)
    assert SignUp.objects.get().resident == grandmother
    post(browser, "cancel", lecture, resident=grandmother.pk)
    assert SignUp.objects.get().status == "cancelled"


def several(browser: Client, lecture: Lecture, people: list[Resident], how: str) -> HttpResponse:
    ticked = [person.pk for person in people]
    return post(browser, "sign_up", lecture, several=1, resident=ticked, how=how)


@pytest.mark.parametrize(
    ("how", "came_of_it", "words"),
    [("together", ["waiting", "waiting"], "排上队"), ("each", ["seated", "waiting"], "1 人在排队")],
)
def test_a_household_signs_up_in_one_step(
    browser: Client,
    lecture: Lecture,
    resident_user: User,
    grandmother: Resident,
    how: str,
    came_of_it: list[str],
    words: str,
) -> None:
    """Where one seat is left of two."""
    Activity.objects.filter(pk=lecture.pk).update(capacity=2)
    fill(lecture, 1)
    answer = several(browser, lecture, [resident_user.resident, grandmother], how)
    family = SignUp.objects.filter(signed_up_by=resident_user).order_by("pk")
    assert statuses(family) == came_of_it
    assert words in said(answer)[0][1]


def test_a_household_with_room_has_all_its_seats(
    browser: Client, lecture: Lecture, resident_user: User, grandmother: Resident
) -> None:
    Activity.objects.filter(pk=lecture.pk).update(capacity=2)
    answer = several(browser, lecture, [resident_user.resident, grandmother], "together")
    assert "2 个名额" in said(answer)[0][1]


def test_nobody_ticked_is_said(browser: Client, lecture: Lecture) -> None:
    assert said(several(browser, lecture, [], "together")) == [("error", "请勾选来参加的人。")]


def test_a_stranger_among_those_ticked_does_not_exist(
    browser: Client, lecture: Lecture, resident_user: User, stranger: User
) -> None:
    people = [resident_user.resident, stranger.resident]
    assert several(browser, lecture, people, "each").status_code == 404
    assert seated_and_waiting(lecture) == (0, 0)


def offer_to(user: User, lecture: Lecture) -> SignUp:
    """The user waits, and the only seat becomes free."""
    (other,) = fill(lecture, 1)
    own = enter(lecture, user.resident)
    seats.cancel_sign_up(activity=lecture, resident=other.resident, by=None, now=NOW)
    return own


def test_one_tap_confirms_an_offer_and_a_second_is_harmless(
    browser: Client, lecture: Lecture, resident_user: User
) -> None:
    own = offer_to(resident_user, lecture)
    for _tap in range(2):
        assert said(post(browser, "accept", lecture))[0][0] == "success"
    assert statuses([own]) == ["seated"]


def test_a_confirmation_that_comes_too_late_says_so(
    browser: Client, lecture: Lecture, resident_user: User, clock: time_machine.Traveller
) -> None:
    own = offer_to(resident_user, lecture)
    clock.move_to(NOW + timedelta(days=1))
    for _tap in range(2):
        assert "没有再为您留着" in said(post(browser, "accept", lecture))[-1][1]
    assert statuses([own]) == ["lapsed"]


def test_whoever_waits_has_nothing_to_confirm(
    browser: Client, lecture: Lecture, resident_user: User
) -> None:
    fill(lecture, 1)
    own = enter(lecture, resident_user.resident)
    assert said(post(browser, "accept", lecture))[0][0] == "error"
    assert statuses([own]) == ["waiting"]


@pytest.mark.parametrize("door", ["sign_up", "cancel", "accept"])
@pytest.mark.parametrize("who", ["stranger", "missing", "nonsense"])
def test_for_other_people_the_door_does_not_exist(
    browser: Client, lecture: Lecture, stranger: User, door: str, who: str
) -> None:
    enter(lecture, stranger.resident)
    named = {"stranger": stranger.resident.pk, "missing": 999999, "nonsense": "x'"}[who]
    assert post(browser, door, lecture, resident=named).status_code == 404
    assert seated_and_waiting(lecture) == (1, 0)


def test_a_grown_up_with_an_account_acts_for_themselves(
    browser: Client, lecture: Lecture, grandmother: Resident, stranger: User
) -> None:
    """Even in the same household."""
    Resident.objects.filter(account=stranger).update(household=grandmother.household)
    answer = post(browser, "sign_up", lecture, resident=stranger.resident.pk)
    assert answer.status_code == 404


def test_giving_the_seat_back(browser: Client, lecture: Lecture, resident_user: User) -> None:
    own = enter(lecture, resident_user.resident)
    (next_in_line,) = fill(lecture, 1)
    answer = post(browser, "cancel", lecture)
    assert statuses([own, next_in_line]) == ["cancelled", "offered"]
    assert said(answer)[0][0] == "success"


def test_nobody_gives_back_the_seat_of_another(browser: Client, lecture: Lecture) -> None:
    rows = fill(lecture, 1)
    post(browser, "cancel", lecture)
    assert statuses(rows) == ["seated"]


@pytest.mark.parametrize("door", ["sign_up", "cancel"])
def test_a_refusal_is_said_and_not_an_error_page(
    browser: Client, lecture: Lecture, resident_user: User, door: str, clock: object
) -> None:
    if door == "cancel":
        enter(lecture, resident_user.resident)
    clock.move_to(lecture.occasion.starts_at)
    answer = post(browser, door, lecture)
    assert answer.status_code == 302
    assert said(answer)[0][0] == "error"


@pytest.mark.parametrize("door", ["sign_up", "cancel", "accept"])
def test_a_get_changes_nothing_and_leads_to_the_page(
    browser: Client, lecture: Lecture, door: str
) -> None:
    """Whoever signed in on the way comes back by GET."""
    answer = browser.get(reverse(f"activities:{door}", args=[lecture.pk]))
    assert answer.url == reverse("portal:activity", args=[lecture.pk])
    assert seated_and_waiting(lecture) == (0, 0)


@pytest.mark.parametrize("door", ["sign_up", "cancel"])
def test_a_visitor_signs_in_first_and_comes_back_to_the_page_with_the_button(
    client: Client, lecture: Lecture, door: str
) -> None:
    page = reverse("residents_school:lecture_detail", args=[lecture.pk])
    door_url = reverse(f"activities:{door}", args=[lecture.pk])
    answer = client.post(door_url, headers={"referer": f"http://testserver{page}"})
    assert answer.url == f"{reverse('accounts:sign_in')}?next={page}"
    assert client.get(door_url).url == f"{reverse('accounts:sign_in')}?next={door_url}"


@pytest.mark.parametrize("door", ["sign_up", "cancel", "accept"])
def test_drafts_and_missing_ones_answer_alike(browser: Client, lecture: Lecture, door: str) -> None:
    Activity.objects.update(state="draft")
    assert post(browser, door, lecture).status_code == 404
    Activity.objects.all().delete()
    assert post(browser, door, lecture).status_code == 404


@pytest.mark.parametrize(
    ("wanted", "goes_to"), [("/me/", "/me/"), ("https://evil.example/", None), ("//evil", None)]
)
def test_one_returns_to_where_the_tap_was_and_nowhere_else(
    browser: Client, lecture: Lecture, wanted: str, goes_to: str | None
) -> None:
    answer = post(browser, "sign_up", lecture, next=wanted)
    assert answer.url == (goes_to or reverse("portal:activity", args=[lecture.pk]))


def test_an_account_without_a_person_finds_no_seat(
    as_user: Callable[[User], Client], staff_user: User, lecture: Lecture
) -> None:
    Resident.objects.filter(account=staff_user).delete()
    assert post(as_user(staff_user), "sign_up", lecture).status_code == 404
