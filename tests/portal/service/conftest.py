from collections.abc import Callable
from datetime import date, timedelta

import pytest

from diedie_edu.common.days import moment
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.volunteering.models import Duty
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.duties import on_duty

Serve = Callable[..., Duty]


@pytest.fixture
def serve(make_lecture: Callable[..., Lecture]) -> Serve:
    """Somebody gives a lecture; 90 minutes are confirmed, or none where `minutes` is None."""

    def serve(resident: Resident, day: date = date(2026, 11, 7), minutes: int | None = 90) -> Duty:
        person, _is_new = Volunteer.objects.get_or_create(
            resident=resident, defaults={"kinds": ["expert"]}
        )
        opened = moment(day) - timedelta(days=7)
        duty = on_duty(make_lecture(day=day, sign_up_opens_at=opened).occasion, person)
        if minutes is not None:
            Duty.objects.filter(pk=duty.pk).update(served_minutes=minutes, confirmed_at=NOW)
        return duty

    return serve
