"""Many people take seats on all dates of a series at once: each has all of them, or none."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import transaction

from diedie_edu.activities.actions import several, taking
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.common.errors import Refused, refusal_of
from diedie_edu.people.models import Resident
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.races import first_time, together
from tests.support.seats import check_seats, enter, make_residents

pytestmark = pytest.mark.django_db(transaction=True)
Dates = list[Activity]


@pytest.fixture
def dates(make_lecture: Callable[..., Lecture]) -> Dates:
    """Three, with different numbers of seats."""
    made = [make_lecture(capacity=capacity).pk for capacity in (6, 4, 5)]
    return list(Activity.objects.filter(pk__in=made).order_by("-pk"))


def take_all(dates: Dates, person: Resident) -> Refused | None:
    taken = partial(several.sign_up_for_all, activities=dates, is_all=True, by=None, now=NOW)
    return refusal_of(taken, residents=[person])


def places_of(person: Resident) -> int:
    return SignUp.objects.filter(resident=person, status="seated").count()


def test_twenty_people_each_have_all_dates_or_none(dates: Dates) -> None:
    people = make_residents(20)
    calls = [partial(take_all, dates[::turn], one) for one in people for turn in (1, -1)][::2]
    together(*calls)
    assert sorted({places_of(one) for one in people}) == [0, 3]
    assert sum(places_of(one) == 3 for one in people) == 4
    for date in dates:
        check_seats(date)


def test_two_taps_of_one_person_make_one_place_on_each_date(dates: Dates) -> None:
    [person] = make_residents(1)
    together(*[partial(take_all, dates, person)] * 6)
    assert places_of(person) == 3
    for date in dates:
        check_seats(date)


def the_last_seat_goes(monkeypatch: pytest.MonkeyPatch, date: Activity) -> Resident:
    """Between the first date and the second, somebody takes the last seat of the second."""
    [other] = make_residents(1)
    Activity.objects.filter(pk=date.pk).update(capacity=1)
    first_time(monkeypatch, taking, "take_seats", partial(enter, date, other))
    return other


def test_a_seat_lost_on_the_way_gives_all_others_back(
    dates: Dates, monkeypatch: pytest.MonkeyPatch
) -> None:
    [person] = make_residents(1)
    other = the_last_seat_goes(monkeypatch, sorted(dates, key=lambda row: row.pk)[1])
    refusal = take_all(dates, person)
    assert refusal is not None
    assert refusal.code == "full"
    assert (places_of(person), places_of(other)) == (0, 1)


def test_control_without_one_transaction_somebody_keeps_a_part(
    dates: Dates, monkeypatch: pytest.MonkeyPatch
) -> None:
    [person] = make_residents(1)
    other = the_last_seat_goes(monkeypatch, sorted(dates, key=lambda row: row.pk)[1])
    monkeypatch.setattr(several, "sign_up_for_all", several.sign_up_for_all.__wrapped__)
    assert not transaction.get_connection().in_atomic_block
    take_all(dates, person)
    assert (places_of(person), places_of(other)) == (1, 1)
