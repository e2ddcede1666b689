"""A merge beside sign-ups, check-ins and another merge: no row is lost, and nobody stands still."""

from collections import Counter
from datetime import time, timedelta
from functools import partial

import pytest
from django.db import OperationalError
from django.db.models import Count, F, Q

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import records
from diedie_edu.activities.actions.offers import lock_activity
from diedie_edu.activities.actions.seats import sign_up
from diedie_edu.activities.models import Activity, Attendance, SignUp
from diedie_edu.common import patience
from diedie_edu.door.actions.arrivals import check_in, let_in
from diedie_edu.people.actions import changes
from diedie_edu.people.actions.merging import bring_after, merge_residents
from diedie_edu.people.models import RecordChange, Resident
from residents_school.models import Wish
from tests.conftest import NOW
from tests.support.races import first_time, together, trigger_off
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 40  # of five at once
SOON = {"day": NOW.date(), "starts": time(10, 30)}
HELD = Q(sign_ups__status__in=SignUp.HOLDS_A_PLACE)


@pytest.fixture
def merge(staff_user: User):
    def merge(kept: Resident, gone: Resident) -> RecordChange:
        return merge_residents(kept=kept, gone=gone, reason="同一个人", by=staff_user, now=NOW)

    return merge


def all_at_once(people, today, ahead, merge, by) -> list[str | None]:
    """Two merges of the same record, sign-ups of both, and a check-in, at the same moment."""
    kept, gone, third = people
    calls = [
        partial(merge, kept, gone),
        partial(merge, third, gone),
        *[partial(sign_up, activity=ahead, resident=one, by=None, now=NOW) for one in people[:2]],
        partial(
            check_in, occasion=today.occasions.get(), resident=gone, how="list", by=by, now=NOW
        ),
    ]
    return together(*[partial(code_of, call) for call in calls])


def check_nothing_is_lost(round_: int) -> None:
    nobody = {"resident__erased_at__isnull": False}
    assert not SignUp.objects.filter(**nobody).exists(), round_
    assert not Attendance.objects.filter(**nobody).exists(), round_
    assert Attendance.objects.count() == round_ + 1
    live = SignUp.objects.filter(status__in=SignUp.LIVE).values("activity", "resident")
    assert not live.annotate(number=Count("pk")).filter(number__gt=1).exists()
    counted = Activity.objects.annotate(held=Count("sign_ups", filter=HELD))
    assert not counted.exclude(taken=F("held")).exists()


def test_of_two_hundred_no_row_is_lost_and_nobody_is_stuck(
    make_resident, make_lecture, merge, staff_user
):
    """Each round one of the two merges wins, and every place and every coming is kept."""
    today = make_lecture(**SOON, capacity=2 * ROUNDS)
    ahead = make_lecture(capacity=3 * ROUNDS)
    outcomes: Counter = Counter()
    for round_ in range(ROUNDS):
        people = [make_resident() for _ in range(3)]
        sign_up(activity=today, resident=people[1], by=None, now=NOW)
        codes = all_at_once(people, today, ahead, merge, staff_user)
        outcomes.update(codes)
        assert codes[2:] == [None] * 3
        check_nothing_is_lost(round_)
    assert outcomes == {None: 4 * ROUNDS, "changed": ROUNDS}
    assert RecordChange.objects.count() == ROUNDS


def test_whoever_signs_up_in_that_moment_is_whoever_is_kept(
    make_resident, make_lecture, merge, monkeypatch
):
    kept, gone, ahead = make_resident(), make_resident(), make_lecture()
    then = partial(sign_up, activity=ahead, resident=gone, by=None, now=NOW)
    futures = first_time(monkeypatch, changes, "lock_present", then)
    merge(kept, gone)
    assert futures[0].result().resident == kept
    assert SignUp.objects.get().resident == kept


def test_control_without_the_guard_a_sign_up_is_nobodys(
    make_resident, make_lecture, merge, monkeypatch
):
    kept, gone, ahead = make_resident(), make_resident(), make_lecture()
    then = partial(sign_up, activity=ahead, resident=gone, by=None, now=NOW)
    futures = first_time(monkeypatch, changes, "lock_present", then)
    with trigger_off(SignUp, "whoever_signs_up_is_there"):
        merge(kept, gone)
        futures[0].result()
        assert SignUp.objects.get().resident_id == gone.pk


def crossing(make_resident, make_lecture, merge, monkeypatch, by):
    """The door holds the lecture and waits for the record; the merge the other way round."""
    kept, gone, today = make_resident(), make_resident(), make_lecture(**SOON)
    for minutes, person in enumerate((kept, gone)):
        sign_up(activity=today, resident=person, by=None, now=NOW - timedelta(minutes=minutes))
    then = partial(let_in, occasion=today.occasions.get(), resident=gone, by=by, now=NOW)
    futures = first_time(monkeypatch, changes, "lock_present", then)
    merge(kept, gone)
    futures[0].result()
    assert Attendance.objects.get().resident == kept


def test_the_merge_stands_back_for_the_door(
    make_resident, make_lecture, merge, monkeypatch, staff_user
):
    crossing(make_resident, make_lecture, merge, monkeypatch, staff_user)


def test_control_a_merge_that_waits_leaves_the_door_with_an_error(
    make_resident, make_lecture, merge, monkeypatch, staff_user
):
    monkeypatch.setattr(patience, "PATIENCE", "0")
    monkeypatch.setattr(records, "_hold", lambda numbers: list(map(lock_activity, numbers)))
    with pytest.raises(OperationalError, match="deadlock"):
        crossing(make_resident, make_lecture, merge, monkeypatch, staff_user)


def test_what_came_in_by_a_way_without_a_guard_follows_later(make_resident, topic, merge):
    kept, gone = make_resident(), make_resident()
    merge(kept, gone)
    Wish.objects.create(resident=gone, topic=topic, wished_at=NOW)
    assert bring_after(now=NOW) == 1
    assert Wish.objects.get().resident == kept
    assert bring_after(now=NOW) == 0
