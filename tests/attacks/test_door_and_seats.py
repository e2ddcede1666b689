"""Whoever is in keeps the seat and waits for none, over every way in which seats change hands.

In the database: who_is_in_keeps_the_seat, who_is_in_does_not_lose_the_seat.
"""

from collections.abc import Callable
from datetime import time, timedelta
from functools import partial

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import offers, parties, schedule, seats, working
from diedie_edu.activities.models import Attendance, Occasion, SignUp
from diedie_edu.common.links import token
from diedie_edu.door.actions import arrivals
from diedie_edu.people.actions.changes import undo_change
from diedie_edu.people.actions.departing import note_departure
from diedie_edu.people.actions.erasing import erase_person
from diedie_edu.people.actions.merging import merge_residents
from diedie_edu.people.models import Resident
from tests.conftest import NOW
from tests.support.refusals import check_at_once, code_of
from tests.support.seats import check_seats, contradictions, enter, statuses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def room(make_lecture: Callable) -> Occasion:
    """Two seats; it begins in 50 minutes, so that the door is open and places are still offered."""
    lecture = make_lecture(day=NOW.date(), starts=time(10, 50), capacity=2, title="合理用药")
    return lecture.occasions.select_related("activity__programme", "venue").get()


@pytest.fixture
def seated(room: Occasion, make_user: Callable) -> SignUp:
    """Somebody with an account who is in; the other seat is taken too."""
    row = enter(room.activity, make_user("resident").resident, now=NOW - 5 * MINUTE)
    enter(room.activity, make_user("resident").resident, now=NOW - 4 * MINUTE)
    come(room, row.resident)
    return row


@pytest.fixture
def outside(room: Occasion, seated: SignUp, make_user: Callable) -> SignUp:
    """The next of the queue."""
    return enter(room.activity, make_user("resident").resident, now=NOW - 3 * MINUTE)


def come(room: Occasion, person: Resident) -> Attendance:
    entry = {"occasion": room, "resident": person, "how": "list", "by": None, "now": NOW}
    return arrivals.check_in(**entry).attendance


def walk(room: Occasion, person: Resident, reason: str = "加座") -> Attendance:
    entry = {"occasion": room, "resident": person, "by": None, "now": NOW}
    return arrivals.let_in(**entry, reason=reason).attendance


def leave(row: SignUp) -> bool:
    who = {"activity": row.activity, "resident": row.resident}
    return seats.cancel_sign_up(**who, by=None, now=NOW)


# --- Giving back -----------------------------------------------------------------------


def by_page(browser: Client, staff: Client, row: SignUp) -> None:
    browser.post(reverse("activities:cancel", args=[row.activity_id]))


def by_link(browser: Client, staff: Client, row: SignUp) -> None:
    Client().post(reverse("activities:place", args=[token("sign_up", row.pk)]), {"do": "give_back"})


def at_the_desk(browser: Client, staff: Client, row: SignUp, **data: str) -> None:
    staff.post(reverse("activities:withdraw", args=[row.activity_id, row.pk]), data)


WAYS = [by_page, by_link, at_the_desk, partial(at_the_desk, off="1")]


@pytest.fixture
def browsers(seated: SignUp, as_user: Callable, staff_user: User) -> tuple[Client, Client]:
    return as_user(seated.resident.account), as_user(staff_user)


@pytest.mark.parametrize("way", WAYS)
def test_no_way_gives_back_the_seat_of_who_is_in(way, browsers, seated, outside):
    way(*browsers, seated)
    check_at_once()
    assert statuses([seated, outside]) == ["seated", "waiting"]
    assert contradictions() == 0


def test_control_without_the_rule_and_its_guard_the_next_comes_into_a_full_room(
    browsers, seated, outside, monkeypatch
):
    monkeypatch.setattr(seats, "check_is_not_in", lambda _is_in: None)
    by_page(*browsers, seated)
    with pytest.raises(IntegrityError, match="Whoever is in keeps the seat"):
        check_at_once()


