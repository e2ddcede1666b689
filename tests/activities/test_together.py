"""Several people in one step: together or not at all, or each on their own."""

from collections.abc import Callable
from datetime import date

import pytest

from diedie_edu.activities.actions import offers, parties, seats
from diedie_edu.activities.models import Activity, Party, SignUp
from diedie_edu.activities.rules import sign_up
from diedie_edu.common.errors import Refused
from diedie_edu.people.models import Resident
from residents_school.models import Lecture
from tests.activities.test_offers import DAY
from tests.conftest import NOW
from tests.support.refusals import code_of
from tests.support.seats import (
    check_seats,
    enter,
    fill,
    make_residents,
    seated_and_waiting,
    statuses,
    told,
)

pytestmark = pytest.mark.django_db
Make = Callable[..., Lecture]


@pytest.fixture
def activity(make_lecture: Make) -> Activity:
    """Four seats."""
    return Activity.objects.get(pk=make_lecture(capacity=4).pk)


def together(activity: Activity, people: list[Resident]) -> list[SignUp]:
    return parties.sign_up_together(activity=activity, residents=people, by=None, now=NOW)


def each(activity: Activity, people: list[Resident]) -> list[SignUp]:
    return parties.sign_up_each(activity=activity, residents=people, by=None, now=NOW)


@pytest.mark.parametrize("enter_all", [together, each])
def test_where_there_is_room_all_have_seats(activity: Activity, enter_all: Callable) -> None:
    people = make_residents(3)
    rows = enter_all(activity, people)
    assert statuses(rows) == ["seated"] * 3
    assert told(activity) == [("seated", person.pk) for person in people]
    assert not Party.objects.exists()
    check_seats(activity)


def test_together_nobody_sits_where_one_would_have_to_stand(activity: Activity) -> None:
    fill(activity, 2)
    rows = together(activity, make_residents(3))
    assert statuses(rows) == ["waiting"] * 3
    assert {row.party for row in rows} == {Party.objects.get()}
    assert told(activity)[2:] == [("waiting_kept", rows[0].resident_id)]
    check_seats(activity)


def test_each_on_their_own_takes_what_there_is(activity: Activity) -> None:
    fill(activity, 2)
    assert statuses(each(activity, make_residents(3))) == ["seated", "seated", "waiting"]
    assert not Party.objects.exists()
    check_seats(activity)


@pytest.mark.parametrize("enter_all", [together, each])
def test_again_is_harmless(activity: Activity, enter_all: Callable) -> None:
    fill(activity, 3)
    people = make_residents(2)
    first, again = enter_all(activity, people), enter_all(activity, people)
    assert first == again
    assert sum(seated_and_waiting(activity)) == 5


def test_whoever_is_in_already_stays_and_the_others_come_together(activity: Activity) -> None:
    people = make_residents(3)
    own = enter(activity, people[0])
    fill(activity, 2)
    rows = together(activity, people)
    assert [row.resident for row in rows] == people[1:]
    assert statuses([own, *rows]) == ["seated", "waiting", "waiting"]


def test_more_people_than_seats_can_never_come_together(activity: Activity) -> None:
    people = make_residents(5)
    assert code_of(lambda: together(activity, people)) == "too_many_together"
    assert seated_and_waiting(activity) == (0, 0)
    assert statuses(each(activity, people))[-1] == "waiting"


@pytest.mark.parametrize("enter_all", [together, each])
def test_one_who_may_not_come_keeps_all_out_and_is_named(
    activity: Activity, make_resident: Callable[..., Resident], enter_all: Callable
) -> None:
    outsider = make_resident(full_name="外地人", residency="outside")
    with pytest.raises(Refused, match="外地人") as refusal:
        enter_all(activity, [*make_residents(1), outsider])
    assert refusal.value.code == "outside"
    assert seated_and_waiting(activity) == (0, 0)
    assert told(activity) == []


def test_those_who_let_their_time_pass_queue_again_together(activity: Activity) -> None:
    fill(activity, 4)
    rows = together(activity, make_residents(2))
    seats.change_capacity(activity=activity, capacity=6, by=None, now=NOW)
    fill(activity, 1)
    offers.pass_places_on(NOW + DAY)
    again = parties.sign_up_again(sign_up=rows[1], by=None, now=NOW + DAY)
    assert [row.resident_id for row in again] == [row.resident_id for row in rows]
    assert statuses(rows) == ["lapsed", "lapsed"]
    assert statuses(again) == ["waiting", "waiting"]
    assert again[0].party != rows[0].party
    assert parties.sign_up_again(sign_up=rows[0], by=None, now=NOW + DAY) == again


def test_whoever_left_a_party_alone_queues_again_alone(activity: Activity) -> None:
    fill(activity, 4)
    stays, leaves = together(activity, make_residents(2))
    seats.cancel_sign_up(activity=activity, resident=leaves.resident, by=None, now=NOW)
    (again,) = parties.sign_up_again(sign_up=leaves, by=None, now=NOW)
    assert (again.resident_id, again.party) == (leaves.resident_id, None)
    assert statuses([stays, leaves]) == ["waiting", "cancelled"]


# --- Whom an activity is for -----------------------------------------------------------


@pytest.mark.parametrize(
    ("ages", "born", "code"),
    [
        ({"min_age": 60}, date(1966, 11, 28), None),  # turns 60 on the day of the lecture
        ({"min_age": 60}, date(1966, 11, 29), "too_young"),
        ({"max_age": 35}, date(1990, 11, 29), None),
        ({"max_age": 35}, date(1990, 11, 28), "too_old"),
        ({"min_age": 18, "max_age": 25}, date(2000, 1, 1), "too_old"),
        ({"min_age": 60}, None, None),  # taken at their word
        ({}, date(2010, 1, 1), None),
    ],
)
def test_the_age_is_that_on_the_day(
    make_lecture: Make,
    make_resident: Callable[..., Resident],
    ages: dict,
    born: date | None,
    code: str | None,
) -> None:
    lecture, person = make_lecture(**ages), make_resident(birth_date=born)
    assert code_of(lambda: sign_up.check_sign_up(lecture, person, NOW)) == code


@pytest.mark.parametrize(("residency", "code"), [("permanent", None), ("worker", "residents_only")])
def test_some_activities_are_for_permanent_residents(
    make_lecture: Make, make_resident: Callable[..., Resident], residency: str, code: str | None
) -> None:
    lecture, person = make_lecture(residents_only=True), make_resident(residency=residency)
    assert code_of(lambda: sign_up.check_sign_up(lecture, person, NOW)) == code


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, []),
        ({"min_age": 60}, ["适合 60 岁以上"]),
        ({"max_age": 35}, ["适合 35 岁以下（含）"]),
        ({"min_age": 18, "max_age": 25}, ["适合 18–25 岁"]),
        ({"min_age": 60, "residents_only": True}, ["适合 60 岁以上", "限常住居民"]),
    ],
)
def test_whom_it_is_for_is_said_in_words(fields: dict, words: list[str]) -> None:
    assert Activity(**fields).audience == words
