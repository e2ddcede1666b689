"""Seats held for a household, while others cancel, sign up and the clock runs out."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from diedie_edu.activities.actions import offers, parties, seats
from diedie_edu.activities.models import Activity, Party, SignUp
from residents_school.models import Lecture
from tests.activities.races.conftest import cancel
from tests.conftest import NOW
from tests.support.races import first_time, together
from tests.support.seats import check_seats, enter, fill, make_residents, statuses

pytestmark = pytest.mark.django_db(transaction=True)
Patch = pytest.MonkeyPatch
UNTIL = NOW + timedelta(hours=6)


@pytest.fixture
def activity(make_lecture: Callable[..., Lecture]) -> Activity:
    """Four seats."""
    return Activity.objects.get(pk=make_lecture(capacity=4).pk)


@pytest.fixture
def seated(activity: Activity) -> list[SignUp]:
    return fill(activity, 4)


@pytest.fixture
def family(activity: Activity, seated: list[SignUp]) -> list[SignUp]:
    """Three wait together."""
    people = make_residents(3)
    return parties.sign_up_together(activity=activity, residents=people, by=None, now=NOW)


def held(family: list[SignUp]) -> int:
    return Party.objects.get(pk=family[0].party_id).held


def test_two_who_cancel_at_once_leave_two_seats_held(activity, seated, family):
    assert together(*(partial(cancel, row) for row in seated[:2])) == [True, True]
    assert held(family) == 2
    check_seats(activity)


def test_three_who_cancel_at_once_seat_the_family(activity, seated, family):
    together(*(partial(cancel, row) for row in seated[:3]))
    assert statuses(family) == ["offered"] * 3
    check_seats(activity)


def test_nobody_who_signs_up_meanwhile_gets_what_is_held(activity, seated, family):
    newcomers = make_residents(6)
    calls = [partial(enter, activity, person) for person in newcomers]
    *entered, _done = together(*calls, partial(cancel, seated[0]))
    assert statuses(entered) == ["waiting"] * 6
    assert held(family) == 1
    check_seats(activity)


def test_two_taps_of_one_family_seat_them_once(activity, seated, family):
    for row in seated[:2]:
        cancel(row)
    two = {row.resident_id for row in family[:2]}
    tap = partial(parties.sit_with_fewer, sign_up=family[0], coming=two, by=None, now=NOW)
    together(tap, tap)
    assert statuses(family) == ["seated", "seated", "waiting"]
    check_seats(activity)


# --- A hold that ends while a seat comes back -------------------------------------------


def end_while_a_seat_comes_back(seated: list[SignUp], patch: Patch) -> None:
    """The tick has seen one seat held; before it lets go of it, another one is given back."""
    cancel(seated[0])
    futures = first_time(patch, offers, "held_party", then=partial(cancel, seated[1]))
    offers.pass_places_on(UNTIL)
    futures[0].result()


def test_a_hold_that_ends_while_a_seat_comes_back_loses_none(activity, seated, family, monkeypatch):
    end_while_a_seat_comes_back(seated, monkeypatch)
    check_seats(activity, now=UNTIL)


def test_control_without_the_lock_a_seat_is_lost(activity, seated, family, unlocked, monkeypatch):
    end_while_a_seat_comes_back(seated, monkeypatch)
    with pytest.raises(AssertionError):
        check_seats(activity, now=UNTIL)


def test_a_newcomer_beside_the_end_of_a_hold_overbooks_nothing(activity, seated, family):
    cancel(seated[0])
    (newcomer,) = make_residents(1)
    together(
        partial(offers.pass_places_on, UNTIL),
        partial(seats.sign_up, activity=activity, resident=newcomer, by=None, now=UNTIL),
    )
    check_seats(activity, now=UNTIL)
