"""Years, school years, terms and months: where each begins, ends, and what lies before it."""

from datetime import date, timedelta

import pytest

from diedie_edu.common.days import moment
from diedie_edu.figures.spans import Span, SpanKind, span_between, span_of, span_on

K = SpanKind
DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("kind", "key", "first", "last"),
    [
        (K.YEAR, "year-2026", date(2026, 1, 1), date(2026, 12, 31)),
        (K.SCHOOL, "school-2026", date(2026, 9, 1), date(2027, 8, 31)),
        (K.TERM, "term-2026-09", date(2026, 9, 1), date(2027, 1, 31)),
        (K.MONTH, "month-2026-11", date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_a_day_lies_in_one_span_of_each_kind(
    kind: SpanKind, key: str, first: date, last: date
) -> None:
    span = span_on(kind, DAY)
    assert (span.first_day, span.last_day, span.key) == (first, last, key)
    assert span_of(key) == span == span_between(first, last)
    assert span_on(kind, first) == span_on(kind, last) == span
    assert span.previous.last_day == first - timedelta(days=1)
    assert span.previous.following == span
    assert span.year_before.first_day == first.replace(year=2025)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2026, 1, 31), "term-2025-09"),
        (date(2026, 2, 1), "term-2026-02"),
        (date(2026, 8, 31), "term-2026-02"),
        (date(2026, 9, 1), "term-2026-09"),
    ],
)
def test_two_terms_make_a_school_year(day: date, key: str) -> None:
    assert span_on(K.TERM, day).key == key


def test_it_begins_and_ends_at_midnight_here() -> None:
    span = span_on(K.YEAR, DAY)
    assert span.starts_at == moment(date(2026, 1, 1))
    assert span.ends_at == moment(date(2027, 1, 1))


def test_one_that_goes_on_is_compared_with_the_same_days() -> None:
    year = span_on(K.YEAR, DAY)
    assert year.until(DAY).year_before == Span(date(2025, 1, 1), date(2025, 11, 23))
    assert year.until(date(2026, 12, 31)) == year
    assert year.until(date(2025, 5, 1)) == year


def test_february_has_a_year_before() -> None:
    assert span_on(K.MONTH, date(2029, 2, 5)).year_before.last_day == date(2028, 2, 29)
    leap = span_on(K.YEAR, date(2028, 1, 1)).until(date(2028, 2, 29))
    assert leap.year_before.last_day == date(2027, 2, 28)


@pytest.mark.parametrize(
    "key",
    [
        *("", "year", "year-26", "year-1999", "year-2026-01", "month-2026", "month-2026-13"),
        *("term-2026-05", "term-2026", "days-2026-02-30-2026-03-01", "days-2026-03-02-2026-03-01"),
        *("week-2026", "year-２０２６"),
    ],
)
def test_nothing_else_is_a_span(key: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (whatever the message)
        span_of(key)


def test_days_have_a_key_too() -> None:
    span = Span(date(2026, 3, 1), date(2026, 5, 17))
    assert span_of(span.key) == span
    assert span_between(span.first_day, span.last_day) == span


def test_a_week_begins_on_monday_and_is_compared_with_that_52_weeks_before() -> None:
    week = span_on(SpanKind.WEEK, date(2026, 11, 29))
    assert (week.first_day, week.last_day) == (date(2026, 11, 23), date(2026, 11, 29))
    assert span_of(week.key) == week
    assert week.year_before.first_day == date(2025, 11, 24)
    assert week.previous.last_day == date(2026, 11, 22)
    assert span_between(week.first_day, week.last_day) == week
    for wrong in ("week-2026-11-24", "week-2026-48", "week-1999-01-04"):
        with pytest.raises(ValueError, match=r"week|isoformat|month"):
            span_of(wrong)
