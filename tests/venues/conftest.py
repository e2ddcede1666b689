from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from diedie_edu.common.days import moment
from diedie_edu.venues.models import Booking, Venue
from tests.conftest import SATURDAY
from tests.residents_school.conftest import make_plan  # noqa: F401
from tests.support.lists import checked, loaded, upload  # noqa: F401

HALF_PAST_NINE = moment(SATURDAY, time(9, 30))
LONG = timedelta(minutes=90)
WEEK = timedelta(days=7)


@pytest.fixture
def room(make_venue: Callable[..., Venue]) -> Venue:
    return make_venue(title_zh="图书室")


@pytest.fixture
def square(make_venue: Callable[..., Venue]) -> list[Venue]:
    """A whole and its two parts."""
    whole = make_venue(title_zh="广场")
    return [
        whole,
        *(make_venue(title_zh=f"广场{side}", part_of=whole) for side in ("东区", "西区")),
    ]


def wanted(room: Venue, starts_at: datetime = HALF_PAST_NINE, **fields: object) -> Booking:
    """Saturday 9:30–11:00, unless told otherwise; not saved."""
    times = {"starts_at": starts_at, "ends_at": starts_at + LONG}
    return Booking(**{"venue": room, "purpose": "合唱排练"} | times | fields)


def weekly(room: Venue, number: int = 4) -> list[Booking]:
    """Saturday after Saturday; not saved."""
    return [wanted(room, HALF_PAST_NINE + week * WEEK) for week in range(number)]
