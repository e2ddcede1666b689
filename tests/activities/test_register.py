"""Staff see who is signed up, and sign somebody up for them."""

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import parties, seats
from diedie_edu.activities.models import SignUp
from diedie_edu.people.models import Resident
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.counting import queries_of
from tests.support.seats import enter, fill, make_residents, seated_and_waiting, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def lecture(make_lecture: Callable[..., Lecture]) -> Lecture:
    return make_lecture(capacity=2)


@pytest.fixture
def desk(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


@pytest.fixture
def neighbour(make_resident: Callable[..., Resident]) -> Resident:
    return make_resident(full_name="陈建城", phone="13812345678")


def page(lecture: Lecture) -> str:
    return reverse("activities:people", args=[lecture.pk])


def find(desk: Client, lecture: Lecture, words: str) -> HttpResponse:
    return desk.post(reverse("activities:find_person", args=[lecture.pk]), {"words": words})


def pick(desk: Client, lecture: Lecture, person: Resident) -> HttpResponse:
    return desk.post(
        reverse("activities:sign_somebody_up", args=[lecture.pk]), {"resident": person.pk}
    )


@pytest.mark.parametrize("words", ["建城", "陈建城", "chenjian", "cjc", "5678"])
def test_somebody_is_found_as_they_say_it(
    desk: Client, lecture: Lecture, neighbour: Resident, words: str
) -> None:
    answer = find(desk, lecture, words)
    assert [row.resident for row in answer.context["found"]] == [neighbour]
    assert "13812345678" not in answer.text


def test_nobody_found_says_what_to_do(desk: Client, lecture: Lecture) -> None:
    assert "换名字的一部分" in find(desk, lecture, "查无此人").text


def test_staff_sign_somebody_up_who_is_told_and_who_did_it_is_kept(
    desk: Client, lecture: Lecture, neighbour: Resident, staff_user: User
) -> None:
    answer = pick(desk, lecture, neighbour)
    assert answer.url == page(lecture)
    assert SignUp.objects.get().signed_up_by == staff_user
    assert told(lecture) == [("seated", neighbour.pk)]
    assert f"由{staff_user.display_name}登记" in desk.get(page(lecture)).text


def test_whoever_signed_up_themselves_has_no_such_note(
    desk: Client, lecture: Lecture, resident_user: User
) -> None:
    enter(lecture, resident_user.resident)
    assert "登记" not in desk.get(page(lecture)).context["register"].seated[0].status
    assert not SignUp.objects.get().was_entered_by_another


def test_a_relative_who_did_it_is_named(
    desk: Client, lecture: Lecture, resident_user: User, neighbour: Resident
) -> None:
    seats.sign_up(activity=lecture, resident=neighbour, by=resident_user, now=NOW)
    assert f"由{resident_user.display_name}登记" in desk.get(page(lecture)).text


def test_where_all_seats_are_taken_the_person_waits(
    desk: Client, lecture: Lecture, neighbour: Resident
) -> None:
    fill(lecture, 2)
    assert "排上队" in str(next(iter(get_messages(pick(desk, lecture, neighbour).wsgi_request))))
    assert seated_and_waiting(lecture) == (2, 1)


def test_whoever_may_not_come_is_shown_why_and_not_entered(
    desk: Client, lecture: Lecture, neighbour: Resident
) -> None:
    Resident.objects.filter(pk=neighbour.pk).update(residency="outside")
    neighbour.refresh_from_db()
    answer = find(desk, lecture, "5678")
    assert answer.context["found"][0].refusal.code == "outside"
    pick(desk, lecture, neighbour)
    assert seated_and_waiting(lecture) == (0, 0)


def test_the_list_shows_seats_offers_and_the_queue(desk: Client, lecture: Lecture) -> None:
    fill(lecture, 3)
    seats.change_capacity(activity=lecture, capacity=3, by=None, now=NOW)
    parties.sign_up_together(activity=lecture, residents=make_residents(2), by=None, now=NOW)
    answer = desk.get(page(lecture))
    register = answer.context["register"]
    assert [len(register.seated), len(register.offered), len(register.waiting)] == [2, 1, 2]
    assert "11月24日（周二）" in answer.text
    assert answer.text.count("同行") == 2


def test_the_list_costs_the_same_for_one_and_for_three(desk: Client, lecture: Lecture) -> None:
    fill(lecture, 1)
    one = queries_of(desk, page(lecture))
    fill(lecture, 3)
    assert queries_of(desk, page(lecture)) == one


def test_nonsense_is_no_person(desk: Client, lecture: Lecture) -> None:
    door = reverse("activities:sign_somebody_up", args=[lecture.pk])
    assert desk.post(door, {"resident": "x'"}).status_code == 404
