from collections.abc import Callable
from datetime import date, timedelta

import pytest

from diedie_edu.activities.models import Attendance, Occasion
from diedie_edu.common.days import moment
from diedie_edu.people.models import Resident
from residents_school.models import Lecture

Learn = Callable[..., Occasion]


@pytest.fixture
def learn(make_lecture: Callable[..., Lecture]) -> Learn:
    """Somebody attends a lecture of 90 minutes, or of as many as are said."""

    def learn(
        resident: Resident, day: date = date(2026, 11, 7), minutes: int = 90, **fields: object
    ) -> Occasion:
        opened = moment(day) - timedelta(days=7)
        occasion = make_lecture(day=day, sign_up_opens_at=opened, **fields).occasions.get()
        occasion.ends_at = occasion.starts_at + timedelta(minutes=minutes)
        occasion.save()
        Attendance.objects.create(
            occasion=occasion, resident=resident, arrived_at=occasion.starts_at
        )
        return occasion

    return learn
