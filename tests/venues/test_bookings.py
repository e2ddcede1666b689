"""The one writer: what holds a room, moves and goes."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diedie_edu.common.days import moment
from diedie_edu.common.errors import Refused
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.models import Booking, Venue
from residents_school.models import Lecture
from tests.conftest import SATURDAY
from tests.support.refusals import code_of, refusal_of
from tests.venues.conftest import HALF_PAST_NINE, LONG, WEEK, wanted, weekly

pytestmark = pytest.mark.django_db
TAKEN = ("venue_taken", "venue")


def test_rooms_are_held_all_or_none(room: Venue) -> None:
    bookings.book(wanted=[wanted(room, HALF_PAST_NINE + 2 * WEEK)])
    assert refusal_of(lambda: bookings.book(wanted=weekly(room))) == TAKEN
    assert room.bookings.count() == 1


def test_a_refusal_names_the_room_and_what_is_there(
    make_lecture: Callable[..., Lecture], room: Venue
) -> None:
    make_lecture(venue=room, title="太极入门")
    with pytest.raises(Refused, match=r"图书室.*太极入门"):
        bookings.book(wanted=[wanted(room)])


def test_two_wanted_at_one_time_are_refused_too(room: Venue) -> None:
    assert refusal_of(lambda: bookings.book(wanted=[wanted(room), wanted(room)])) == TAKEN


def test_a_booking_moves_to_another_room_and_time(
    room: Venue, make_venue: Callable[..., Venue]
) -> None:
    [row] = bookings.book(wanted=[wanted(room)])
    hall, two = make_venue(), moment(SATURDAY, time(14, 0))
    bookings.move(booking=row, venue=hall, starts_at=two, ends_at=two + LONG)
    row.refresh_from_db()
    assert (row.venue, row.starts_at, row.ends_at) == (hall, two, two + LONG)


def test_a_move_onto_another_is_refused(room: Venue) -> None:
    first, _second = bookings.book(wanted=weekly(room, 2))
    later = {"starts_at": HALF_PAST_NINE + WEEK, "ends_at": HALF_PAST_NINE + WEEK + LONG}
    assert refusal_of(lambda: bookings.move(booking=first, venue=room, **later)) == TAKEN
    assert Booking.objects.first().starts_at == HALF_PAST_NINE


@pytest.mark.parametrize("step", [WEEK, -WEEK], ids=["later", "earlier"])
def test_a_series_moves_by_a_week_in_a_constant_number_of_statements(
    room: Venue, step: timedelta
) -> None:
    def cost(number: int) -> int:
        Booking.objects.all().delete()
        rows = bookings.book(wanted=weekly(room, number))
        with CaptureQueriesContext(connection) as queries:
            assert bookings.shift(bookings=[row.pk for row in rows], by=step) == number
        assert Booking.objects.first().starts_at == HALF_PAST_NINE + step
        return len(queries)

    assert cost(2) == cost(30)


def test_a_series_that_meets_something_else_stays_and_names_the_day(room: Venue) -> None:
    rows = bookings.book(wanted=weekly(room))
    bookings.book(wanted=[wanted(room, HALF_PAST_NINE + 4 * WEEK, purpose="社区大会")])
    with pytest.raises(Refused, match="社区大会"):
        bookings.shift(bookings=[row.pk for row in rows], by=WEEK)
    assert Booking.objects.first().starts_at == HALF_PAST_NINE


def test_what_is_called_off_neither_moves_nor_stands_in_the_way(room: Venue) -> None:
    rows = bookings.book(wanted=weekly(room, 3))
    assert bookings.call_off(bookings=[rows[1].pk]) == 1
    assert bookings.call_off(bookings=[rows[1].pk]) == 0
    assert bookings.shift(bookings=[row.pk for row in rows], by=WEEK) == 2
    assert Booking.objects.get(pk=rows[1].pk).starts_at == HALF_PAST_NINE + WEEK


def test_what_a_room_is_held_for_can_be_renamed(room: Venue) -> None:
    [row] = bookings.book(wanted=[wanted(room)])
    bookings.rename(bookings=[row.pk], purpose="合唱比赛")
    assert str(Booking.objects.get()) == "合唱比赛"


def test_rooms_are_held_in_a_constant_number_of_statements(room: Venue) -> None:
    def cost(number: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert code_of(lambda: bookings.book(wanted=weekly(room, number))) is None
        Booking.objects.all().delete()
        return len(queries)

    assert cost(1) == cost(50)
