"""Seats that were held and not used: who is meant, and what can be put right."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions.no_shows import excuse_absence
from diedie_edu.activities.models import Attendance, Occasion, SignUp
from diedie_edu.activities.queries.no_shows import is_put_behind, missed_by, people_put_behind
from diedie_edu.people.models import Resident
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.door.conftest import held
from tests.support.counting import queries_of
from tests.support.occasions import make_occasion, rebook
from tests.support.seats import enter, fill

pytestmark = pytest.mark.django_db
YOUNG = {"birth_date": date(1990, 1, 1)}
SCHOOL = ["residents-school"]
Make = Callable[..., Lecture]


@pytest.fixture
def person(make_resident: Callable[..., Resident]) -> Resident:
    return make_resident(full_name="赵立冬", **YOUNG)


def miss(make_lecture: Make, person: Resident, *days_ago: int) -> list[Occasion]:
    return [held(make_lecture(), person, days_ago=ago) for ago in days_ago]


def count(person: Resident) -> int:
    return len(missed_by(person.pk, NOW))


def test_a_seat_not_used_is_one(make_lecture: Make, person: Resident) -> None:
    (occasion,) = miss(make_lecture, person, 10)
    (missed,) = missed_by(person.pk, NOW)
    assert (missed.occasion_id, missed.title) == (occasion.pk, occasion.activity.title)


def test_whoever_came_missed_nothing(make_lecture: Make, person: Resident) -> None:
    held(make_lecture(), person, came=True)
    assert count(person) == 0


def test_it_counts_once_the_sheet_is_typed_in(make_lecture: Make, person: Resident) -> None:
    miss(make_lecture, person, 2)
    assert count(person) == 0
    assert len(missed_by(person.pk, NOW + timedelta(days=2))) == 1


def test_without_a_register_nobody_missed_anything(make_lecture: Make, person: Resident) -> None:
    (occasion,) = miss(make_lecture, person, 10)
    Attendance.objects.filter(occasion=occasion).delete()
    assert count(person) == 0


def test_a_seat_given_back_is_none(make_lecture: Make, person: Resident) -> None:
    miss(make_lecture, person, 10)
    SignUp.objects.filter(resident=person).update(status="cancelled", cancelled_at=NOW)
    assert count(person) == 0


def test_what_was_called_off_is_none(make_lecture: Make, person: Resident) -> None:
    (occasion,) = miss(make_lecture, person, 10)
    rebook(Occasion.objects.filter(pk=occasion.pk), is_off=True)
    assert count(person) == 0


def test_one_meeting_of_many_is_none(make_lecture: Make, person: Resident) -> None:
    (occasion,) = miss(make_lecture, person, 10)
    make_occasion(occasion.activity, occasion.venue, NOW, NOW + timedelta(hours=1))
    assert count(person) == 0


@pytest.mark.parametrize("born", [date(1960, 1, 1), None])
def test_nobody_of_sixty_or_of_unknown_age_is_meant(
    born: date | None, make_lecture: Make, make_resident: Callable[..., Resident]
) -> None:
    elder = make_resident(birth_date=born)
    miss(make_lecture, elder, 40, 20, 10)
    assert not is_put_behind(elder.pk, NOW)


def test_three_put_somebody_behind(make_lecture: Make, person: Resident) -> None:
    miss(make_lecture, person, 40, 20)
    assert not is_put_behind(person.pk, NOW)
    miss(make_lecture, person, 10)
    assert is_put_behind(person.pk, NOW)
    assert [row.resident for row in people_put_behind(SCHOOL, NOW)] == [person]
    assert people_put_behind(["happy-square"], NOW) == []


def test_an_excuse_puts_it_right(make_lecture: Make, person: Resident, staff_user: User) -> None:
    occasions = miss(make_lecture, person, 40, 20, 10)
    excuse_absence(occasion=occasions[1], resident=person, reason="住院", by=staff_user, now=NOW)
    assert not is_put_behind(person.pk, NOW)


# --- Pages -----------------------------------------------------------------------------


@pytest.fixture
def behind(clock, make_lecture: Make, make_user: Callable[..., User]) -> User:
    """An account that left three seats empty."""
    user = make_user(Role.RESIDENT)
    Resident.objects.filter(account=user).update(**YOUNG)
    miss(make_lecture, user.resident, 40, 20, 10)
    return user


def test_the_person_sees_what_it_means_and_until_when(
    behind: User, stranger: User, as_user: Callable[[User], Client]
) -> None:
    said = as_user(behind).get("/me/").text
    assert "11月30日" in said
    assert "有空位时不受影响" in said
    assert "有空位时不受影响" not in as_user(stranger).get("/me/").text


def test_staff_excuse_with_a_reason(
    behind: User, staff_user: User, as_user: Callable[[User], Client]
) -> None:
    staff, page = as_user(staff_user), reverse("door:no_shows")
    assert behind.resident.full_name in staff.get(page).text
    occasion = Occasion.objects.earliest("starts_at")
    url = reverse("door:excuse", args=[occasion.pk])
    staff.post(url, {"resident": behind.resident.pk, "reason": ""})
    assert is_put_behind(behind.resident.pk, NOW)
    staff.post(url, {"resident": behind.resident.pk, "reason": "住院"}, follow=True)
    assert behind.resident.full_name not in staff.get(page).text
    assert occasion.excused.get().excused_by == staff_user


def test_the_list_costs_the_same_with_more_people(
    behind: User,
    make_lecture: Make,
    make_resident: Callable[..., Resident],
    staff_user: User,
    as_user: Callable[[User], Client],
) -> None:
    staff, page = as_user(staff_user), reverse("door:no_shows")
    for_one = queries_of(staff, page)
    for _person in range(2):
        miss(make_lecture, make_resident(**YOUNG), 40, 20, 10)
    assert queries_of(staff, page) == for_one


# --- In the queue ----------------------------------------------------------------------


@pytest.fixture
def late(make_lecture: Make, person: Resident) -> Resident:
    """Somebody of 36 who left three seats empty."""
    miss(make_lecture, person, 40, 20, 10)
    return person


def queue(lecture: Lecture) -> list[int]:
    waiting = SignUp.objects.filter(activity=lecture, status="waiting")
    return list(waiting.order_by(*SignUp.QUEUE).values_list("resident", flat=True))


def test_in_a_full_activity_others_go_first(make_lecture: Make, late: Resident) -> None:
    lecture = make_lecture(capacity=1)
    fill(lecture, 1)
    enter(lecture, late)
    (other,) = fill(lecture, 1)
    assert queue(lecture) == [other.resident_id, late.pk]


def test_a_free_seat_is_theirs_and_costs_no_question(
    make_lecture: Make, make_resident: Callable, late: Resident
) -> None:
    lecture, other = make_lecture(), make_resident()
    with CaptureQueriesContext(connection) as of_others:
        enter(lecture, other)
    with CaptureQueriesContext(connection) as of_theirs:
        entered = enter(lecture, late)
    assert (entered.status, entered.is_deferred) == ("seated", False)
    assert len(of_theirs) == len(of_others)


def test_an_excuse_puts_them_back_in_line(
    make_lecture: Make, late: Resident, staff_user: User
) -> None:
    lecture = make_lecture(capacity=1)
    fill(lecture, 1)
    enter(lecture, late)
    (other,) = fill(lecture, 1)
    missed = missed_by(late.pk, NOW)[0]
    occasion = Occasion.objects.get(pk=missed.occasion_id)
    excuse_absence(occasion=occasion, resident=late, reason="住院", by=staff_user, now=NOW)
    assert queue(lecture) == [late.pk, other.resident_id]
