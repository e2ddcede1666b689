"""The one door through which seats are taken and given back."""

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.people.models import Household, Resident
from residents_school.models import Lecture
from tests.seats import enter, fill, seated_and_waiting, statuses

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


@pytest.mark.parametrize("door", ["sign_up", "cancel"])
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


@pytest.mark.parametrize("door", ["sign_up", "cancel"])
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


@pytest.mark.parametrize("door", ["sign_up", "cancel"])
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
