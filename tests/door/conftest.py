"""A lecture whose door is open, with somebody who has a seat."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from diedie_edu.activities.models import Attendance, Occasion, SignUp
from diedie_edu.common.days import moment
from diedie_edu.door.actions import arrivals
from diedie_edu.people.models import Resident
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.occasions import rebook
from tests.support.seats import enter

AT_THE_DOOR = moment(SATURDAY, time(9, 21))
AFTERWARDS = moment(SATURDAY, time(15, 0))


@pytest.fixture
def occasion(make_lecture: Callable[..., Lecture]) -> Occasion:
    """Saturday 9:30 to 11:00, two seats, room for sixty."""
    return make_lecture(capacity=2, title="合理用药").occasions.select_related(
        "activity__programme", "venue"
    )[0]


@pytest.fixture
def guest(occasion: Occasion, make_resident: Callable[..., Resident]) -> Resident:
    person = make_resident(full_name="王小英", phone="13812345678")
    enter(occasion.activity, person)
    return person


def came(occasion: Occasion, resident: Resident, now: datetime = AT_THE_DOOR, how: str = "list"):
    return arrivals.check_in(occasion=occasion, resident=resident, how=how, by=None, now=now)


def held(
    lecture: Lecture, resident: Resident, *, came: bool = False, days_ago: int = 10
) -> Occasion:
    """A past lecture at which somebody held a seat, and somebody else came."""
    occasion = lecture.occasions.get()
    starts_at = NOW - timedelta(days=days_ago)
    rebook(lecture.occasions.all(), starts_at=starts_at, ends_at=starts_at + timedelta(minutes=90))
    other = Resident.objects.create(full_name="到场人")
    for person in (resident, other):
        SignUp.objects.create(
            activity=lecture, resident=person, status="seated", signed_up_at=NOW, seated_at=NOW
        )
    here = [other, *([resident] if came else [])]
    for person in here:
        Attendance.objects.create(occasion=occasion, resident=person, arrived_at=starts_at)
    return occasion
