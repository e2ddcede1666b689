"""Those who decide are reminded on the day, and again as long as it waits."""

from datetime import date, timedelta

import pytest

from diedie_edu.decisions.actions.reminders import plan_reminders
from diedie_edu.decisions.models import State
from diedie_edu.notices.models import Notice
from tests.conftest import NOW
from tests.decisions.conftest import decide
from tests.support.refusals import check_at_once

pytestmark = pytest.mark.django_db


def reminded(days: int) -> int:
    return plan_reminders(NOW + timedelta(days=days))


def test_of_what_is_due_once_a_day_and_again_after_as_many_working_days(lead, request_):
    assert [reminded(day) for day in (0, 2, 3, 3, 4)] == [0, 0, 1, 0, 0]
    request_.refresh_from_db()
    check_at_once()
    assert request_.remind_on == date(2026, 12, 1)  # over a weekend
    assert [reminded(day) for day in (7, 8, 8)] == [0, 1, 0]
    told = Notice.objects.filter(kind="decisions.due", account=lead, channel="inbox")
    assert told.count() == 2


def test_a_missed_day_is_made_up_for(lead, request_):
    assert [reminded(day) for day in (5, 5)] == [1, 0]


def test_nobody_is_reminded_of_what_is_decided(lead, request_):
    decide(request_, State.APPROVED, lead)
    assert reminded(5) == 0
