from datetime import date, datetime, time

import pytest
from django.utils import translation

from diedie_edu.common.days import ZONE, day_text, moment_text, span_text, time_text, weekday_text

MONDAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("language", "text", "short"),
    [
        ("zh-hans", "2026年11月23日（周一）", "11月23日（周一）"),
        ("en", "Monday 23 November 2026", "Monday 23 November"),
    ],
)
def test_a_day_is_written_with_its_weekday(language, text, short):
    with translation.override(language):
        assert day_text(MONDAY) == text
        assert day_text(MONDAY, year=False) == short


def test_the_week_has_its_seven_names():
    week = [date(2026, 11, 23 + n) for n in range(7)]

    with translation.override("zh-hans"):
        assert "".join(map(weekday_text, week)) == "周一周二周三周四周五周六周日"


@pytest.mark.parametrize(
    ("language", "text"),
    [("zh-hans", "2026年11月23日（周一）09:30"), ("en", "Monday 23 November 2026, 09:30")],
)
def test_a_moment_is_written_with_its_day(language, text):
    with translation.override(language):
        assert moment_text(MORNING) == text


def test_times_have_24_hours_on_the_wall_clock():
    assert time_text(datetime.fromisoformat("2026-11-23T11:05:00+00:00")) == "19:05"
    assert time_text(time(8, 0)) == "08:00"


def test_a_span_within_a_day_names_no_day():
    assert span_text(MORNING, MORNING.replace(hour=11, minute=0)) == "09:30–11:00"


def test_a_span_over_midnight_names_both_days():
    with translation.override("zh-hans"):
        text = span_text(MORNING, datetime(2026, 11, 24, 8, 0, tzinfo=ZONE))

    assert text == "2026年11月23日（周一）09:30 – 2026年11月24日（周二）08:00"
