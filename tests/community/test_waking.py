"""Waking time: what of the clock counts, and where an end may lie."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diedie_edu.common.days import ZONE, moment
from diedie_edu.community.waking import (
    after_the_night,
    awake_after,
    awake_between,
    before_the_night,
    quiet_until,
)
from tests.support.community import quiet

DAY = date(2026, 11, 23)
NEXT = DAY + timedelta(days=1)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OTHERS = [("21:00", "08:00"), ("22:30", "06:15"), ("12:00", "14:00"), ("00:30", "07:00")]


def at(clock: str, day: date = DAY) -> datetime:
    return moment(day, time.fromisoformat(clock))


@pytest.mark.parametrize(
    ("clock", "until"),
    [
        (time(20, 59, 59), None),
        (time(21, 0), moment(NEXT, time(8))),
        (time(23, 59), moment(NEXT, time(8))),
        (time(0, 0), moment(DAY, time(8))),
        (time(7, 59, 59), moment(DAY, time(8))),
        (time(8, 0), None),
    ],
)
def test_quiet_hours_end_at_eight(clock: time, until: datetime | None) -> None:
    assert quiet_until(moment(DAY, clock)) == until


def test_quiet_hours_within_a_day() -> None:
    quiet(("12:00", "14:00"))
    assert quiet_until(at("13:00")) == at("14:00")
    assert quiet_until(at("23:00")) is None
    assert awake_between(at("11:00"), at("15:00")) == 2 * HOUR
    assert awake_after(at("11:00"), 2 * HOUR) == at("15:00")
    assert before_the_night(at("13:30")) == at("11:59")


def test_equal_hours_mean_no_quiet_at_all() -> None:
    quiet(("00:00", "00:00"))
    assert all(quiet_until(moment(DAY, time(hour))) is None for hour in range(24))
    assert awake_after(at("20:00"), 10 * HOUR) == at("06:00", NEXT)
    assert awake_between(at("20:00"), at("06:00", NEXT)) == 10 * HOUR


@pytest.mark.parametrize(
    ("start", "span", "ends"),
    [
        (at("10:00"), 2 * HOUR, at("12:00")),
        (at("20:00"), HOUR - MINUTE, at("20:59")),
        (at("20:00"), HOUR, at("08:00", NEXT)),  # nine in the evening is night already
        (at("20:59"), 46 * MINUTE, at("08:45", NEXT)),
        (at("22:00"), HOUR, at("09:00", NEXT)),
        (at("07:00"), HOUR, at("09:00")),
        (at("10:00"), 13 * HOUR, at("10:00", NEXT)),
        (at("10:00"), 26 * HOUR, at("10:00", NEXT + timedelta(days=1))),
    ],
)
def test_so_much_waking_time_later(start: datetime, span: timedelta, ends: datetime) -> None:
    assert awake_after(start, span) == ends
    assert awake_between(start, ends) == span


def test_no_time_passes_backwards_or_in_the_night() -> None:
    assert awake_between(at("12:00"), at("10:00")) == timedelta()
    assert awake_between(at("21:00"), at("08:00", NEXT)) == timedelta()


@pytest.mark.parametrize(
    ("wanted", "after", "before"),
    [
        (at("20:59"), at("20:59"), at("20:59")),
        (at("22:30"), at("08:00", NEXT), at("20:59")),
        (at("06:30", NEXT), at("08:00", NEXT), at("20:59")),
        (at("08:00"), at("08:00"), at("08:00")),
    ],
)
def test_an_end_at_night_is_put_off_or_brought_forward(
    wanted: datetime, after: datetime, before: datetime
) -> None:
    assert (after_the_night(wanted), before_the_night(wanted)) == (after, before)


@pytest.mark.parametrize("hours", OTHERS, ids="-".join)
@given(
    start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(ZONE)),
    minutes=st.integers(0, 10_000),
)
def test_no_end_ever_lies_in_the_night_and_none_of_the_span_is_lost(
    hours: tuple[str, str], start: datetime, minutes: int
) -> None:
    quiet(hours)
    ends = awake_after(start, minutes * MINUTE)
    assert quiet_until(ends) is None
    assert awake_between(start, ends) == minutes * MINUTE
    assert all(quiet_until(put(start)) is None for put in (after_the_night, before_the_night))
