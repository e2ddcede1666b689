"""Opening, closing and reopening an afternoon; children who are missing."""

from datetime import time, timedelta

import pytest
import time_machine

from after_school.actions import missing
from after_school.actions.presence import let_in
from after_school.actions.sessions import close_session, open_session, reopen_session
from after_school.models import Absence, Presence, Session, SessionEvent
from after_school.queries.alarms import guardians_not_reached
from after_school.queries.sessions import Stand, register_of
from diedie_edu.common.days import moment
from diedie_edu.notices import outbox
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.occasions import rebook
from tests.support.refusals import code_of, guard_that_stops

pytestmark = pytest.mark.django_db
LATE = moment(TODAY, time(16, 50))


@pytest.fixture
def planned(term, make_session) -> Session:
    return make_session(term)


def told(kind: str) -> int:
    return Notice.objects.filter(kind=f"after_school.{kind}", channel="inbox").count()


# --- Opening and closing ---------------------------------------------------------------


def test_an_afternoon_is_opened_from_an_hour_before(planned, staff_user):
    early, right = moment(TODAY, time(15, 29)), moment(TODAY, time(15, 30))
    open_at = lambda now: open_session(session=planned, by=staff_user, now=now)  # noqa: E731
    assert code_of(lambda: open_at(early)) == "early"
    open_at(right)
    open_at(LATE)
    assert Session.objects.get().opened_at == right
    assert SessionEvent.objects.count() == 1


def test_what_is_called_off_or_long_past_is_not_opened(planned, staff_user):
    days = lambda n: LATE + timedelta(days=n)  # noqa: E731
    open_at = lambda now: open_session(session=planned, by=staff_user, now=now)  # noqa: E731
    assert code_of(lambda: open_at(days(4))) == "late"
    rebook(is_off=True)
    assert code_of(lambda: open_at(days(1))) == "called_off"


def test_no_session_is_closed_while_a_child_is_inside(session, presence, staff_user):
    close = lambda: close_session(session=session, by=staff_user, now=LATE)  # noqa: E731
    assert code_of(close) == "inside"
    assert Session.objects.get().is_open


def test_closing_writes_down_who_did_not_come(
    session, enrolment, enrol_child, make_child, staff_user
):
    absent = enrol_child(make_child())
    Absence.objects.create(
        enrolment=absent, first_day=TODAY, last_day=TODAY, reported_by=staff_user, reported_at=NOW
    )
    for _tap in range(2):
        close_session(session=session, by=staff_user, now=moment(TODAY, time(19, 0)))
    assert [row.enrolment for row in Presence.objects.all()] == [enrolment]
    assert Presence.objects.get().is_expected
    assert [row.what for row in SessionEvent.objects.all()] == ["closed"]


def test_a_closed_afternoon_is_put_right_on_its_day_with_a_reason(session, staff_user):
    close_session(session=session, by=staff_user, now=LATE)
    again = {"session": session, "reason": "漏记一位", "by": staff_user}
    tomorrow = LATE + timedelta(days=1)
    assert code_of(lambda: reopen_session(now=tomorrow, **again)) == "other_day"
    reopen_session(now=LATE, **again)
    assert Session.objects.get().is_open
    assert SessionEvent.objects.last().reason == "漏记一位"


def test_the_log_of_a_session_is_only_added_to(session, staff_user):
    SessionEvent.objects.create(session=session, what="opened", by=staff_user, at=NOW)
    stays = "the_log_of_a_session_stays_as_it_was"
    assert guard_that_stops(lambda: SessionEvent.objects.update(at=LATE)) == stays
    unknown = {"what": "slept", "by": staff_user, "at": NOW}
    slept = lambda: SessionEvent.objects.create(session=session, **unknown)  # noqa: E731
    assert guard_that_stops(slept) == "session_event_is_known"
    reopened = {"what": "reopened", "by": staff_user, "at": NOW}
    unfounded = lambda: SessionEvent.objects.create(session=session, **reopened)  # noqa: E731
    assert guard_that_stops(unfounded) == "reopening_has_a_reason"


# --- Who is where ----------------------------------------------------------------------


def stands(session: Session, now=LATE) -> list[Stand]:
    return [line.stand for line in register_of(session, now)]


def test_a_child_is_to_come_then_missing_then_inside(session, enrolment, homework, staff_user):
    assert stands(session, moment(TODAY, time(16, 49))) == [Stand.TO_COME]
    assert stands(session) == [Stand.MISSING]
    let_in(session=session, enrolment=enrolment, zone=homework, by=staff_user, now=LATE)
    assert stands(session) == [Stand.INSIDE]


def test_an_absence_told_and_another_weekday_are_no_reason_to_look(
    session, enrolment, enrol_child, make_child, staff_user
):
    enrol_child(make_child(), weekdays=[3])
    day = {"first_day": TODAY, "last_day": TODAY}
    Absence.objects.create(enrolment=enrolment, reported_by=staff_user, reported_at=NOW, **day)
    assert sorted(stands(session)) == [Stand.ABSENT, Stand.FREE]


# --- Missing without notice ------------------------------------------------------------


def test_guardians_and_staff_are_told_once_of_a_child_who_has_not_come(session, enrolment):
    assert missing.plan_missing(moment(TODAY, time(16, 49))) == 0
    assert missing.plan_missing(LATE) == 1
    assert missing.plan_missing(LATE + timedelta(seconds=30)) == 0
    assert told("missing") == 1
    assert told("missing_for_staff") == 1


@pytest.mark.parametrize("is_reached", [True, False])
def test_the_register_says_where_no_message_reached_a_guardian(
    session, enrolment, mother, staff_user, is_reached
):
    if not is_reached:
        nobody = {"account": None, "phone": "", "phone_key": ""}
        Resident.objects.filter(account=mother).update(**nobody)
    missing.plan_missing(LATE)
    with time_machine.travel(LATE, tick=False):
        outbox.deliver()
    wanted = set() if is_reached else {enrolment.child_id}
    assert guardians_not_reached([enrolment.child], session, LATE) == wanted
    assert guardians_not_reached([], session, LATE) == set()


def test_nobody_is_told_of_what_is_closed_off_over_or_excused(planned, enrolment, staff_user):
    assert missing.plan_missing(LATE) == 0
    open_session(session=planned, by=staff_user, now=LATE)
    assert missing.plan_missing(moment(TODAY, time(19, 0))) == 0
    day = {"first_day": TODAY, "last_day": TODAY}
    absence = Absence.objects.create(
        enrolment=enrolment, reported_by=staff_user, reported_at=NOW, **day
    )
    assert missing.plan_missing(LATE) == 0
    absence.delete()
    rebook(is_off=True)
    assert missing.plan_missing(LATE) == 0


def test_all_is_well_once_the_child_comes(session, enrolment, homework, staff_user):
    missing.plan_missing(LATE)
    let_in(session=session, enrolment=enrolment, zone=homework, by=staff_user, now=LATE)
    assert told("found") == 2
    waiting = Notice.objects.filter(kind="after_school.missing", status="queued")
    assert not waiting.exists()
