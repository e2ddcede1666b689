from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from diedie_edu.common.days import (
    ZONE,
    days_of_year,
    is_weekend,
    local_day,
    local_now,
    moment,
    week_of,
    weekend_of,
)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 23, 15, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 23, 0, 0, tzinfo=ZONE), date(2026, 11, 23)),
    ],
)
def test_the_day_changes_at_midnight_in_shanghai(now, day):
    assert local_day(now) == day


def test_a_moment_without_zone_is_an_error():
    with pytest.raises(ValueError, match="naive"):
        local_day(datetime(2026, 11, 23))


@time_machine.travel(datetime(2026, 11, 23, 16, 30, tzinfo=UTC), tick=False)
def test_now_is_on_the_wall_clock():
    assert local_now().isoformat() == "2026-11-24T00:30:00+08:00"


def test_a_moment_is_made_of_a_day_and_the_wall_clock():
    assert moment(date(2026, 11, 23), time(18)) == datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert moment(date(2026, 11, 23)) == datetime(2026, 11, 22, 16, tzinfo=UTC)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_week_runs_from_monday_to_sunday_and_holds_its_day(day):
    week = week_of(day)

    assert [other.weekday() for other in week] == list(range(7))
    assert day in week
    assert [other for other in week if is_weekend(other)] == list(weekend_of(day))


def test_on_a_sunday_the_weekend_began_yesterday():
    sunday = date(2026, 11, 29)

    assert weekend_of(sunday) == (sunday - timedelta(days=1), sunday)


@pytest.mark.parametrize(("year", "count"), [(2026, 365), (2028, 366)])
def test_a_year_has_all_its_days(year, count):
    days = days_of_year(year)

    assert (len(days), days[0], days[-1]) == (count, date(year, 1, 1), date(year, 12, 31))
