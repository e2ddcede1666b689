"""Letting in, zones, notes and corrections: every tap may come twice."""

from datetime import time, timedelta

import pytest

from after_school.actions.corrections import take_back_arrival
from after_school.actions.notes import write_note
from after_school.actions.presence import (
    change_zone,
    let_in,
    note_call,
)
from after_school.models import Note, Presence, PresenceEvent
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def come(session, enrolment, homework, staff_user):
    def come(**fields):
        given = {"zone": homework, "by": staff_user, "now": NOW} | fields
        return let_in(session=session, enrolment=enrolment, **given)

    return come


def log() -> list[str]:
    return list(PresenceEvent.objects.values_list("what", flat=True))


def test_a_child_is_let_in_once_however_often_it_is_tapped(come, activities, homework):
    first = come()
    come(zone=activities, now=NOW + timedelta(minutes=1))
    presence = Presence.objects.get()
    assert presence == first
    assert presence.zone == homework
    assert presence.arrived_at == NOW
    assert log() == ["arrived"]


def test_nobody_is_let_in_before_the_session_is_open(come, session):
    session.__class__.objects.update(state="planned", opened_at=None, opened_by=None)
    assert code_of(come) == "planned"
    assert not Presence.objects.exists()


def test_what_is_typed_in_afterwards_happened_on_the_day(come):
    assert code_of(lambda: come(at=NOW + timedelta(minutes=1))) == "time"
    assert code_of(lambda: come(at=NOW - timedelta(days=1))) == "time"
    at, five = moment(TODAY, time(16, 40)), moment(TODAY, time(17, 0))
    assert come(at=at, now=five).arrived_at == at


def test_nobody_new_of_a_locked_child_is_let_in(come, child):
    child.consents.update(ended_at=NOW, ending="online")
    child.__class__.objects.filter(pk=child.pk).update(erase_due_on=TODAY)
    assert code_of(come) == "locked"


def test_a_change_of_zone_is_logged_once(presence, activities, staff_user):
    for _tap in range(2):
        change_zone(presence=presence, zone=activities, by=staff_user, now=NOW)
    assert Presence.objects.get().zone == activities
    assert log() == ["zone"]


def test_an_arrival_is_taken_back_with_a_reason_and_stays_in_the_log(come, staff_user):
    presence = come()
    back = {"presence": presence, "reason": "同名", "by": staff_user, "now": NOW}
    take_back_arrival(seen=NOW, **back)
    assert Presence.objects.get().arrived_at is None
    assert log() == ["arrived", "unarrived"]
    assert PresenceEvent.objects.last().detail == "同名"


def test_a_stale_page_takes_no_later_arrival_back(come, staff_user):
    back = {"presence": come(), "reason": "同名", "by": staff_user, "now": NOW}
    take_back_arrival(seen=NOW, **back)
    come(now=NOW + timedelta(minutes=5))
    take_back_arrival(seen=NOW, **back)
    assert Presence.objects.get().is_inside


def test_a_note_is_written_once_and_only_those_who_see_notes_are_told(presence, child, staff_user):
    note = {"presence": presence, "kind": "homework", "by": staff_user, "now": NOW}
    write_note(text="作业已完成", **note)
    write_note(text="作业已完成", **note)
    assert Note.objects.get().text == "作业已完成"
    assert Notice.objects.filter(kind="after_school.note", channel="inbox").count() == 1
    child.guardian_rights.update(sees_notes=False)
    write_note(text="带好水杯", **note)
    assert Notice.objects.filter(kind="after_school.note", channel="inbox").count() == 1


def test_no_note_is_written_of_a_child_who_has_not_come(session, enrolment, staff_user):
    away = Presence.objects.create(
        session=session, enrolment=enrolment, term=session.term, child=enrolment.child
    )
    note = {"kind": "homework", "text": "x", "by": staff_user, "now": NOW}
    assert code_of(lambda: write_note(presence=away, **note)) == "not_here"


def test_a_call_is_noted_once_a_minute(presence, staff_user):
    call = {"presence": presence, "whom": "李梅", "outcome": "无人接听", "by": staff_user}
    for later in (0, 20, 90):
        note_call(now=NOW + timedelta(seconds=later), **call)
    assert log() == ["called", "called"]
