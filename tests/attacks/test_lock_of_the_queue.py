"""Whoever hands places on holds the activity's row: in fixed order, with the lock and without."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.db.models import QuerySet

from diedie_edu.activities.actions import offers, seats
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.activities.rules import offers as offers_rules
from residents_school.models import Lecture
from tests.activities.races.conftest import cancel
from tests.support.races import first_time
from tests.support.seats import check_seats, enter, fill, make_residents, statuses, told

pytestmark = pytest.mark.django_db(transaction=True)
Patch = pytest.MonkeyPatch


@pytest.fixture
def activity(make_lecture: Callable[..., Lecture]) -> Activity:
    """Two seats."""
    return Activity.objects.get(pk=make_lecture(capacity=2).pk)


@pytest.fixture
def unlocked(monkeypatch: Patch) -> None:
    """`lock_activity` reads and locks nothing."""
    plain = QuerySet.select_for_update

    def passed(rows: QuerySet, **options: object) -> QuerySet:
        return rows if rows.model is Activity else plain(rows, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", passed)


# --- Joining the queue while a seat is given back --------------------------------------


def queue_up_while_somebody_leaves(activity: Activity, monkeypatch: Patch) -> SignUp:
    """Both looks found all taken; before the newcomer stands in the queue, a seat is freed."""
    first, _second = fill(activity, 2)
    (newcomer,) = make_residents(1)
    futures = first_time(monkeypatch, seats, "_take_under_lock", then=partial(cancel, first))
    entered = enter(activity, newcomer)
    assert futures[0].result() is True
    return entered


def test_who_joins_the_queue_is_there_before_a_seat_is_freed(activity, monkeypatch):
    entered = queue_up_while_somebody_leaves(activity, monkeypatch)
    assert statuses([entered]) == ["offered"]
    check_seats(activity)


def test_control_without_the_lock_a_seat_is_freed_past_the_queue(activity, unlocked, monkeypatch):
    entered = queue_up_while_somebody_leaves(activity, monkeypatch)
    assert statuses([entered]) == ["waiting"]
    with pytest.raises(AssertionError):
        check_seats(activity)


# --- The tick that passes on what has lapsed, beside somebody who accepts ---------------


@pytest.fixture
def lapsed(activity: Activity) -> Iterator[SignUp]:
    """Offered, and its time is up; another waits behind."""
    first, _second, third, _fourth = fill(activity, 4)
    cancel(first)
    third.refresh_from_db()
    return third


def tick_while_it_is_answered(lapsed: SignUp, monkeypatch: Patch) -> None:
    """The answer has found the offer's time up; before it ends it, the tick comes."""
    late = lapsed.offer_expires_at + timedelta(minutes=1)
    futures = first_time(
        monkeypatch, offers_rules, "units", then=lambda: offers.pass_places_on(late)
    )
    offers.confirm_offer(sign_up=lapsed, by=None, now=late)
    futures[0].result()


def test_a_lapsed_offer_is_passed_on_once(lapsed, activity, monkeypatch):
    tick_while_it_is_answered(lapsed, monkeypatch)
    assert [kind for kind, _who in told(activity)].count("lapsed") == 1
    check_seats(activity, now=lapsed.offer_expires_at + timedelta(minutes=1))


def test_control_without_the_lock_its_place_is_freed_twice(lapsed, activity, unlocked, monkeypatch):
    tick_while_it_is_answered(lapsed, monkeypatch)
    with pytest.raises(AssertionError):
        check_seats(activity, now=lapsed.offer_expires_at + timedelta(minutes=1))
