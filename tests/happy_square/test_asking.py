"""Dates in rooms that want somebody's yes."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import moment
from diedie_edu.decisions.models import Request
from diedie_edu.venues.actions import answers
from diedie_edu.venues.actions.unanswered import end_without_dates
from diedie_edu.venues.models import RoomRequest, Venue
from happy_square.actions import dates, meet_ups, standing, weekly_times
from happy_square.models import Group, MeetUp, WeeklyTime
from tests.conftest import NOW
from tests.support.groups import TODAY, make_group, make_place, meet_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Venue:
    place = make_place("多功能厅")
    Venue.objects.filter(pk=place.pk).update(needs_approval=True)
    place.refresh_from_db()
    return place


@pytest.fixture
def group() -> Group:
    return make_group(title="合唱团")


def add(group: Group, hall: Venue, by: User) -> WeeklyTime:
    times = {"weekday": 2, "starts": time(9), "ends": time(10)}
    return weekly_times.add(group=group, venue=hall, by=by, now=NOW, **times)


def test_all_weeks_stand_in_one_request_that_goes_on(
    group: Group, hall: Venue, staff_user: User
) -> None:
    add(group, hall, staff_user)
    request = RoomRequest.objects.get()
    assert (request.is_waiting, request.goes_on, request.whose) == (True, True, "合唱团")
    assert request.bookings.count() == 8
    dates.make_dates(NOW + timedelta(weeks=1))
    assert RoomRequest.objects.get().bookings.count() == 9


def test_after_a_no_there_are_no_further_dates(group: Group, hall: Venue, staff_user: User) -> None:
    add(group, hall, staff_user)
    RoomRequest.objects.update(state="refused")
    dates.make_dates(NOW + timedelta(weeks=1))
    assert (Occasion.objects.count(), RoomRequest.objects.count()) == (8, 1)


def test_a_single_date_asks_by_itself(group: Group, hall: Venue, staff_user: User) -> None:
    at = moment(TODAY + timedelta(days=2), time(9))
    about = {"starts_at": at, "ends_at": at + timedelta(hours=1), "by": staff_user, "now": NOW}
    meet_ups.add_date(group=group, venue=hall, **about)
    assert not RoomRequest.objects.get().goes_on


def test_a_date_that_moves_into_such_a_room_asks(
    group: Group, hall: Venue, staff_user: User
) -> None:
    row = MeetUp.objects.get(pk=meet_up(group, TODAY + timedelta(days=2)).pk)
    times = {"starts_at": row.occasion.starts_at, "ends_at": row.occasion.ends_at}
    meet_ups.move(meet_up=row, venue=hall, by=staff_user, now=NOW, **times)
    assert RoomRequest.objects.get().bookings.get().occasion.pk == row.pk


def test_other_rooms_ask_nobody(group: Group, staff_user: User, make_venue: Callable) -> None:
    add(group, make_place(), staff_user)
    assert RoomRequest.objects.count() == 0


def asked_date(group: Group, hall: Venue, by: User) -> MeetUp:
    at = moment(TODAY + timedelta(days=2), time(9))
    about = {"starts_at": at, "ends_at": at + timedelta(hours=1), "by": by, "now": NOW}
    return meet_ups.add_date(group=group, venue=hall, **about)


def test_a_date_that_was_refused_asks_anew_where_it_is_held_after_all(
    group: Group, hall: Venue, staff_user: User
) -> None:
    row = asked_date(group, hall, staff_user)
    refused = RoomRequest.objects.get()
    answers.end(refused, RoomRequest.State.REFUSED, staff_user, NOW)
    meet_ups.hold_again(meet_up=row, by=staff_user, now=NOW)
    asked = Occasion.objects.get(pk=row.pk).booking.request
    assert (asked.is_waiting, asked != refused) == (True, True)


def test_a_date_that_was_approved_asks_anew_for_another_time(
    group: Group, hall: Venue, staff_user: User
) -> None:
    row = asked_date(group, hall, staff_user)
    RoomRequest.objects.update(state="approved")
    was = Occasion.objects.get(pk=row.pk)
    later = timedelta(hours=3)
    times = {"starts_at": was.starts_at + later, "ends_at": was.ends_at + later}
    row = MeetUp.objects.get(pk=row.pk)
    meet_ups.move(meet_up=row, venue=hall, by=staff_user, now=NOW, **times)
    assert Occasion.objects.get(pk=row.pk).booking.request.is_waiting


def test_a_group_that_goes_on_asks_anew_for_dates_that_nobody_had_decided_on(
    group: Group, hall: Venue, staff_user: User
) -> None:
    add(group, hall, staff_user)
    about = {"group": group, "by": staff_user, "now": NOW}
    standing.rest(reason="放暑假", **about)
    end_without_dates(NOW)
    assert not Request.objects.filter(state="submitted").exists()
    standing.go_on(is_staff=True, **about)
    assert RoomRequest.objects.get(state="waiting").bookings.count() == 8