def test_pages_say_why_and_show_no_button(browsers, seated, outside):
    browser, staff = browsers
    for address in (
        reverse("portal:activity", args=[seated.activity_id]),
        reverse("activities:place", args=[token("sign_up", seated.pk)]),
        reverse("portal:my_page"),
    ):
        page = browser.get(address, follow=True).text
        assert "门口的工作人员" in page, address
        assert "不能来了" not in page, address
    people = staff.get(reverse("activities:people", args=[seated.activity_id])).text
    assert people.count("门口的工作人员") == 1
    call = reverse("activities:call_person", args=[seated.activity_id, seated.pk])
    assert "门口的工作人员" in staff.get(call).text


def test_of_a_party_those_who_are_not_in_yet_may_give_back(room, make_resident):
    people = [make_resident() for _ in range(2)]
    entered = parties.sign_up_together(activity=room.activity, residents=people, by=None, now=NOW)
    come(room, people[0])
    assert code_of(lambda: leave(entered[0])) == "is_in"
    assert leave(entered[1])


def test_once_the_door_has_taken_it_back_the_seat_is_free(room, seated, outside):
    who = {"occasion": room, "resident": seated.resident, "by": None, "now": NOW}
    assert arrivals.undo_arrival(**who)
    assert leave(seated)
    assert statuses([seated, outside]) == ["cancelled", "offered"]


def test_of_a_family_that_moves_away_or_is_forgotten_the_seat_in_use_stays(
    room, seated, outside, staff_user
):
    facts = {"reason": "家人来电", "by": staff_user, "now": NOW}
    moved = {"resident": seated.resident, "departure": "moved", "day": NOW.date()}
    note_departure(**moved, **facts)
    assert statuses([seated, outside]) == ["seated", "waiting"]
    erase_person(resident=Resident.objects.get(pk=seated.resident_id), now=NOW)
    assert statuses([outside]) == ["waiting"]


# --- Beyond the seats ------------------------------------------------------------------


def test_whoever_is_let_in_beyond_the_seats_is_offered_none_and_the_next_is(
    room, seated, outside, make_resident
):
    next_one = enter(room.activity, make_resident(), now=NOW - 2 * MINUTE)
    entry = walk(room, outside.resident)
    assert (entry.is_extra, entry.queue_place) == (True, outside)
    other = SignUp.objects.filter(activity=room.activity, status="seated").exclude(pk=seated.pk)
    leave(other.get())
    check_at_once()
    assert statuses([outside, next_one]) == ["cancelled", "offered"]
    assert contradictions() == 0


def test_control_without_settling_the_place_is_refused(room, seated, outside, monkeypatch):
    monkeypatch.setattr(arrivals, "_leave_queue", lambda *_: None)
    walk(room, outside.resident)
    with pytest.raises(IntegrityError, match="Whoever is in keeps the seat"):
        check_at_once()


def test_taken_back_at_the_door_they_wait_where_they_waited(room, seated, outside, make_resident):
    later = enter(room.activity, make_resident(), now=NOW - 2 * MINUTE)
    walk(room, outside.resident)
    arrivals.undo_arrival(occasion=room, resident=outside.resident, by=None, now=NOW)
    before = outside.signed_up_at
    outside.refresh_from_db()
    assert (outside.status, outside.signed_up_at) == ("waiting", before)
    other = SignUp.objects.filter(activity=room.activity, status="seated").exclude(pk=seated.pk)
    leave(other.get())
    assert statuses([outside, later]) == ["offered", "waiting"]
    check_seats(room.activity)


def test_who_took_a_seat_from_the_queue_at_the_door_waits_again(room, make_resident):
    people = [make_resident() for _ in range(3)]
    first, _second = (enter(room.activity, one, now=NOW - 9 * MINUTE) for one in people[:2])
    pair = parties.sign_up_together(
        activity=room.activity,
        residents=[people[2], make_resident()],
        by=None,
        now=NOW - 8 * MINUTE,
    )
    leave(first)  # one seat, which the two cannot share
    assert walk(room, people[2], reason="").walk_in_seat == pair[0]
    arrivals.undo_arrival(occasion=room, resident=people[2], by=None, now=NOW)
    check_at_once()
    assert statuses(pair) == ["offered", "waiting"]
    check_seats(room.activity)


