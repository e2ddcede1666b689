"""Checking in, walking in, and putting right."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import no_shows, seats
from diedie_edu.activities.models import Activity, Attendance, AttendanceUndone, Occasion, SignUp
from diedie_edu.door.actions import arrivals
from diedie_edu.people.models import Resident
from tests.conftest import NOW
from tests.door.conftest import AFTERWARDS, AT_THE_DOOR, came
from tests.support.refusals import code_of
from tests.support.seats import check_seats, enter, fill, told

pytestmark = pytest.mark.django_db


def walk(occasion: Occasion, resident: Resident, reason: str = "", now=AT_THE_DOOR):
    return arrivals.let_in(occasion=occasion, resident=resident, reason=reason, by=None, now=now)


def undo(occasion: Occasion, resident: Resident, by: User | None = None) -> bool:
    return arrivals.undo_arrival(occasion=occasion, resident=resident, by=by, now=AT_THE_DOOR)


# --- Checking in -----------------------------------------------------------------------


def test_somebody_with_a_seat_is_checked_in_once(occasion: Occasion, guest: Resident) -> None:
    first = came(occasion, guest)
    again = came(occasion, guest, AT_THE_DOOR + timedelta(minutes=5), how="ticket")
    assert (first.is_new, again.is_new) == (True, False)
    assert again.attendance.arrived_at == AT_THE_DOOR
    assert Attendance.objects.get().how == "list"


def test_nobody_is_checked_in_without_a_seat(occasion: Occasion, guest: Resident) -> None:
    seats.cancel_sign_up(activity=occasion.activity, resident=guest, by=None, now=NOW)
    assert code_of(lambda: came(occasion, guest)) == "no_seat"


def test_whoever_waits_holds_no_seat(occasion: Occasion) -> None:
    *_seated, waiting = fill(occasion.activity, 3)
    assert code_of(lambda: came(occasion, waiting.resident)) == "no_seat"


def test_it_is_too_early_to_check_in(occasion: Occasion, guest: Resident) -> None:
    assert code_of(lambda: came(occasion, guest, NOW)) == "door_not_open"
    assert not Attendance.objects.exists()


def test_a_sheet_is_entered_afterwards_and_twice_is_harmless(
    occasion: Occasion, guest: Resident, staff_user: User, stranger: User
) -> None:
    def enter_it() -> int:
        people = [guest.pk, stranger.resident.pk]
        return arrivals.enter_sheet(
            occasion=occasion, residents=people, by=staff_user, now=AFTERWARDS
        )

    assert (enter_it(), enter_it()) == (1, 0)
    entered = Attendance.objects.get()
    assert (entered.how, entered.arrived_at) == ("sheet", occasion.starts_at)
    assert (entered.resident, entered.recorded_by) == (guest, staff_user)


def test_a_sheet_comes_too_late(occasion: Occasion, guest: Resident) -> None:
    late = AFTERWARDS + timedelta(days=3)
    entry = {"occasion": occasion, "residents": [guest.pk], "by": None, "now": late}
    assert code_of(lambda: arrivals.enter_sheet(**entry)) == "register_closed"


# --- Walking in ------------------------------------------------------------------------


def test_whoever_walks_in_takes_a_free_seat(
    occasion: Occasion, guest: Resident, make_resident: Callable[..., Resident]
) -> None:
    arrival = walk(occasion, make_resident())
    assert arrival.attendance.walk_in_seat.status == SignUp.Status.SEATED
    assert (arrival.attendance.how, arrival.attendance.is_extra) == ("walk_in", False)
    check_seats(occasion.activity)


def test_walking_in_tells_nobody(occasion: Occasion, make_resident: Callable) -> None:
    walk(occasion, make_resident())
    assert told(occasion.activity) == []


def test_beyond_the_seats_nobody_comes_in_without_a_reason(
    occasion: Occasion, make_resident: Callable[..., Resident]
) -> None:
    fill(occasion.activity, 2)
    assert code_of(lambda: walk(occasion, make_resident())) == "full"
    arrival = walk(occasion, make_resident(), reason="有人没来")
    assert (arrival.attendance.is_extra, arrival.attendance.reason) == (True, "有人没来")
    assert arrival.attendance.walk_in_seat is None
    check_seats(occasion.activity)


def test_whoever_waits_comes_in_beyond_the_seats(occasion: Occasion) -> None:
    *_seated, waiting = fill(occasion.activity, 3)
    assert code_of(lambda: walk(occasion, waiting.resident)) == "full"
    assert walk(occasion, waiting.resident, reason="加座").attendance.is_extra


def test_walking_in_with_a_seat_is_checking_in(occasion: Occasion, guest: Resident) -> None:
    arrival = walk(occasion, guest)
    assert (arrival.is_new, arrival.attendance.how) == (True, "list")
    assert not walk(occasion, guest).is_new


def test_walking_in_twice_is_harmless(occasion: Occasion, make_resident: Callable) -> None:
    person = make_resident()
    assert [walk(occasion, person).is_new for _time in range(2)] == [True, False]
    check_seats(occasion.activity)


def test_a_newcomer_is_entered_and_let_in(occasion: Occasion, staff_user: User) -> None:
    person = {"full_name": "新来的", "phone": "13900001111"}
    arrival = arrivals.let_in_newcomer(occasion=occasion, **person, by=staff_user, now=AT_THE_DOOR)
    assert arrival.attendance.resident.phone == "13900001111"
    assert arrival.attendance.recorded_by == staff_user


def test_a_newcomer_who_is_not_let_in_is_not_entered(occasion: Occasion) -> None:
    fill(occasion.activity, 2)
    entry = {"occasion": occasion, "full_name": "新来的", "phone": "", "by": None}
    assert code_of(lambda: arrivals.let_in_newcomer(**entry, now=AT_THE_DOOR)) == "full"
    assert not Resident.objects.filter(full_name="新来的").exists()


def test_a_newcomer_of_the_register_is_not_entered_twice(occasion: Occasion, guest: Resident):
    person = {"full_name": guest.full_name, "phone": guest.phone}
    arrivals.let_in_newcomer(occasion=occasion, **person, by=None, now=AT_THE_DOOR)
    assert Attendance.objects.get().resident == guest


def test_a_name_on_a_blank_line_is_entered_afterwards(occasion: Occasion, make_resident: Callable):
    arrival = walk(occasion, make_resident(), now=AFTERWARDS)
    assert (arrival.attendance.how, arrival.attendance.arrived_at) == ("sheet", occasion.starts_at)


# --- Putting right ---------------------------------------------------------------------


def test_an_entry_taken_back_keeps_who_did_it(
    occasion: Occasion, guest: Resident, staff_user: User
) -> None:
    came(occasion, guest)
    assert undo(occasion, guest, staff_user)
    kept = AttendanceUndone.objects.get()
    assert (kept.resident, kept.arrived_at, kept.undone_by) == (guest, AT_THE_DOOR, staff_user)
    assert not Attendance.objects.exists()
    assert not undo(occasion, guest)
    assert came(occasion, guest).is_new


def test_a_seat_taken_at_the_door_is_given_back(occasion: Occasion, make_resident: Callable):
    person = make_resident()
    walk(occasion, person)
    undo(occasion, person)
    assert SignUp.objects.get(resident=person).status == SignUp.Status.CANCELLED
    check_seats(occasion.activity)


def test_a_seat_from_before_stays(occasion: Occasion, guest: Resident) -> None:
    came(occasion, guest)
    undo(occasion, guest)
    assert SignUp.objects.get(resident=guest).is_seated


def test_nothing_is_put_right_for_ever(occasion: Occasion, guest: Resident) -> None:
    came(occasion, guest)
    late = {"now": AFTERWARDS + timedelta(days=3), "by": None}
    assert (
        code_of(lambda: arrivals.undo_arrival(occasion=occasion, resident=guest, **late))
        == "register_closed"
    )


def test_an_excuse_keeps_who_gave_it_and_why(
    occasion: Occasion, guest: Resident, staff_user: User
) -> None:
    enter(occasion.activity, guest)
    for reason in ("住院", "别的"):
        no_shows.excuse_absence(
            occasion=occasion, resident=guest, reason=reason, by=staff_user, now=AFTERWARDS
        )
    kept = occasion.excused.get()
    assert (kept.reason, kept.excused_by, kept.excused_at) == ("住院", staff_user, AFTERWARDS)


# --- With offers and queues ------------------------------------------------------------


def test_whoever_is_offered_a_place_has_it_by_coming(occasion: Occasion) -> None:
    first, _second, waiting = fill(occasion.activity, 3)
    seats.cancel_sign_up(activity=occasion.activity, resident=first.resident, by=None, now=NOW)
    SignUp.objects.filter(pk=waiting.pk).update(offer_expires_at=AFTERWARDS)
    arrival = walk(occasion, waiting.resident)
    assert (arrival.is_new, arrival.attendance.is_extra) == (True, False)
    assert SignUp.objects.get(pk=waiting.pk).is_seated
    check_seats(occasion.activity)


def test_whoever_waits_and_comes_first_takes_what_is_free_by_then(occasion: Occasion) -> None:
    first, _second, waiting = fill(occasion.activity, 3)
    SignUp.objects.filter(pk=first.pk).update(status="cancelled", cancelled_at=NOW)
    Activity.objects.filter(pk=occasion.activity_id).update(taken=1)
    arrival = walk(occasion, waiting.resident)
    assert arrival.attendance.walk_in_seat == waiting
    assert SignUp.objects.get(pk=waiting.pk).is_seated
    check_seats(occasion.activity)
