"""When and where a lecture may be held; no database."""

from datetime import date

import pytest

from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import days_of_year, is_weekend
from diedie_edu.common.errors import Refused
from residents_school.rules import lectures
from tests.support.refusals import code_of, refusal_of

MAKE_UP_2026 = ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


def refusal_on(day: date, special: dict[date, str] | None = None) -> str | None:
    return code_of(lambda: lectures.check_lecture_day(day, Calendar(special or {})))


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 11, 27), "weekday"),
        (date(2026, 11, 28), None),
        (date(2026, 11, 29), None),
        (date(2026, 11, 30), "weekday"),
        (date(2026, 2, 14), "makeup_day"),
        (date(2026, 2, 21), "festival"),
        (date(2026, 10, 3), "festival"),
        (date(2026, 10, 1), "weekday"),
    ],
)
def test_lectures_are_held_on_ordinary_weekend_days(day: date, code: str | None) -> None:
    assert refusal_on(day) == code


def test_2026_has_84_lecture_days() -> None:
    days = [day for day in days_of_year(2026) if is_weekend(day)]
    refusals = [refusal_on(day) for day in days]
    assert [f"{day:%m-%d}" for day in days if refusal_on(day) == "makeup_day"] == MAKE_UP_2026
    assert refusals.count(None) == 84
    assert refusals.count("festival") == 14


@pytest.mark.parametrize(
    ("kind", "code"), [("closed", "closed_day"), ("working", "makeup_day"), ("off", "festival")]
)
def test_staff_can_take_a_weekend_out(kind: str, code: str) -> None:
    assert refusal_on(date(2026, 11, 28), {date(2026, 11, 28): kind}) == code


def test_a_closed_day_is_said_before_all_else() -> None:
    assert refusal_on(date(2026, 2, 14), {date(2026, 2, 14): "closed"}) == "closed_day"


def test_the_refusal_stands_beside_the_day() -> None:
    wednesday = date(2026, 11, 25)
    refusal = refusal_of(lambda: lectures.check_lecture_day(wednesday, Calendar()))
    assert refusal == ("weekday", "day")


def test_the_festival_is_named() -> None:
    with pytest.raises(Refused, match="国庆"):
        lectures.check_lecture_day(date(2026, 10, 3), Calendar())
