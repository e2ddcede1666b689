"""For how long names stand in public."""

from datetime import date

import pytest

from diedie_edu.common.calendar import Calendar, SpecialDayKind
from edu_base.rules.announcing import last_day


@pytest.mark.parametrize(
    ("first_on", "days", "last_on"),
    [
        (date(2026, 11, 30), 5, date(2026, 12, 4)),
        (date(2026, 12, 2), 5, date(2026, 12, 8)),  # over a weekend
        (date(2026, 9, 29), 5, date(2026, 10, 10)),  # the National Day; 10 October is worked
        (date(2026, 11, 30), 1, date(2026, 11, 30)),
    ],
)
def test_announcement_lasts_working_days(first_on: date, days: int, last_on: date) -> None:
    assert last_day(first_on, days, Calendar()) == last_on


def test_day_off_that_staff_entered_does_not_count() -> None:
    calendar = Calendar({date(2026, 12, 1): SpecialDayKind.CLOSED})
    assert last_day(date(2026, 11, 30), 5, calendar) == date(2026, 12, 7)
