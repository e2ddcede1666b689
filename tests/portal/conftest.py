from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db.models import F
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Attendance, Occasion
from diedie_edu.common.days import moment
from diedie_edu.people.models import Resident
from residents_school.models import Lecture
from tests.support.occasions import rebook

Learn = Callable[..., Occasion]

RESIDENTS_SCHOOL, HAPPY_SQUARE = "residents-school", "happy-square"


@pytest.fixture
def staff(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


@pytest.fixture
def browser(as_user: Callable[[User], Client], resident_user: User) -> Client:
    return as_user(resident_user)


@pytest.fixture
def lead_of(
    as_user: Callable[[User], Client], make_user: Callable[..., User]
) -> Callable[[str], Client]:
    """The browser of somebody who leads one programme."""
    return lambda slug: as_user(make_user(Role.PROGRAMME_LEAD, scope=slug))


@pytest.fixture
def learn(make_lecture: Callable[..., Lecture]) -> Learn:
    """Somebody attends a lecture of 90 minutes, or of as many as are said."""

    def learn(
        resident: Resident, day: date = date(2026, 11, 7), minutes: int = 90, **fields: object
    ) -> Occasion:
        opened = moment(day) - timedelta(days=7)
        occasions = make_lecture(day=day, sign_up_opens_at=opened, **fields).occasions
        rebook(occasions.all(), ends_at=F("starts_at") + timedelta(minutes=minutes))
        occasion = occasions.get()
        Attendance.objects.create(
            occasion=occasion, resident=resident, arrived_at=occasion.starts_at
        )
        return occasion

    return learn