@pytest.mark.parametrize("way", ["page", "desk"])
def test_who_is_in_beyond_the_seats_does_not_queue(way, room, browsers, outside, as_user):
    walk(room, outside.resident)
    if way == "page":
        as_user(outside.resident.account).post(
            reverse("activities:sign_up", args=[room.activity_id])
        )
    else:
        data = {"resident": outside.resident_id}
        browsers[1].post(reverse("activities:sign_somebody_up", args=[room.activity_id]), data)
    assert not SignUp.objects.filter(resident=outside.resident, status__in=SignUp.LIVE).exists()
    link = reverse("activities:place", args=[token("sign_up", outside.pk)])
    assert "加座进场" in Client().get(link).text


def test_an_undone_withdrawal_does_not_let_who_is_in_wait(room, seated, outside, staff_user):
    working.withdraw(sign_up=outside, by=staff_user, now=NOW)
    walk(room, outside.resident)
    undo = partial(working.undo_withdrawal, sign_up=outside, by=staff_user, now=NOW)
    assert code_of(undo) == "is_in"


# --- Two records, another time ---------------------------------------------------------


def merge(kept: Resident, gone: Resident, by: User):
    return merge_residents(kept=kept, gone=gone, reason="同一个人", by=by, now=NOW)


@pytest.mark.parametrize("waits_first", [True, False])
def test_of_two_records_one_is_in_and_the_other_waits_no_more(
    waits_first, room, seated, outside, make_resident, staff_user
):
    twin = make_resident()
    walk(room, twin)
    kept, gone = (outside.resident, twin) if waits_first else (twin, outside.resident)
    change = merge(kept, gone, staff_user)
    assert statuses([outside]) == ["cancelled"]
    undo_change(change=change, reason="两个人", by=staff_user, now=NOW)
    assert statuses([outside]) == ["waiting"]
    assert contradictions() == 0


def test_of_two_records_with_a_seat_the_one_that_is_in_keeps_it(room, seated, outside, staff_user):
    first = SignUp.objects.filter(activity=room.activity, status="seated").exclude(pk=seated.pk)
    twin = first.get()
    SignUp.objects.filter(pk=twin.pk).update(signed_up_at=NOW - 30 * MINUTE)
    merge(twin.resident, seated.resident, staff_user)
    assert statuses([twin, seated, outside]) == ["cancelled", "seated", "offered"]
    assert contradictions() == 0


def test_an_undone_merge_leaves_the_seat_to_who_came_in_it(
    room, seated, outside, make_resident, staff_user
):
    twin = make_resident()
    change = merge(twin, outside.resident, staff_user)
    other = SignUp.objects.filter(activity=room.activity, status="seated").exclude(pk=seated.pk)
    leave(other.get())
    offers.confirm_offer(sign_up=outside, by=None, now=NOW)
    come(room, twin)
    left = undo_change(change=change, reason="两个人", by=staff_user, now=NOW)
    outside.refresh_from_db()
    assert (outside.status, outside.resident, len(left)) == ("seated", twin, 1)
    assert contradictions() == 0


def move(room: Occasion, by: timedelta, staff_user: User) -> None:
    times = {"starts_at": room.starts_at + by, "ends_at": room.ends_at + by}
    schedule.move_occasion(occasion=room, venue=room.venue, by=staff_user, now=NOW, **times)


def test_a_move_to_another_day_takes_check_ins_back(room, seated, outside, staff_user):
    walk(room, outside.resident)
    move(room, timedelta(minutes=5), staff_user)
    assert Attendance.objects.count() == 2
    room.refresh_from_db()
    move(room, timedelta(days=1), staff_user)
    check_at_once()
    assert not Attendance.objects.exists()
    assert statuses([seated, outside]) == ["seated", "waiting"]
    assert leave(seated)
