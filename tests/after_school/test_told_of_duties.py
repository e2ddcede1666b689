"""Who is put on duty or taken off it by somebody else hears of it, in one message."""

from datetime import timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions.reminders import plan_reminders
from diedie_edu.activities.models import ReminderTime
from diedie_edu.notices.models import Notice
from diedie_edu.volunteering.actions.roster import (
    assign_slot,
    free_slot,
    give_back_slot,
    take_slot,
)
from diedie_edu.volunteering.models import Duty
from tests.support.afternoons import at

pytestmark = pytest.mark.django_db
TEN = at(10)


@pytest.fixture
def slot(session) -> Duty:
    duty = Duty.at(session.zone_days.first().occasion, None, Duty.Work.CARER)
    duty.save()
    return duty


def told(code: str) -> list[Notice]:
    rows = Notice.objects.filter(kind=f"volunteering.{code}", channel="sms", status="queued")
    return list(rows)


def test_who_is_assigned_by_staff_hears_it(slot, make_volunteer, staff_user):
    helper = make_volunteer()
    for _tap in range(2):
        assign_slot(duty=slot, volunteer=helper, by=staff_user, now=TEN)
    [message] = told("assigned")
    assert message.recipient == helper.resident
    assert message.expires_at == slot.ends_at


def test_who_takes_a_slot_or_gives_it_back_knows_it(slot, make_volunteer):
    user = User.objects.create(phone="13812340000", display_name="志愿者")
    helper = make_volunteer(account=user)
    take_slot(occasion=slot.occasion, volunteer=helper, by=None, now=TEN)
    give_back_slot(duty=Duty.objects.get(pk=slot.pk), by=user, now=TEN)
    assert not told("assigned")
    assert not told("freed")


def test_who_is_exchanged_hears_it_and_so_does_the_other(slot, make_volunteer, staff_user):
    first, second = make_volunteer(), make_volunteer()
    assign_slot(duty=slot, volunteer=first, by=staff_user, now=TEN)
    free_slot(duty=Duty.objects.get(pk=slot.pk), by=staff_user, now=TEN)
    assign_slot(duty=slot, volunteer=second, by=staff_user, now=TEN + timedelta(minutes=1))
    assert [row.recipient for row in told("freed")] == [first.resident]
    assert [row.recipient for row in told("assigned")] == [second.resident]


def test_an_assignment_of_the_same_day_is_one_text_and_no_reminder(
    slot, make_volunteer, staff_user, school
):
    told_when = {"programme": school, "audience": "on_duty", "channels": ["inbox", "sms"]}
    ReminderTime.objects.create(days_before=1, at_time="18:00", **told_when)
    assign_slot(duty=slot, volunteer=make_volunteer(), by=staff_user, now=TEN)
    plan_reminders(at(10, 5))
    assert len(told("assigned")) == 1
    assert not told("duty_reminder")


def test_who_was_assigned_before_is_reminded(slot, make_volunteer, staff_user, school):
    told_when = {"programme": school, "audience": "on_duty", "channels": ["inbox", "sms"]}
    ReminderTime.objects.create(days_before=1, at_time="18:00", **told_when)
    early = TEN - timedelta(days=2)
    assign_slot(duty=slot, volunteer=make_volunteer(), by=staff_user, now=early)
    plan_reminders(at(10, 5))
    assert len(told("duty_reminder")) == 1
