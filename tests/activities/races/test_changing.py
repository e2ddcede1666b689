"""The number of seats, and calling off, against those who come and go."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from django.db import IntegrityError

from diedie_edu.accounts.models import User
from diedie_edu.activities import participants
from diedie_edu.activities.actions import schedule, seats, taking
from diedie_edu.activities.actions.seats import change_capacity
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.common.errors import Refused
from diedie_edu.people.models import Resident
from residents_school.models import Lecture
from tests.activities.races.conftest import cancel
from tests.conftest import NOW
from tests.support.races import first_time, together
from tests.support.seats import (
    check_seats,
    enter,
    fill,
    make_residents,
    seated_and_waiting,
    statuses,
    take_unguarded,
    told,
)

pytestmark = pytest.mark.django_db(transaction=True)
Patch = pytest.MonkeyPatch
ROUNDS = 5


def offered(activity: Activity) -> list[int]:
    return [who for kind, who in told(activity) if kind == "offered"]


# --- The number of seats against sign-ups and cancellations ----------------------------


def test_seats_added_while_others_give_back_all_go_to_the_queue(
    make_lecture: Callable[..., Lecture],
) -> None:
    for _round in range(ROUNDS):
        activity = make_lecture(capacity=2)
        first, second, *queue = fill(activity, 6)
        more = partial(change_capacity, activity=activity, capacity=3, by=None, now=NOW)
        together(more, partial(cancel, first), partial(cancel, second))
        assert statuses(queue) == ["offered"] * 3 + ["waiting"]
        assert sorted(offered(activity)) == [row.resident_id for row in queue[:3]]
        check_seats(activity)


def shrink_while_somebody_comes(activity: Activity, monkeypatch: Patch) -> str:
    """One of two seats is free and to be taken away; somebody takes it meanwhile."""
    fill(activity, 1)
    (newcomer,) = make_residents(1)
    come = partial(enter, activity, newcomer)
    futures = first_time(monkeypatch, seats, "check_capacity", then=come)
    change_capacity(activity=activity, capacity=1, by=None, now=NOW)
    return futures[0].result().status


def test_whoever_comes_while_seats_shrink_waits(activity: Activity, monkeypatch: Patch) -> None:
    assert shrink_while_somebody_comes(activity, monkeypatch) == "waiting"
    check_seats(activity)


def test_control_without_the_lock_shrinking_ends_in_an_error_page(
    activity: Activity, unlocked: None, monkeypatch: Patch
) -> None:
    with pytest.raises(IntegrityError, match="taken_within_capacity"):
        shrink_while_somebody_comes(activity, monkeypatch)


# --- Calling off against sign-ups ------------------------------------------------------


def come_while_it_is_called_off(activity: Activity, monkeypatch: Patch) -> str:
    """Somebody signs up when those to be told have been counted."""
    (newcomer,) = make_residents(1)
    come = partial(enter, activity, newcomer)
    futures = first_time(monkeypatch, participants, "people_of", then=come)
    schedule.call_off(activity=activity, reason="台风", by=None, now=NOW)
    try:
        return futures[0].result().status
    except Refused as refused:
        return refused.code


def test_whoever_comes_while_it_is_called_off_is_refused(
    activity: Activity, monkeypatch: Patch
) -> None:
    assert come_while_it_is_called_off(activity, monkeypatch) == "called_off"
    assert seated_and_waiting(activity) == (0, 0)
    check_seats(activity)


def take_any_free_seat(
    activity: Activity, people: list[Resident], by: User, now: datetime, **_is_told: bool
) -> list[SignUp]:
    """Blind to the activity's state."""
    room = Activity.objects.get(pk=activity.pk).free >= len(people)
    return take_unguarded(activity, people, by, now) if room else []


def test_control_a_seat_taken_without_a_look_at_the_state_is_never_told(
    activity: Activity, monkeypatch: Patch
) -> None:
    monkeypatch.setattr(taking, "take_seats", take_any_free_seat)
    assert come_while_it_is_called_off(activity, monkeypatch) == "seated"
    assert "called_off" not in dict(told(activity))


def stop_while_somebody_comes(
    activity: Activity, monkeypatch: Patch, stop: Callable[..., int]
) -> int:
    """Calling off begins when the newcomer has a seat that is not committed yet."""
    (newcomer,) = make_residents(1)
    off = partial(stop, activity=activity, reason="台风", by=None, now=NOW)
    futures = first_time(monkeypatch, taking, "take_seats", then=off)
    assert enter(activity, newcomer).is_seated
    return futures[0].result()


def test_whoever_came_in_just_before_is_told(activity: Activity, monkeypatch: Patch) -> None:
    assert stop_while_somebody_comes(activity, monkeypatch, stop=schedule.call_off) == 1
    assert "called_off" in dict(told(activity))


def naive_call_off(activity: Activity, **_more: object) -> int:
    """List the people, then close the activity: without a lock before the list."""
    people = participants.people_of(activity.pk)
    Activity.objects.filter(pk=activity.pk).update(state="called_off", call_off_reason="台风")
    return len(people)


def test_control_without_the_lock_somebody_is_forgotten(
    activity: Activity, monkeypatch: Patch
) -> None:
    assert stop_while_somebody_comes(activity, monkeypatch, stop=naive_call_off) == 0
    assert seated_and_waiting(activity) == (1, 0)
