"""Times of day and moments as offices type them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from diedie_edu.common.days import ZONE, local
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.dates import parse_date, parse_moment, parse_time

HALF_PAST_NINE = time(9, 30)
BORN = date(1958, 3, 21)


@pytest.mark.parametrize(
    "cell",
    [
        *("9:30", "09:30", "９：３０", "9.30", "9点30", "9点30分", "9时30分", "9:30:00", " 9:30 "),
        *("09:30:00.000", "9:29:59.9", "9点半", "上午9:30", "9:30 AM", "9时30分00秒"),
        *(time(9, 30, 15), datetime(2026, 11, 28, 9, 29, 59, 999_600)),
        *(timedelta(hours=9, minutes=30), 9.5 / 24, 0.395833, timedelta(hours=9, seconds=1799.6)),
    ],
)
def test_the_time_that_is_meant_is_read_to_the_minute(cell):
    assert parse_time(cell) == HALF_PAST_NINE


@pytest.mark.parametrize(
    "cell",
    [
        *("", "九点半", "930", "25:00", "9:60", "9:3", "上午", "=9:30", "9:30-11:00"),
        *(timedelta(hours=24), timedelta(minutes=-1), 9, 1.5, 1.25, -0.5),
        *("上午12:00", "晚上1点", "13:30pm", "23:59:45", 0.99999, time(23, 59, 45)),
        *(date(2026, 11, 28), datetime(2026, 11, 28), datetime(2026, 11, 28, 23, 59, 50)),
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
        *("2026年11月28日上午9:30", "2026-11-28（周六）9:30", "2026-11-28T01:30:00.000Z"),
        *(datetime(2026, 11, 28, 9, 30), datetime(2026, 11, 28, 1, 30, tzinfo=UTC)),
        *(datetime(2026, 11, 28, 9, 29, 59, 999_600), 46354.395833333),
    ],
)
def test_a_moment_is_one_of_the_wall_clock_here(cell):
    assert local(parse_moment(cell)) == datetime(2026, 11, 28, 9, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026-11-28", "moment_unclear"),
        (date(2026, 11, 28), "moment_unclear"),
        (46354.0, "moment_unclear"),
        (timedelta(hours=9), "moment_unclear"),
        ("2026-11-28 9:30-11:00", "time_unclear"),
        ("2026-11-28 周日 9:30", "date_weekday"),
        (datetime(2301, 1, 1, 9, 30), "date_impossible"),
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


def test_a_moment_that_ends_a_day_by_parts_of_a_second_begins_the_next():
    moment = datetime(2026, 11, 28, 23, 59, 59, 999_600)

    assert local(parse_moment(moment)) == datetime(2026, 11, 29, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "time_of_day"),
    [
        ("下午3:30", time(15, 30)),
        ("下午12:05", time(12, 5)),
        ("晚上7点半", time(19, 30)),
        ("下午15:30", time(15, 30)),
        ("中午12:30", time(12, 30)),
        ("12:00 am", time(0)),
    ],
)
def test_words_for_the_time_of_day_count(typed, time_of_day):
    assert parse_time(typed) == time_of_day


@pytest.mark.parametrize(
    "cell",
    [
        datetime(1958, 3, 20, 23, 59, 17),  # SheetJS
        datetime(1958, 3, 21, 0, 0, 43),
        datetime(1958, 3, 20, 15, 59, 17, tzinfo=UTC),  # with cellDates
        *(datetime(1958, 3, 20, 16, tzinfo=UTC), datetime(1958, 3, 21, tzinfo=UTC)),
        *("1958-03-20T15:59:17.000Z", "1958-03-20T16:00:00Z", "1958-03-21T00:00:00.000Z"),
        *("1958-03-21T00:00:00+08:00", "1958-03-20 23:59:17", 21264.999502314815, 21265),
    ],
)
def test_a_day_within_a_minute_of_midnight_is_the_day_that_is_meant(cell):
    assert parse_date(cell) == BORN


def test_midnight_here_is_an_hour_earlier_in_summers_with_another_clock():
    assert parse_date("1988-06-30T15:00:00Z") == date(1988, 7, 1)


@pytest.mark.parametrize(
    "cell",
    [
        datetime(1958, 3, 20, 16),  # ExcelJS in Shanghai
        *(datetime(1958, 3, 21, 0, 1, 1), datetime(1958, 3, 20, 23, 58, 59)),
        *("1958-03-20T16:00", "1958-03-21 8:30", 21264.6666667, "1988-06-30T16:00:00Z"),
    ],
)
def test_a_day_with_another_time_is_a_question(cell):
    with pytest.raises(Refused, match="Write the day alone") as refusal:
        parse_date(cell)

    assert refusal.value.code == "date_with_time"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1958年二月初二", "lunar calendar"),
        ("农历1958年2月2日", "lunar calendar"),
        ("1958年2月2日（农历）", "lunar calendar"),
        ("民国47年3月21日", "counted in another way"),
        ("2012-9", "not a date we can read"),
        ("1958年3月", "not a date we can read"),
        ("58.3.21", "not a date we can read"),
        ("2012-09-01 上午12:00", "not a date we can read"),
        ("2012-9-1 星期日", "another day of the week"),
        (time(9, 30), "not a date we can read"),
        (timedelta(hours=9), "not a date we can read"),
    ],
)
def test_what_could_be_another_day_is_asked_about(typed, said):
    with pytest.raises(Refused, match=said):
        parse_date(typed)
