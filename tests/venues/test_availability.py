"""Whether a room is free and open, and when instead; no database."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import local, moment
from diedie_edu.venues.models import Booking, ClosedTime, OpeningHours, Venue
from diedie_edu.venues.rules.availability import OFFERED, REACH, Occupancy, refused
from tests.conftest import SATURDAY

ROOM, HALL = Venue(pk=1, title_zh="图书室", places=20), Venue(pk=2, title_zh="礼堂", places=200)
HOUR = timedelta(hours=1)


def at(hour: float, day: date = SATURDAY, length: float = 1, venue: Venue = ROOM) -> Booking:
    starts_at = moment(day) + hour * HOUR
    times = {"starts_at": starts_at, "ends_at": starts_at + length * HOUR}
    return Booking(venue=venue, purpose="合唱", **times)


def hours(opens: int, closes: int, *weekdays: int) -> list[OpeningHours]:
    times = {"opens": time(opens), "closes": time(closes)}
    return [OpeningHours(venue=ROOM, weekday=day, **times) for day in weekdays or range(1, 8)]


def closed(row: Booking) -> ClosedTime:
    times = {"starts_at": row.starts_at, "ends_at": row.ends_at}
    return ClosedTime(venue=row.venue, reason="粉刷", **times)


def known(special: dict | None = None, **rows: Sequence) -> Occupancy:
    return Occupancy(Calendar(special or {}), **rows)


def code(occupancy: Occupancy, wanted: Booking) -> str | None:
    obstacle = occupancy.obstacle(wanted)
    return obstacle and obstacle.code


# --- What stands in the way ------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "answer"), [(9, None), (9.5, "venue_taken"), (10.5, "venue_taken"), (11, None)]
)
def test_a_booking_stands_in_the_way_and_its_neighbours_do_not(
    hour: float, answer: str | None
) -> None:
    assert code(known(bookings=[at(10)]), at(hour)) == answer
    assert code(known(bookings=[at(10, venue=HALL)]), at(hour)) is None


def test_what_stands_in_the_way_is_named() -> None:
    reason = str(known(bookings=[at(10)]).obstacle(at(10)).reason)
    assert "图书室" in reason
    assert "合唱" in reason


def test_a_room_without_opening_hours_is_always_open() -> None:
    assert code(known(), at(3)) is None


@pytest.mark.parametrize(
    ("hour", "answer"), [(7, "not_open"), (8, None), (20, None), (20.5, "not_open")]
)
def test_opening_hours_bound_a_day(hour: float, answer: str | None) -> None:
    occupancy = known(hours=hours(8, 21))
    assert code(occupancy, at(hour)) == answer
    assert code(occupancy, at(hour, venue=HALL)) is None


def test_a_refusal_says_when_the_room_is_open() -> None:
    reason = str(known(hours=[*hours(8, 12), *hours(14, 21)]).obstacle(at(12)).reason)
    assert "08:00–12:00" in reason
    assert "14:00–21:00" in reason


def test_a_day_without_hours_is_closed_where_others_have_some() -> None:
    assert code(known(hours=hours(8, 21, 1, 2, 3)), at(10)) == "not_open"


def test_midnight_is_the_end_of_the_day() -> None:
    occupancy = known(hours=hours(18, 0))
    assert code(occupancy, at(23)) is None
    assert code(occupancy, at(23.5)) == "not_open"


def test_a_closed_time_a_closed_day_and_a_room_out_of_use() -> None:
    assert code(known(closed=[closed(at(9, length=2))]), at(10)) == "venue_closed"
    assert code(known(closed=[closed(at(9, length=2))]), at(11)) is None
    assert code(known({SATURDAY: "closed"}), at(10)) == "closed_day"
    assert code(known(), at(10, venue=Venue(pk=3, is_open=False))) == "not_bookable"


def test_what_runs_past_midnight_meets_the_next_day() -> None:
    night = at(23, length=3)
    assert code(known(bookings=[night]), at(1, SATURDAY + timedelta(days=1))) == "venue_taken"
    assert code(known({SATURDAY + timedelta(days=1): "closed"}), night) == "closed_day"


# --- When instead ----------------------------------------------------------------------


def offered(occupancy: Occupancy, wanted: Booking) -> list[datetime]:
    rows = occupancy.nearest_free(wanted, lambda _begin: True)
    return [local(row.starts_at) for row in rows]


def test_the_nearest_times_lie_beside_what_is_there() -> None:
    begins = offered(known(bookings=[at(10, length=2)]), at(10.5))
    assert [begin.time() for begin in begins] == [time(9), time(12), time(10, 30)]


def test_at_night_nothing_is_offered_but_the_time_that_was_wanted() -> None:
    begins = offered(known(bookings=[at(20.5)]), at(20.5))
    assert [begin.time() for begin in begins] == [time(19, 30), time(20, 30), time(20, 30)]


def test_only_beginnings_that_suit_are_offered() -> None:
    sunday = SATURDAY + timedelta(days=1)
    rows = known(bookings=[at(10)]).nearest_free(
        at(10), lambda begin: local(begin).date() == sunday
    )
    assert [local(row.starts_at).date() for row in rows] == [sunday]


def test_a_refusal_offers_the_times_or_asks_for_another_room() -> None:
    occupancy, wanted = known(bookings=[at(10)]), at(10)
    obstacle = occupancy.obstacle(wanted)
    free = occupancy.nearest_free(wanted, lambda _begin: True)
    refusal = refused(obstacle, free)
    assert (refusal.code, refusal.field) == ("venue_taken", "venue")
    assert "09:00–10:00" in str(refusal)
    assert "请换个时间或场地" in str(refused(obstacle, []))


DAYS = st.integers(-3, 3).map(lambda number: SATURDAY + timedelta(days=number))
ROWS = st.lists(st.builds(at, st.integers(0, 23), DAYS, st.integers(1, 6)), max_size=12)
KNOWN = st.builds(
    partial(known),
    st.dictionaries(DAYS, st.just("closed"), max_size=2),
    bookings=ROWS,
    hours=st.sampled_from([[], hours(8, 21), hours(14, 0)]),
    closed=ROWS.map(lambda rows: [closed(row) for row in rows[:3]]),
)


@settings(max_examples=100)
@given(occupancy=KNOWN, wanted=st.builds(at, st.integers(0, 23), DAYS, st.integers(1, 4)))
def test_whatever_is_there_what_is_offered_is_free_near_and_as_long(
    occupancy: Occupancy, wanted: Booking
) -> None:
    free = occupancy.nearest_free(wanted, lambda _begin: True)
    assert len(free) <= OFFERED
    for row in free:
        assert occupancy.obstacle(row) is None
        assert row.ends_at - row.starts_at == wanted.ends_at - wanted.starts_at
        assert abs(row.starts_at - wanted.starts_at) <= timedelta(days=REACH + 2)
    far = [abs(row.starts_at - wanted.starts_at) for row in free]
    assert far == sorted(far)
