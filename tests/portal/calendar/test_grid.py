"""Months and weeks as rows of seven days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diedie_edu.portal.calendar.grid import Day, Notes, grid, month_days
from diedie_edu.portal.calendar.rules import is_within_reach
from diedie_edu.venues.models import SpecialDay

DAY = timedelta(days=1)
MONTHS = st.dates(date(2019, 1, 1), date(2026, 12, 31)).map(month_days)


def days_of(first: date, last: date, today: date, notes: Notes | None = None) -> list[Day]:
    rows = grid(first, last, today, [], notes or Notes())
    return [day for week in rows for day in week]


@given(MONTHS)
def test_a_month_is_whole_weeks_from_monday_without_a_gap(month):
    first, last = month
    days = days_of(first, last, first)
    assert len(days) % 7 == 0
    assert days[0].date.weekday() == 0
    assert [day.date for day in days] == [days[0].date + n * DAY for n in range(len(days))]


@given(MONTHS)
def test_every_day_of_the_month_stands_there_once_and_the_rest_is_outside(month):
    first, last = month
    inside = [day.date for day in days_of(first, last, first) if not day.is_outside]
    assert inside == [first + n * DAY for n in range(last.day)]
    assert (last + DAY).day == 1


@given(MONTHS, st.dates(date(2019, 1, 1), date(2026, 12, 31)))
def test_today_is_marked_once_or_not_at_all(month, today):
    first, last = month
    marked = [day.date for day in days_of(first, last, today) if day.is_today]
    assert marked == ([today] if first <= today <= last else [])


def test_days_behind_us_leave_the_list_of_this_month_alone():
    first, last = month_days(date(2026, 10, 1))
    listed = [day.date.day for day in days_of(first, last, date(2026, 10, 9)) if day.is_listed]
    assert listed == [9, 10]
    earlier = [day.date.day for day in days_of(first, last, date(2026, 11, 9)) if day.is_listed]
    assert earlier == [1, 10]


def test_a_list_names_a_festival_once_and_says_how_long_it_lasts():
    first, last = month_days(date(2026, 10, 1))
    named = {day.date.day: day.notes_until for day in days_of(first, last, last) if day.notes_until}
    assert named == {1: date(2026, 10, 7), 10: date(2026, 10, 10)}


def test_the_grid_names_it_on_every_day():
    notes = Notes()
    assert len({notes.of(date(2026, 10, day)) for day in range(1, 8)}) == 1
    assert notes.of(date(2026, 10, 8)) == ""
    assert notes.of(date(2026, 10, 10)) != ""


@pytest.mark.parametrize("reason", ["台风", ""])
def test_a_closed_day_says_why(reason):
    day = date(2026, 11, 28)
    notes = Notes({day: SpecialDay(day=day, kind="closed", reason=reason)})
    assert notes.is_closed(day)
    assert reason in notes.of(day)
    assert notes.of(day)


def test_pages_end_two_years_away():
    today = date(2026, 11, 23)
    near, far = [date(2024, 1, 1), date(2028, 12, 31)], [date(2023, 12, 31), date(2029, 1, 1)]
    assert all(is_within_reach(day, today) for day in near)
    assert not any(is_within_reach(day, today) for day in far)
