"""Today is called off at five, one child inside."""

from datetime import time, timedelta
from functools import partial

import pytest

from after_school.actions.term_days import call_off_session, hold_session_again
from after_school.models import Collector
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY
from tests.conftest import NOW

AT_FIVE = moment(TODAY, time(17))


@pytest.fixture
def off(session, presence, staff_user):
    """Call today off at five, one child inside."""
    return partial(call_off_session, session=session, reason="停电", by=staff_user, now=AT_FIVE)


@pytest.fixture
def again(session, staff_user):
    later = AT_FIVE + timedelta(minutes=10)
    return partial(hold_session_again, session=session, by=staff_user, now=later)


@pytest.fixture
def carer(session, make_volunteer):
    """On duty today in the first zone, by an account of their own."""
    occasion = Occasion.objects.filter(zone_day__session=session).order_by("pk").first()
    duty = Duty.at(occasion, make_volunteer(), Duty.Work.CARER)
    duty.save()
    return duty


@pytest.fixture
def bar(child, mother):
    """Somebody is barred from the child by name."""

    def bar(volunteer) -> None:
        Collector.objects.create(
            child=child,
            full_name=volunteer.resident.full_name,
            phone="13900001234",
            relation="-",
            valid_from=TODAY,
            named_by=mother,
            named_at=NOW,
            barred_at=NOW,
            barred_by=mother,
            barred_reason="法院裁定",
        )

    return bar


def told(kind: str) -> dict[int, dict]:
    rows = Notice.objects.filter(kind=f"after_school.{kind}", channel="inbox")
    return {row.recipient_id or row.account_id: row.data for row in rows}
