"""Guardians who want it hear that their child has come: once, soon, and only they."""

from datetime import timedelta

import pytest
from django.urls import reverse

from after_school.actions import missing
from after_school.actions.corrections import take_back_arrival
from after_school.actions.presence import let_in
from after_school.models import GuardianRight
from diedie_edu.notices.models import Notice
from tests.support.afternoons import at, told
from tests.support.answers import bar

pytestmark = pytest.mark.django_db


@pytest.fixture
def come(session, enrolment, homework, staff_user):
    GuardianRight.objects.filter(place=1).update(hears_arrival=True)

    def come(now=at(16, 35), **fields):  # noqa: B008
        given = {"session": session, "enrolment": enrolment, "zone": homework, "by": staff_user}
        return let_in(**given | fields, now=now)

    return come


def test_who_wants_it_hears_that_the_child_arrived(come, mother, father):
    come()
    [message] = told("arrived")
    assert (message.recipient, message.data["time"]) == (mother.resident, "16:35")
    assert message.expires_at == at(17, 35)


def test_nobody_hears_it_who_did_not_ask(session, enrolment, homework, staff_user):
    let_in(session=session, enrolment=enrolment, zone=homework, by=staff_user, now=at(16, 35))
    assert not told("arrived")


def test_put_right_it_is_told_once(come, staff_user):
    presence = come()
    Notice.objects.filter(kind="after_school.arrived").update(status="sent", settled_at=at(16, 35))
    undone = {"presence": presence, "reason": "点错了", "by": staff_user}
    take_back_arrival(seen=presence.arrived_at, now=at(16, 36), **undone)
    come(now=at(16, 40))
    assert Notice.objects.filter(kind="after_school.arrived", channel="sms").count() == 1


def test_what_was_not_sent_yet_is_not_said_and_the_arrival_is(come, staff_user):
    presence = come()
    undone = {"presence": presence, "reason": "点错了", "by": staff_user}
    take_back_arrival(seen=presence.arrived_at, now=at(16, 36), **undone)
    assert not told("arrived")
    come(now=at(16, 40))
    assert [row.data["time"] for row in told("arrived")] == ["16:40"]


def test_what_was_written_on_paper_long_ago_is_no_news(come, session):
    come(now=at(18), at=at(16, 40))
    assert not told("arrived")


def test_yesterdays_paper_is_no_news(come, session):
    come(now=at(9) + timedelta(days=1), at=at(16, 40))
    assert not told("arrived")


def test_after_an_alarm_one_message_is_enough(come):
    missing.plan_missing(at(16, 50))
    come(now=at(16, 55))
    assert told("found")
    assert not told("arrived")


def test_who_is_barred_hears_nothing(come, child, staff_user):
    bar(child, staff_user)
    come()
    assert not told("arrived")


def test_the_guardian_switches_it_on_and_off(client, mother, enrolment):
    client.force_login(mother)
    address = reverse("after_school:arrival_switch", args=[enrolment.child_id])
    client.post(address, {"wants": "1"})
    assert GuardianRight.objects.get().hears_arrival
    page = client.get(reverse("after_school:child", args=[enrolment.child_id]))
    assert "孩子到校时您会收到消息" in page.content.decode()
    client.post(address, {"wants": ""})
    assert not GuardianRight.objects.get().hears_arrival
