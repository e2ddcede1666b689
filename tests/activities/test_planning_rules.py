"""What every programme asks of a time, a window of sign-up, seats and ages; no database."""

from datetime import timedelta

import pytest

from diedie_edu.activities.rules import schedule
from diedie_edu.common.errors import Refused
from diedie_edu.venues.models import Venue
from tests.conftest import NOW
from tests.support.refusals import code_of, refusal_of

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("starts_in", "lasts", "code", "field"),
    [
        (SECOND, SECOND, None, None),
        (timedelta(0), HOUR, "past", "day"),
        (-HOUR, HOUR, "past", "day"),
        (schedule.FURTHEST, HOUR, None, None),
        (schedule.FURTHEST + SECOND, HOUR, "far", "day"),
        (HOUR, timedelta(0), "ends_early", "ends"),
        (HOUR, -SECOND, "ends_early", "ends"),
    ],
)
def test_what_is_planned_lies_ahead_and_ends_after_it_begins(
    starts_in: timedelta, lasts: timedelta, code: str | None, field: str | None
) -> None:
    starts_at = NOW + starts_in
    refusal = refusal_of(lambda: schedule.check_times(starts_at, starts_at + lasts, NOW))
    assert refusal == (code and (code, field))


@pytest.mark.parametrize(
    ("opens_in", "closes_in", "code"),
    [
        (-HOUR, HOUR, None),
        (-HOUR, 2 * HOUR, None),
        (-HOUR, 2 * HOUR + SECOND, "window"),
        (HOUR, HOUR, "window"),
        (HOUR, HOUR - SECOND, "window"),
    ],
)
def test_sign_up_closes_after_it_opens_and_before_the_end(
    opens_in: timedelta, closes_in: timedelta, code: str | None
) -> None:
    ends_at = NOW + 2 * HOUR
    assert code_of(lambda: schedule.check_window(NOW + opens_in, NOW + closes_in, ends_at)) == code


@pytest.mark.parametrize(
    ("seats", "code"), [(0, "no_seats"), (1, None), (20, None), (21, "too_many_seats")]
)
def test_seats_fit_the_room(seats: int, code: str | None) -> None:
    refusal = refusal_of(lambda: schedule.check_fits(seats, Venue(title_zh="图书室", places=20)))
    assert refusal == (code and (code, "capacity"))


def test_the_room_is_named() -> None:
    with pytest.raises(Refused, match="图书室"):
        schedule.check_fits(21, Venue(title_zh="图书室", places=20))


@pytest.mark.parametrize(
    ("youngest", "oldest", "code"),
    [(None, None, None), (60, None, None), (None, 35, None), (60, 60, None), (61, 60, "ages")],
)
def test_the_youngest_is_not_older_than_the_oldest(
    youngest: int | None, oldest: int | None, code: str | None
) -> None:
    refusal = refusal_of(lambda: schedule.check_ages(youngest, oldest))
    assert refusal == (code and (code, "max_age"))
