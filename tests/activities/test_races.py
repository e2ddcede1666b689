"""Races on one activity, with real threads; each beside a control without its guard.

A control must show the fault that the guard prevents: otherwise the test above it proves
nothing.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier, local

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from diedie_edu.activities import queries, rules
from diedie_edu.activities.actions import (
    call_off,
    cancel_sign_up,
    change_capacity,
    plan_reminders,
    reminders,
    seats,
)
from diedie_edu.activities.models import Activity, ReminderTime, SignUp
from diedie_edu.common.errors import Refused
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.races import PATIENCE, constraint_dropped, meanwhile, together
from tests.seats import (
    check_seats,
    enter,
    fill,
    make_residents,
    seated_and_waiting,
    statuses,
    told,
)

pytestmark = pytest.mark.django_db(transaction=True)

Patch = pytest.MonkeyPatch
ROUNDS = 5


@pytest.fixture
def activity(make_lecture: Callable[..., Lecture]) -> Activity:
    """Two seats."""
    return Activity.objects.get(pk=make_lecture(capacity=2).pk)


@pytest.fixture
def unlocked(monkeypatch: Patch) -> None:
    """The house without its row locks."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)


def taken(activity: Activity) -> int:
    return Activity.objects.get(pk=activity.pk).taken


def cancel(row: SignUp) -> bool:
    return cancel_sign_up(activity=row.activity, resident=row.resident, by=None, now=NOW)


def all_look_first(monkeypatch: Patch, module: object, name: str, threads: int) -> None:
    """Each thread's first call of a function ends only when all of them have made it."""
    original, barrier, seen = getattr(module, name), Barrier(threads), local()

    def slow(*args: object) -> object:
        result = original(*args)
        if not hasattr(seen, "once"):
            seen.once = barrier.wait(PATIENCE)
        return result

    monkeypatch.setattr(module, name, slow)


def first_time(monkeypatch: Patch, module: object, name: str, then: Callable[[], object]) -> list:
    """Right after a function's first call, `then` runs beside; its future is in the list."""
    original, futures = getattr(module, name), []

    def watched(*args: object) -> object:
        result = original(*args)
        if not futures:
            futures.append(None)
            futures[0] = meanwhile(then)
        return result

    monkeypatch.setattr(module, name, watched)
    return futures


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

    def take_seat(activity_id: int) -> bool:
        room = Activity.objects.get(pk=activity_id).free > 0
        looked.wait(PATIENCE)
        if room:
            Activity.objects.filter(pk=activity_id).update(taken=F("taken") + 1)
        return room

    monkeypatch.setattr(seats, "_take_seat", take_seat)


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
    assert taken(activity) <= activity.capacity


# --- One person, many taps -------------------------------------------------------------


def tap(activity: Activity, monkeypatch: Patch, times: int = 8) -> list[SignUp]:
    """All taps have looked for a sign-up, and found none, before one is written."""
    (person,) = make_residents(1)
    all_look_first(monkeypatch, queries, "live_sign_up", threads=times)
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


def test_control_without_the_constraint_taps_add_up(activity: Activity, monkeypatch: Patch) -> None:
    with constraint_dropped(SignUp, "one_live_sign_up"):
        tap(activity, monkeypatch)
        assert sum(seated_and_waiting(activity)) > 1


# --- Giving back against signing up ----------------------------------------------------


def join_while_somebody_gives_back(activity: Activity, monkeypatch: Patch) -> list[str]:
    """A newcomer finds all taken; before they join the queue, a seat is given back."""
    first, _second = fill(activity, 2)
    (newcomer,) = make_residents(1)
    futures = first_time(monkeypatch, seats, "_take_seat", then=partial(cancel, first))
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
    monkeypatch.setattr(seats, "_take_seat_under_lock", lambda *_args: False)
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
        assert seated_and_waiting(activity) == (4, 2)
        check_seats(activity)


# --- Two give back at once -------------------------------------------------------------


def promoted(activity: Activity) -> list[int]:
    return [who for kind, who in told(activity) if kind == "promoted"]


def test_two_seats_given_back_go_to_two_people(make_lecture: Callable[..., Lecture]) -> None:
    for _round in range(ROUNDS):
        activity = make_lecture(capacity=2)
        first, second, third, fourth, fifth = fill(activity, 5)
        together(partial(cancel, first), partial(cancel, second))
        assert statuses([third, fourth, fifth]) == ["seated", "seated", "waiting"]
        assert sorted(promoted(activity)) == [third.resident_id, fourth.resident_id]
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
    futures = first_time(monkeypatch, queries, "live_sign_up", then=partial(cancel, row))
    return [cancel(row), futures[0].result()]


def test_two_taps_give_one_seat_back(activity: Activity, monkeypatch: Patch) -> None:
    first, _second, third, fourth = fill(activity, 4)
    assert give_back_twice(first, monkeypatch) == [True, False]
    assert statuses([third, fourth]) == ["seated", "waiting"]
    check_seats(activity)


