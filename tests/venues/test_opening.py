"""Opening hours and closed times before every door, and the staff who enter them."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.models import Booking, ClosedTime, OpeningHours, Venue
from diedie_edu.venues.queries import availability
from residents_school.actions import lectures
from tests.conftest import NOW
from tests.support.refusals import refusal_of
from tests.venues.conftest import HALF_PAST_NINE, LONG, WEEK, wanted

pytestmark = pytest.mark.django_db


@pytest.fixture
def afternoons(room: Venue) -> OpeningHours:
    """Saturdays from two o'clock on."""
    row = {"weekday": 6, "opens": time(14), "closes": time(21)}
    return OpeningHours.objects.create(venue=room, **row)


def test_nothing_is_booked_outside_the_opening_hours(room: Venue, afternoons: object) -> None:
    assert refusal_of(lambda: bookings.book(wanted=[wanted(room)])) == ("not_open", "venue")
    bookings.book(wanted=[wanted(room, HALF_PAST_NINE + timedelta(hours=5))])


def test_nothing_moves_or_shifts_into_a_closed_time(room: Venue) -> None:
    [row] = bookings.book(wanted=[wanted(room)])
    later = {"starts_at": HALF_PAST_NINE + WEEK, "ends_at": HALF_PAST_NINE + WEEK + LONG}
    ClosedTime.objects.create(venue=room, reason="粉刷", **later)
    move = lambda: bookings.move(booking=row, venue=room, **later)  # noqa: E731
    assert refusal_of(move) == ("venue_closed", "venue")
    shift = lambda: bookings.shift(bookings=[row.pk], by=WEEK)  # noqa: E731
    assert refusal_of(shift) == ("venue_closed", "venue")
    assert Booking.objects.get().starts_at == HALF_PAST_NINE


def test_what_stands_already_stays_when_hours_are_entered(room: Venue) -> None:
    bookings.book(wanted=[wanted(room)])
    OpeningHours.objects.create(venue=room, weekday=6, opens=time(14), closes=time(21))
    assert Booking.objects.filter(is_off=False).exists()


def test_a_room_out_of_use_is_not_booked(room: Venue) -> None:
    room.is_open = False
    assert refusal_of(lambda: bookings.book(wanted=[wanted(room)])) == ("not_bookable", "venue")


def test_a_lecture_is_offered_the_nearest_weekend_times(
    room: Venue, make_plan: Callable[..., lectures.LecturePlan], make_lecture: Callable
) -> None:
    make_lecture(venue=room, title="太极入门")
    plan = make_plan(venue=room)
    with pytest.raises(Refused, match="太极入门") as refused:
        lectures.plan_lecture(plan=plan, by=None, now=NOW)
    assert "11月28日（周六） 11:00–12:30" in str(refused.value)
    assert "11月29日（周日） 09:30–11:00" in str(refused.value)


@pytest.mark.parametrize("hours", [0, 3])
def test_occupancy_asks_five_times_whatever_is_there(
    room: Venue, hours: int, django_assert_num_queries: Callable
) -> None:
    for number in range(hours):
        row = {"weekday": 6, "opens": time(8 + number), "closes": time(21)}
        OpeningHours.objects.create(venue=room, **row)
        bookings.book(wanted=[wanted(room, HALF_PAST_NINE + number * WEEK)])
    with django_assert_num_queries(5):
        known = availability.occupancy([room.pk], NOW, NOW + 9 * WEEK)
    assert len(known.bookings) == hours


@pytest.mark.usefixtures("clock")
def test_staff_enter_hours_and_closed_times_with_the_room(
    room: Venue, as_user: Callable[[User], Client], staff_user: User
) -> None:
    page = as_user(staff_user).get(reverse("admin:venues_venue_change", args=[room.pk]))
    assert page.status_code == 200
    names = {formset.formset.prefix for formset in page.context["inline_admin_formsets"]}
    assert names == {"opening_hours", "music_hours", "closed_times", "priorities"}
