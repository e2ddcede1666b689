"""What the database refuses of rooms and days."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.db.models.deletion import ProtectedError

from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import moment
from diedie_edu.venues.models import Booking, ClosedTime, OpeningHours, SpecialDay, Venue
from residents_school.models import Lecture
from tests.conftest import SATURDAY
from tests.support.occasions import rebook
from tests.support.refusals import check_at_once, refused_by, run
from tests.venues.conftest import HALF_PAST_NINE, WEEK, wanted, weekly

pytestmark = pytest.mark.django_db
ONE = "venue_holds_one_booking"
IMMEDIATE = f"""
ALTER TABLE venues_booking DROP CONSTRAINT {ONE};
ALTER TABLE venues_booking ADD CONSTRAINT {ONE} EXCLUDE USING gist
    (venue_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&) WHERE (NOT is_off)
"""


@pytest.fixture
def occasion(make_lecture: Callable[..., Lecture], room: Venue) -> Occasion:
    """Saturday 9:30–11:00 in the room."""
    return make_lecture(venue=room).occasion


# --- One room, one booking -------------------------------------------------------------


@pytest.mark.parametrize("minutes", [0, -1])
def test_a_booking_ends_after_its_start(room: Venue, minutes: int) -> None:
    with refused_by("booking_ends_after_its_start"):
        wanted(room, ends_at=HALF_PAST_NINE + timedelta(minutes=minutes)).save()


@pytest.mark.parametrize("starts", [time(8, 1), time(9, 30), time(10, 0), time(10, 59)])
def test_two_bookings_never_overlap_in_one_venue(
    occasion: Occasion, room: Venue, starts: time
) -> None:
    with refused_by(ONE):
        wanted(room, moment(SATURDAY, starts)).save()


@pytest.mark.parametrize("starts", [time(8, 0), time(11, 0)])
def test_bookings_may_touch_in_one_venue(occasion: Occasion, room: Venue, starts: time) -> None:
    wanted(room, moment(SATURDAY, starts)).save()
    assert room.bookings.count() == 2


def test_moving_into_a_taken_time_is_refused(
    occasion: Occasion, room: Venue, make_lecture: Callable[..., Lecture]
) -> None:
    later = make_lecture(starts=time(14, 0), venue=room)
    with refused_by(ONE):
        rebook(later.occasions.all(), starts_at=moment(SATURDAY, time(10, 0)))


def test_another_venue_holds_the_same_time(make_venue: Callable[..., Venue]) -> None:
    for _room in range(2):
        wanted(make_venue()).save()
    assert Booking.objects.count() == 2


def test_what_is_called_off_frees_its_venue(occasion: Occasion, room: Venue) -> None:
    rebook(is_off=True)
    wanted(room).save()
    with refused_by(ONE):
        rebook(is_off=False)


@pytest.mark.parametrize("step", [WEEK, -WEEK], ids=["later", "earlier"])
@pytest.mark.parametrize("is_turned", [False, True], ids=["as made", "turned round"])
def test_a_series_takes_its_own_places_in_one_statement(
    room: Venue, step: timedelta, is_turned: bool
) -> None:
    rows = weekly(room)
    Booking.objects.bulk_create(reversed(rows) if is_turned else rows)
    Booking.objects.update(starts_at=F("starts_at") + step, ends_at=F("ends_at") + step)
    assert Booking.objects.first().starts_at == HALF_PAST_NINE + step


@pytest.mark.parametrize(("step", "goes"), [(WEEK, False), (-WEEK, True)])
def test_control_a_check_row_by_row_lets_one_direction_through(
    room: Venue, step: timedelta, goes: bool
) -> None:
    Booking.objects.bulk_create(weekly(room))
    check_at_once()
    run(IMMEDIATE)
    move = {"starts_at": F("starts_at") + step, "ends_at": F("ends_at") + step}
    if goes:
        Booking.objects.update(**move)
    else:
        with refused_by(ONE):
            Booking.objects.update(**move)


def test_a_room_that_is_held_stays(room: Venue) -> None:
    wanted(room).save()
    with pytest.raises(ProtectedError):
        room.delete()


def test_two_series_trade_places_where_all_is_checked_at_the_end(
    room: Venue, make_venue: Callable[..., Venue]
) -> None:
    first, second = wanted(room), wanted(make_venue())
    Booking.objects.bulk_create([first, second])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {ONE} DEFERRED")
        Booking.objects.filter(pk=first.pk).update(venue=second.venue, ground=second.ground)
        Booking.objects.filter(pk=second.pk).update(venue=room, ground=first.ground)
        cursor.execute(f"SET CONSTRAINTS {ONE} IMMEDIATE")
    assert Booking.objects.get(pk=first.pk).venue == second.venue


def test_what_others_are_held_to_is_there_once() -> None:
    """The key of composite foreign keys; the primary key makes it true by itself."""
    assert "booking_with_its_times" in {row.name for row in Booking._meta.constraints}


def test_a_room_has_a_name_of_its_own_and_places(make_venue: Callable[..., Venue]) -> None:
    with refused_by("venue_once"):
        make_venue(title_zh=make_venue().title_zh)
    with refused_by("venue_has_places"):
        make_venue(places=0)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("openinghours_are_of_a_weekday", {"weekday": 0}),
        ("openinghours_are_of_a_weekday", {"weekday": 8}),
        ("openinghours_end_after_they_begin", {"closes": time(8)}),
        ("openinghours_end_after_they_begin", {"closes": time(7, 59)}),
    ],
)
def test_opening_hours_make_sense(room: Venue, constraint: str, change: dict) -> None:
    row = {"venue": room, "weekday": 6, "opens": time(8), "closes": time(0)}  # until midnight
    OpeningHours.objects.create(**row)
    with refused_by(constraint):
        OpeningHours.objects.create(**row | change)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("closed_time_ends_after_its_start", {"ends_at": HALF_PAST_NINE}),
        ("closed_time_has_a_reason", {"reason": ""}),
    ],
)
def test_a_closed_time_makes_sense(room: Venue, constraint: str, change: dict) -> None:
    times = {"starts_at": HALF_PAST_NINE, "ends_at": HALF_PAST_NINE + WEEK}
    row = {"venue": room, "reason": "粉刷"} | times
    with refused_by(constraint):
        ClosedTime.objects.create(**row | change)


# --- Days ------------------------------------------------------------------------------


def test_a_special_day_is_entered_once() -> None:
    SpecialDay.objects.create(day=SATURDAY, kind="closed")
    with refused_by("venues_specialday_day_key"):
        SpecialDay.objects.create(day=SATURDAY, kind="off")
