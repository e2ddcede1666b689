"""The calendar with what staff entered."""

from datetime import timedelta

import pytest

from diedie_edu.venues.models import SpecialDay
from diedie_edu.venues.queries.special_days import calendar
from tests.conftest import SATURDAY


@pytest.mark.django_db
def test_the_calendar_knows_what_staff_entered() -> None:
    SpecialDay.objects.create(day=SATURDAY, kind="closed")
    days = calendar()
    assert days.is_closed(SATURDAY)
    assert not days.is_closed(SATURDAY + timedelta(days=1))
