"""Times of day and moments as offices type them."""

from datetime import UTC, datetime, time, timedelta

import pytest

from diedie_edu.common.days import ZONE, local
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.dates import parse_moment, parse_time

HALF_PAST_NINE = time(9, 30)


@pytest.mark.parametrize(
    "cell",
    [
        *("9:30", "09:30", "９：３０", "9.30", "9点30", "9点30分", "9时30分", "9:30:00", " 9:30 "),
        *("09:30:00.000", time(9, 30, 15), datetime(2026, 11, 28, 9, 30, 59)),
        *(timedelta(hours=9, minutes=30), 9.5 / 24),
    ],
)
def test_the_time_that_is_meant_is_read_to_the_minute(cell):
    assert parse_time(cell) == HALF_PAST_NINE


@pytest.mark.parametrize(
    "cell",
    [
        *("", "九点半", "930", "25:00", "9:60", "9:3", "上午", "=9:30", "9:30-11:00"),
        *(timedelta(hours=24), timedelta(minutes=-1), 9, 1.5, -0.5),
    ],
)
def test_what_is_no_time_is_refused_with_an_example(cell):
    with pytest.raises(Refused) as refusal:
        parse_time(cell)

    assert refusal.value.code == "time_unclear"
    assert "09:30" in str(refusal.value)


@pytest.mark.parametrize(
    "cell",
    [
        *("2026-11-28 9:30", "2026年11月28日 9点30分", "2026/11/28  09:30", "2026-11-28T09:30"),
        *(datetime(2026, 11, 28, 9, 30), datetime(2026, 11, 28, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_one_of_the_wall_clock_here(cell):
    assert local(parse_moment(cell)) == datetime(2026, 11, 28, 9, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026-11-28", "moment_unclear"),
        ("9:30", "moment_unclear"),
        ("明天 9:30", "moment_unclear"),
        ("2026-11-28 25:30", "time_unclear"),
        ("2026-02-30 9:30", "date_impossible"),
    ],
)
def test_what_is_no_moment_is_refused(cell, code):
    with pytest.raises(Refused) as refusal:
        parse_moment(cell)

    assert refusal.value.code == code
