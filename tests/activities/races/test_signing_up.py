"""Many people for few seats, and one person with many taps."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from threading import Barrier

import pytest
from django.db import Error, IntegrityError, connection

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import parties, seats, taking
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.activities.queries import sign_ups
from diedie_edu.people.models import Resident
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.races import (
    PATIENCE,
    all_look_first,
    constraint_dropped,
    meanwhile,
    together,
)
from tests.support.seats import (
    check_seats,
    enter,
    fill,
    make_residents,
    nobody_looks,
    seated_and_waiting,
    take_unguarded,
    told,
)

pytestmark = pytest.mark.django_db(transaction=True)
Patch = pytest.MonkeyPatch


# --- Sixty people, twenty seats --------------------------------------------------------


def rush(activity: Activity, people: list[Resident]) -> None:
    together(*[partial(enter, activity, person) for person in people])


def test_sixty_people_take_exactly_twenty_seats(make_lecture: Callable[..., Lecture]) -> None:
    activity = make_lecture(capacity=20)
    rush(activity, make_residents(60))
    assert seated_and_waiting(activity) == (20, 40)
    assert len(told(activity)) == 60
    check_seats(activity)


def count_then_insert(monkeypatch: Patch, threads: int) -> None:
    """The naive way: look whether there is room, then take it."""
    looked = Barrier(threads)

    def take(
        activity: Activity, people: list[Resident], by: User, now: datetime, **_is_told: bool
    ) -> list[SignUp]:
        room = Activity.objects.get(pk=activity.pk).free >= len(people)
        looked.wait(PATIENCE)
        return take_unguarded(activity, people, by, now) if room else []

    monkeypatch.setattr(taking, "take_seats", take)


@pytest.fixture
def overbookable() -> Iterator[None]:
    with constraint_dropped(Activity, "taken_within_capacity"):
        yield


def test_control_counting_first_overbooks(
    activity: Activity, overbookable: None, monkeypatch: Patch
) -> None:
    count_then_insert(monkeypatch, threads=8)
    rush(activity, make_residents(8))
    assert seated_and_waiting(activity)[0] > activity.capacity


def test_counting_first_still_meets_the_constraint(activity: Activity, monkeypatch: Patch) -> None:
    """Behind the code stands the database."""
    count_then_insert(monkeypatch, threads=8)
    with pytest.raises(IntegrityError, match="taken_within_capacity"):
        rush(activity, make_residents(8))
    assert Activity.objects.get(pk=activity.pk).taken <= activity.capacity


# --- One person, many taps -------------------------------------------------------------


def tap(activity: Activity, monkeypatch: Patch, times: int = 8) -> list[SignUp]:
    """All taps have been found in order before one is written."""
    (person,) = make_residents(1)
    all_look_first(monkeypatch, seats, "check_sign_up", threads=times)
    return together(*[partial(enter, activity, person)] * times)


def test_eight_taps_give_one_sign_up(activity: Activity, monkeypatch: Patch) -> None:
    entered = tap(activity, monkeypatch)
    assert len({row.pk for row in entered}) == 1
    assert seated_and_waiting(activity) == (1, 0)
    assert len(told(activity)) == 1
    check_seats(activity)


def test_eight_taps_keep_one_place_in_the_queue(activity: Activity, monkeypatch: Patch) -> None:
    fill(activity, 2)
    tap(activity, monkeypatch)
    assert seated_and_waiting(activity) == (2, 1)


@pytest.mark.parametrize("free", [1, 0], ids=["of a seat", "in the queue"])
def test_a_second_tap_is_no_error_of_the_database(activity: Activity, free: int) -> None:
    """Each error stands in its log, with the statement: nobody would see the others."""
    (person,) = make_residents(1)
    fill(activity, activity.capacity - free)
    faults: list[str] = []

    def note(execute: Callable, *call: object) -> object:
        try:
            return execute(*call)
        except Error as error:
            faults.append(str(error))
            raise

    def one_tap() -> SignUp:
        with connection.execute_wrapper(note):
            return enter(activity, person)

    assert len({row.pk for row in [*together(*[one_tap] * 6), one_tap()]}) == 1
    assert faults == []


def test_control_without_the_constraint_taps_add_up(activity: Activity, monkeypatch: Patch) -> None:
    with constraint_dropped(SignUp, "one_live_sign_up"), nobody_looks():
        tap(activity, monkeypatch)
        assert sum(seated_and_waiting(activity)) > 1


def test_whoever_gives_a_place_back_while_tapping_again_gets_one_anew(
    make_lecture: Callable[..., Lecture], monkeypatch: Patch
) -> None:
    """The second tap meets the first one's seat, and the seat has gone when it is looked for."""
    activity = Activity.objects.get(pk=make_lecture(capacity=2).pk)
    [person] = make_residents(1)
    enter(activity, person)
    look, given_back = sign_ups.live_sign_up, []
    leave = partial(seats.cancel_sign_up, activity=activity, resident=person, by=None, now=NOW)

    def looked(*which: int) -> SignUp | None:
        if not given_back:
            given_back.append(True)
            assert meanwhile(leave).result(PATIENCE)
        return look(*which)

    monkeypatch.setattr(sign_ups, "live_sign_up", looked)
    assert enter(activity, person).is_seated
    assert seated_and_waiting(activity) == (1, 0)
    check_seats(activity)


def test_who_came_in_and_left_beside_a_party_comes_with_it(
    make_lecture: Callable[..., Lecture], monkeypatch: Patch
) -> None:
    activity = Activity.objects.get(pk=make_lecture(capacity=3).pk)
    pair = make_residents(2)
    come = partial(enter, activity, pair[0])
    leave = partial(seats.cancel_sign_up, activity=activity, resident=pair[0], by=None, now=NOW)
    look, looks = parties.not_in_yet, []

    def looked(*which: object) -> list[Resident]:
        looks.append(which)
        if len(looks) == 2:
            meanwhile(leave).result(PATIENCE)
        found = look(*which)
        if len(looks) == 1:
            meanwhile(come).result(PATIENCE)
        return found

    monkeypatch.setattr(parties, "not_in_yet", looked)
    parties.sign_up_together(activity=activity, residents=pair, by=None, now=NOW)
    assert seated_and_waiting(activity) == (2, 0)
    check_seats(activity)
