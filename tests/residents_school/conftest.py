from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from diedie_edu.common.days import moment
from diedie_edu.people.models import Topic
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Venue
from residents_school.actions import lectures
from tests.conftest import NOW, SATURDAY

HALF_PAST_NINE = moment(SATURDAY, time(9, 30))


@pytest.fixture
def make_plan(
    programme: Programme, topic: Topic, make_venue: Callable[..., Venue]
) -> Callable[..., lectures.LecturePlan]:
    """What staff decide about a lecture next Saturday 9:30–11:00, unless told otherwise."""

    def make(starts_at: datetime = HALF_PAST_NINE, **fields: object) -> lectures.LecturePlan:
        return lectures.LecturePlan(
            **{
                "title": "中老年健康",
                "summary": "",
                "outline": "",
                "topic": topic,
                "partner": None,
                "capacity": 20,
                "starts_at": starts_at,
                "ends_at": starts_at + timedelta(minutes=90),
                "venue": fields.get("venue") or make_venue(),
                "speakers": [],
                "sign_up_opens_at": NOW,
                "sign_up_closes_at": starts_at,
            }
            | fields
        )

    return make
