"""What becomes of the 4:30 school on a day that changes."""

from datetime import date, time, timedelta
from functools import partial

import pytest

from after_school.actions.missing import plan_missing
from after_school.actions.sessions import open_session
from after_school.actions.term_days import hold_makeup_day
from after_school.models import Session
from after_school.queries.terms import days_besides
from diedie_edu.activities.actions.changed_days import ChangedDay, DayPlan, change_day
from diedie_edu.activities.queries.changed_days import Choice, calendar_with, keys_of, planned_on
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY
from tests.conftest import NOW, SATURDAY
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
TUESDAY = TODAY + timedelta(days=1)


def change(by, day: date, kind: str, besides: dict[int, int] | None = None) -> ChangedDay:
    shown = keys_of(planned_on(day, kind, NOW), day)
    plan = DayPlan(day, kind, "国务院通知", shown, {}, besides or {})
    return change_day(plan=plan, by=by, now=NOW)


def told(kind: str) -> list[int]:
    rows = Notice.objects.filter(kind=f"after_school.{kind}", channel="inbox")
    return sorted(rows.values_list("recipient", flat=True))


@pytest.fixture
def tuesday(term, make_session) -> Session:
    make_session(term)
    return make_session(term, TUESDAY)


def test_a_day_off_calls_the_school_off_once_for_both_zones(tuesday, enrolment, mother, staff_user):
    [row] = planned_on(TUESDAY, "off", NOW)
    assert (len(row.occasions), row.choices) == (2, [Choice.CALL_OFF, Choice.KEEP])
    change(staff_user, TUESDAY, "off")
    assert told("not_today") == [mother.resident.pk]


def test_changed_back_the_school_is_held_again(tuesday, enrolment, mother, staff_user):
    change(staff_user, TUESDAY, "closed")
    assert change(staff_user, TUESDAY, "").held == 1
    assert told("held_after_all") == [mother.resident.pk]
    assert not tuesday.zone_days.filter(occasion__is_called_off=True).exists()


def test_a_make_up_saturday_is_offered_and_told_when_it_is_held(
    tuesday, term, enrolment, enrol_child, make_child, make_user, make_volunteer, mother, staff_user
):
    father = make_user(display_name="陈刚")
    enrol_child(make_child(guardian=father), weekdays=[3])
    helper = make_volunteer()
    Duty.at(tuesday.zone_days.first().occasion, helper, Duty.Work.TUTOR).save()
    [offered] = days_besides(SATURDAY, calendar_with(SATURDAY, "working"), NOW)
    assert (offered.activity, [value for value, _label in offered.timetables]) == (
        term.pk,
        [1, 2, 3, 4, 5],
    )
    assert not days_besides(SATURDAY, calendar_with(SATURDAY, ""), NOW)
    done = change(staff_user, SATURDAY, "working", {term.pk: 2})
    assert (done.added, done.told) == (1, 2)
    assert Session.objects.get(day=SATURDAY).weekday == 2
    assert told("make_up_day") == [mother.resident.pk]
    assert told("make_up_for_volunteers") == [helper.resident_id]


def test_nobody_is_missing_on_a_make_up_day_before_having_been_told(
    term, enrolment, staff_user, make_session
):
    change(staff_user, SATURDAY, "working")
    hold = partial(hold_makeup_day, term=term, day=SATURDAY, weekday=1, by=staff_user)
    late = moment(SATURDAY, time(16, 30)) - timedelta(hours=23)
    assert code_of(lambda: hold(now=late)) == "late"
    hold(now=NOW)
    assert told("make_up_day")
    session = Session.objects.get(day=SATURDAY)
    open_session(session=session, by=staff_user, now=session.starts_at)
    assert plan_missing(moment(SATURDAY, time(16, 50))) == 1


def test_of_a_draft_nothing_is_told(make_term, staff_user):
    term = make_term(state="draft")
    assert change(staff_user, SATURDAY, "working", {term.pk: 1}).told == 0
    assert term.sessions.get().day == SATURDAY
