"""Planning reminders while people give seats back."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import transaction

from diedie_edu.activities.actions import reminders
from diedie_edu.activities.actions.reminders import plan_reminders
from diedie_edu.activities.models import Activity, ReminderTime
from diedie_edu.notices.models import Notice
from tests.activities.races.conftest import cancel
from tests.support.races import meanwhile, together
from tests.support.seats import enter, fill, make_residents, told

pytestmark = pytest.mark.django_db(transaction=True)
Patch = pytest.MonkeyPatch


@pytest.fixture
def reminded(activity: Activity) -> datetime:
    """An hour before the start everybody with a seat is reminded."""
    ReminderTime.objects.create(
        programme=activity.programme, audience="seated", minutes_before=60, channels=["inbox"]
    )
    return activity.occasions.get().starts_at - timedelta(minutes=60)


def test_four_ticks_at_once_remind_once(activity: Activity, reminded: datetime) -> None:
    fill(activity, 2)
    planned = together(*[partial(plan_reminders, reminded)] * 4)
    assert sum(planned) == Notice.objects.filter(kind="activities.reminder").count() == 2


def give_back_during_a_tick(activity: Activity, due: datetime) -> list[str]:
    """The reminder is planned but not committed when the seat is given back."""
    (row,) = fill(activity, 1)
    with transaction.atomic():
        plan_reminders(due)
        future = meanwhile(partial(cancel, row))
    assert future.result() is True
    return [kind for kind, _who in told(activity)]


def test_whoever_gives_a_seat_back_during_a_tick_is_not_reminded(
    activity: Activity, reminded: datetime
) -> None:
    assert give_back_during_a_tick(activity, reminded) == ["cancelled"]


def test_control_without_the_lock_somebody_is_reminded_of_a_seat_given_back(
    activity: Activity, reminded: datetime, monkeypatch: Patch
) -> None:
    monkeypatch.setattr(reminders, "_lock", lambda *_args: None)
    assert "reminder" in give_back_during_a_tick(activity, reminded)


def test_nobody_waits_for_a_tick_to_take_a_free_seat(
    activity: Activity, reminded: datetime
) -> None:
    (newcomer,) = make_residents(1)
    with transaction.atomic():
        plan_reminders(reminded)
        assert meanwhile(partial(enter, activity, newcomer)).done()
