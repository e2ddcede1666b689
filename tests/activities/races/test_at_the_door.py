"""Several staff and several cameras at one door."""

from collections.abc import Callable
from datetime import time
from functools import partial

import pytest
from django.db import IntegrityError

from diedie_edu.activities.actions import schedule, seats
from diedie_edu.activities.models import Activity, Attendance, Occasion, SignUp
from diedie_edu.activities.models.signups import WHO_IS_IN
from diedie_edu.activities.queries import sign_ups
from diedie_edu.common.days import moment
from diedie_edu.door.actions import arrivals
from diedie_edu.people.models import Resident
from residents_school.models import Lecture
from tests.conftest import SATURDAY
from tests.support.races import (
    all_look_first,
    constraint_dropped,
    first_time,
    together,
    trigger_off,
)
from tests.support.refusals import code_of
from tests.support.seats import (
    check_seats,
    contradictions,
    fill,
    make_residents,
    nobody_looks,
)

pytestmark = pytest.mark.django_db(transaction=True)
Patch = pytest.MonkeyPatch
AT_THE_DOOR = moment(SATURDAY, time(9, 21))


@pytest.fixture
def occasion(make_lecture: Callable[..., Lecture]) -> Occasion:
    """Two seats."""
    found = make_lecture(capacity=2).occasions.select_related("activity", "venue")
    return found.get()


def scan(occasion: Occasion, resident: Resident) -> bool:
    return arrivals.check_in(
        occasion=occasion, resident=resident, how="ticket", by=None, now=AT_THE_DOOR
    ).is_new


def walk(occasion: Occasion, resident: Resident) -> bool:
    entry = {"occasion": occasion, "resident": resident, "reason": "加座", "by": None}
    return arrivals.let_in(**entry, now=AT_THE_DOOR).is_new


def test_fifty_scans_of_one_ticket_are_one_attendance(occasion: Occasion) -> None:
    (seat,) = fill(occasion.activity, 1)
    found = together(*[partial(scan, occasion, seat.resident)] * 50)
    assert sorted(found) == [False] * 49 + [True]
    assert Attendance.objects.count() == 1


def look_then_write(monkeypatch: Patch, threads: int) -> None:
    """The naive way: look whether they are in, then write."""

    def arrive(occasion, residents, how, by, now) -> int:
        if arrivals.attendance_of(occasion.pk, residents[0]):
            return 0
        Attendance.objects.create(
            occasion=occasion, resident_id=residents[0], arrived_at=now, how=how
        )
        return 1

    all_look_first(monkeypatch, arrivals, "attendance_of", threads)
    monkeypatch.setattr(arrivals, "_arrive", arrive)
    monkeypatch.setattr(arrivals, "_locked", lambda occasion: occasion)


def test_control_looking_first_counts_one_person_often(
    occasion: Occasion, monkeypatch: Patch
) -> None:
    (seat,) = fill(occasion.activity, 1)
    with constraint_dropped(Attendance, "attendance_once"):
        look_then_write(monkeypatch, threads=8)
        together(*[partial(scan, occasion, seat.resident)] * 8)
        assert Attendance.objects.count() == 8


def test_two_staff_let_one_person_in_once(occasion: Occasion) -> None:
    (person,) = make_residents(1)
    assert sorted(together(*[partial(walk, occasion, person)] * 8)) == [False] * 7 + [True]
    assert SignUp.objects.filter(resident=person).count() == 1
    check_seats(occasion.activity)


def test_many_who_walk_in_take_the_free_seats_and_no_more(occasion: Occasion) -> None:
    together(*[partial(walk, occasion, person) for person in make_residents(8)])
    assert Attendance.objects.filter(is_extra=True).count() == 6
    assert Activity.objects.get(pk=occasion.activity_id).taken == 2
    check_seats(occasion.activity)


def test_control_without_the_lock_somebody_is_let_in_twice(
    occasion: Occasion, unlocked: None, monkeypatch: Patch
) -> None:
    (person,) = make_residents(1)
    all_look_first(monkeypatch, sign_ups, "live_sign_up", threads=4)
    with (
        constraint_dropped(SignUp, "one_live_sign_up"),
        constraint_dropped(Attendance, "attendance_once"),
        nobody_looks(),
    ):
        together(*[partial(walk, occasion, person)] * 4)
        assert Attendance.objects.filter(resident=person).count() > 1


# --- A seat that is just given back ----------------------------------------------------


def leave(row: SignUp) -> bool:
    who = {"activity": row.activity, "resident": row.resident}
    return seats.cancel_sign_up(**who, by=None, now=AT_THE_DOOR)


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
def test_a_check_in_waits_for_a_seat_that_is_just_given_back(
    guarded: bool, occasion: Occasion, monkeypatch: Patch
) -> None:
    (row,) = fill(occasion.activity, 1)
    if not guarded:
        monkeypatch.setattr(arrivals, "_locked", lambda occasion: occasion)
    scans = partial(code_of, partial(scan, occasion, row.resident))
    beside = first_time(monkeypatch, seats, "check_is_not_in", scans)
    with (
        trigger_off(Attendance, WHO_IS_IN),
        trigger_off(SignUp, "who_is_in_does_not_lose_the_seat"),
    ):
        assert leave(row)
        assert beside[0].result() == ("no_seat" if guarded else None)
        assert contradictions() == (0 if guarded else 1)


def test_the_database_holds_a_check_in_that_asks_for_no_lock(
    occasion: Occasion, monkeypatch: Patch
) -> None:
    (row,) = fill(occasion.activity, 1)
    monkeypatch.setattr(arrivals, "_locked", lambda occasion: occasion)
    scans = partial(scan, occasion, row.resident)
    beside = first_time(monkeypatch, seats, "check_is_not_in", scans)
    assert leave(row)
    with pytest.raises(IntegrityError, match="Whoever is in keeps the seat"):
        beside[0].result()
    assert contradictions() == 0


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
def test_nobody_checks_in_to_what_is_just_called_off(
    guarded: bool, occasion: Occasion, monkeypatch: Patch
) -> None:
    (row,) = fill(occasion.activity, 1)
    if not guarded:
        monkeypatch.setattr(arrivals, "_locked", lambda occasion: occasion)
    scans = partial(code_of, partial(scan, occasion, row.resident))
    beside = first_time(monkeypatch, schedule, "lock_occasions", scans)
    schedule.call_off(activity=row.activity, reason="停电", by=None, now=AT_THE_DOOR)
    assert beside[0].result() == ("called_off" if guarded else None)
    assert Attendance.objects.exists() is not guarded
