"""Programmes with people who came, on days that the tests name."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count

import pytest

from diedie_edu.activities.models import Activity, Attendance, Occasion
from diedie_edu.common.days import moment
from diedie_edu.people.models import Resident
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Venue
from tests.support.occasions import make_occasion

_numbers = count()
Held = Callable[..., Occasion]


@pytest.fixture
def hold(db: None) -> Held:
    """A session that was held in a programme; whoever is named came to it."""

    def make(
        programme: str, day: date | datetime, *people: Resident, **columns: object
    ) -> Occasion:
        starts = day if isinstance(day, datetime) else moment(day, time(9))
        usual = {"capacity": 20, "state": Activity.State.PUBLISHED, "sign_up_closes_at": starts}
        usual["title"] = f"活动{next(_numbers)}"
        usual["sign_up_opens_at"] = starts - timedelta(days=7)
        activity = Activity.objects.create(
            programme=Programme.objects.get_or_create(slug=programme)[0],
            **usual | columns,
        )
        venue = Venue.objects.create(title_zh=f"室{next(_numbers)}", places=60)
        held = make_occasion(activity, venue, starts, starts + timedelta(hours=1))
        for person in people:
            Attendance.objects.create(occasion=held, resident=person, arrived_at=starts)
        return held

    return make