def test_control_without_the_lock_one_seat_is_given_back_twice(
    activity: Activity, unlocked: None, monkeypatch: Patch
) -> None:
    first, _second = fill(activity, 2)
    assert give_back_twice(first, monkeypatch) == [True, True]
    with pytest.raises(AssertionError):
        check_seats(activity)


# --- The number of seats against sign-ups and cancellations ----------------------------


def test_seats_added_while_others_give_back_all_go_to_the_queue(
    make_lecture: Callable[..., Lecture],
) -> None:
    for _round in range(ROUNDS):
        activity = make_lecture(capacity=2)
        first, second, *queue = fill(activity, 6)
        more = partial(change_capacity, activity=activity, capacity=3, by=None, now=NOW)
        together(more, partial(cancel, first), partial(cancel, second))
        assert statuses(queue) == ["seated"] * 3 + ["waiting"]
        assert sorted(promoted(activity)) == [row.resident_id for row in queue[:3]]
        check_seats(activity)


def shrink_while_somebody_comes(activity: Activity, monkeypatch: Patch) -> str:
    """One of two seats is free and to be taken away; somebody takes it meanwhile."""
    fill(activity, 1)
    (newcomer,) = make_residents(1)
    come = partial(enter, activity, newcomer)
    futures = first_time(monkeypatch, rules, "check_capacity", then=come)
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
    futures = first_time(monkeypatch, queries, "people_to_tell", then=come)
    call_off(activity=activity, reason="台风", by=None, now=NOW)
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


def take_any_free_seat(activity_id: int) -> bool:
    """Blind to the activity's state."""
    free = Activity.objects.filter(pk=activity_id, taken__lt=F("capacity"))
    return free.update(taken=F("taken") + 1) == 1


def test_control_a_seat_taken_without_a_look_at_the_state_is_never_told(
    activity: Activity, monkeypatch: Patch
) -> None:
    monkeypatch.setattr(seats, "_take_seat", take_any_free_seat)
    assert come_while_it_is_called_off(activity, monkeypatch) == "seated"
    assert "called_off" not in dict(told(activity))


def stop_while_somebody_comes(
    activity: Activity, monkeypatch: Patch, stop: Callable[..., int]
) -> int:
    """Calling off begins when the newcomer has a seat that is not committed yet."""
    (newcomer,) = make_residents(1)
    off = partial(stop, activity=activity, reason="台风", by=None, now=NOW)
    futures = first_time(monkeypatch, seats, "_take_seat", then=off)
    assert enter(activity, newcomer).is_seated
    return futures[0].result()


def test_whoever_came_in_just_before_is_told(activity: Activity, monkeypatch: Patch) -> None:
    assert stop_while_somebody_comes(activity, monkeypatch, stop=call_off) == 1
    assert "called_off" in dict(told(activity))


def naive_call_off(activity: Activity, **_more: object) -> int:
    """List the people, then close the activity: without a lock before the list."""
    people = queries.people_to_tell(activity.pk)
    Activity.objects.filter(pk=activity.pk).update(state="called_off", call_off_reason="台风")
    return len(people)


def test_control_without_the_lock_somebody_is_forgotten(
    activity: Activity, monkeypatch: Patch
) -> None:
    assert stop_while_somebody_comes(activity, monkeypatch, stop=naive_call_off) == 0
    assert seated_and_waiting(activity) == (1, 0)


# --- Reminders against cancelling, moving and calling off ------------------------------


@pytest.fixture
def reminded(activity: Activity) -> datetime:
    """An hour before the start everybody with a seat is reminded."""
    ReminderTime.objects.create(
        programme=activity.programme, audience="seated", minutes_before=60, channels=["inbox"]
    )
    return activity.occasions.get().starts_at - timedelta(minutes=60)


def test_four_ticks_at_once_remind_once(activity: Activity, reminded: datetime) -> None:
    fill(activity, 2)
    planned = together(*[partial(plan_reminders, reminded)] * 4)
    assert sum(planned) == Notice.objects.filter(kind="activities.reminder").count() == 2


def give_back_during_a_tick(activity: Activity, due: datetime) -> list[str]:
    """The reminder is planned but not committed when the seat is given back."""
    (row,) = fill(activity, 1)
    with transaction.atomic():
        plan_reminders(due)
        future = meanwhile(partial(cancel, row))
    assert future.result() is True
    return [kind for kind, _who in told(activity)]


def test_whoever_gives_a_seat_back_during_a_tick_is_not_reminded(
    activity: Activity, reminded: datetime
) -> None:
    assert give_back_during_a_tick(activity, reminded) == ["cancelled"]


def test_control_without_the_lock_somebody_is_reminded_of_a_seat_given_back(
    activity: Activity, reminded: datetime, monkeypatch: Patch
) -> None:
    monkeypatch.setattr(reminders, "_hold", lambda *_args: None)
    assert "reminder" in give_back_during_a_tick(activity, reminded)


def test_nobody_waits_for_a_tick_to_take_a_free_seat(
    activity: Activity, reminded: datetime
) -> None:
    (newcomer,) = make_residents(1)
    with transaction.atomic():
        plan_reminders(reminded)
        assert meanwhile(partial(enter, activity, newcomer)).done()
