"""Giving back against signing up, against another, and against itself."""

from collections.abc import Callable
from functools import partial
from threading import Barrier

import pytest

from diedie_edu.activities.actions import seats, taking
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.activities.queries import sign_ups
from residents_school.models import Lecture
from tests.activities.races.conftest import cancel
from tests.conftest import NOW
from tests.support.races import PATIENCE, first_time, together
from tests.support.seats import (
    check_seats,
    enter,
    fill,
    make_residents,
    places_and_waiting,
    statuses,
    told,
)

pytestmark = pytest.mark.django_db(transaction=True)
Patch = pytest.MonkeyPatch
ROUNDS = 5


# --- Giving back against signing up ----------------------------------------------------


def join_while_somebody_gives_back(activity: Activity, monkeypatch: Patch) -> list[str]:
    """A newcomer finds all taken; before they join the queue, a seat is given back."""
    first, _second = fill(activity, 2)
    (newcomer,) = make_residents(1)
    futures = first_time(monkeypatch, taking, "take_seats", then=partial(cancel, first))
    entered = enter(activity, newcomer)
    assert futures[0].result() is True
    return statuses([entered])


def test_a_seat_freed_on_the_way_to_the_queue_is_taken(
    activity: Activity, monkeypatch: Patch
) -> None:
    assert join_while_somebody_gives_back(activity, monkeypatch) == ["seated"]
    check_seats(activity)


def test_control_without_the_second_look_a_seat_stands_free_beside_the_queue(
    activity: Activity, monkeypatch: Patch
) -> None:
    monkeypatch.setattr(seats, "_take_under_lock", lambda *_args, **_is_told: [])
    assert join_while_somebody_gives_back(activity, monkeypatch) == ["waiting"]
    with pytest.raises(AssertionError):
        check_seats(activity)


def test_a_crowd_coming_and_going_leaves_no_free_seat_beside_the_queue(
    make_lecture: Callable[..., Lecture],
) -> None:
    for _round in range(ROUNDS):
        activity = make_lecture(capacity=4)
        leaving = [partial(cancel, row) for row in fill(activity, 6)[:5]]
        coming = [partial(enter, activity, person) for person in make_residents(5)]
        together(*leaving, *coming)
        assert places_and_waiting(activity) == (4, 2)
        check_seats(activity)


# --- Two give back at once -------------------------------------------------------------


def offered(activity: Activity) -> list[int]:
    return [who for kind, who in told(activity) if kind == "offered"]


def test_two_seats_given_back_go_to_two_people(make_lecture: Callable[..., Lecture]) -> None:
    for _round in range(ROUNDS):
        activity = make_lecture(capacity=2)
        first, second, third, fourth, fifth = fill(activity, 5)
        together(partial(cancel, first), partial(cancel, second))
        assert statuses([third, fourth, fifth]) == ["offered", "offered", "waiting"]
        assert sorted(offered(activity)) == [third.resident_id, fourth.resident_id]
        check_seats(activity)


def naive_cancel(row: SignUp, looked: Barrier) -> None:
    """Look who is next, then hand the seat on: without a lock in between."""
    queue = SignUp.objects.filter(activity=row.activity, status="waiting")
    following = queue.order_by("signed_up_at", "id").first()
    looked.wait(PATIENCE)
    SignUp.objects.filter(pk=row.pk).update(status="cancelled", cancelled_at=NOW)
    SignUp.objects.filter(pk=following.pk).update(status="seated", seated_at=NOW)


def test_control_without_the_lock_both_seats_go_to_one_person(activity: Activity) -> None:
    first, second, third, fourth = fill(activity, 4)
    looked = Barrier(2)
    together(partial(naive_cancel, first, looked), partial(naive_cancel, second, looked))
    assert statuses([third, fourth]) == ["seated", "waiting"]
    with pytest.raises(AssertionError):
        check_seats(activity)


# --- One gives back twice --------------------------------------------------------------


def give_back_twice(row: SignUp, monkeypatch: Patch) -> list[bool]:
    """The second tap arrives when the first has found the sign-up."""
    futures = first_time(monkeypatch, sign_ups, "live_sign_up", then=partial(cancel, row))
    return [cancel(row), futures[0].result()]


def test_two_taps_give_one_seat_back(activity: Activity, monkeypatch: Patch) -> None:
    first, _second, third, fourth = fill(activity, 4)
    assert give_back_twice(first, monkeypatch) == [True, False]
    assert statuses([third, fourth]) == ["offered", "waiting"]
    check_seats(activity)


def test_control_without_the_lock_one_seat_is_given_back_twice(
    activity: Activity, unlocked: None, monkeypatch: Patch
) -> None:
    first, _second = fill(activity, 2)
    assert give_back_twice(first, monkeypatch) == [True, True]
    with pytest.raises(AssertionError):
        check_seats(activity)
