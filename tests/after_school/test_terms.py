"""Planning a term: its days by the calendar, in a constant number of statements."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from after_school.actions.breaks import add_break
from after_school.actions.term_days import call_off_session, hold_makeup_day
from after_school.actions.terms import TermPlan, ZonePlan, announce_term, plan_term
from after_school.models import Session, Term, ZoneDay
from after_school.queries.terms import makeup_days, planned_days, sessions_of
from after_school.rules.terms import DayState, TermDays, preview
from diedie_edu.activities.actions.days import close_day
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.venues.models import Booking, Venue
from diedie_edu.venues.queries.special_days import calendar
from diedie_edu.venues.rules.availability import Occupancy
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
ROOM = Venue(pk=1, title_zh="图书室", places=20)
TIMES = {"starts_at": 17, "ends_at": 18}
YEAR = TermDays(date(2026, 1, 1), date(2026, 12, 31), time(16, 30), time(19, 0))


def test_a_year_has_242_session_days_and_six_to_be_confirmed() -> None:
    states = [row.state for row in preview(YEAR, Occupancy(Calendar()), [ROOM])]
    assert states.count(DayState.HELD) == 242
    assert states.count(DayState.MAKE_UP) == 6
    assert states.count(DayState.HOLIDAY) == 19


def test_breaks_closed_days_and_taken_rooms_are_left_out() -> None:
    monday = date(2026, 11, 23)
    term = TermDays(monday, date(2026, 11, 27), time(16, 30), time(19), breaks=[(monday, monday)])
    closed = Calendar({date(2026, 11, 24): "closed"})
    wednesday = {day: moment(date(2026, 11, 25), time(hour)) for day, hour in TIMES.items()}
    taken = Booking(venue=ROOM, purpose="合唱", **wednesday)
    rows = preview(term, Occupancy(closed, bookings=[taken]), [ROOM])
    assert "合唱" in str(rows[2].reason)
    assert [row.state for row in rows] == ["break", "closed", "taken", "held", "held"]


@pytest.fixture
def make_plan(make_venue, school):
    def make(first: date = TODAY, weeks: int = 1, **fields) -> TermPlan:
        days = TermDays(
            first, first + timedelta(days=7 * weeks - 1), time(16, 30), time(19, 0), **fields
        )
        zones = [ZonePlan(kind, make_venue(), 20, 2, 10) for kind in ("homework", "activities")]
        return TermPlan("秋季学期", days, zones, NOW)

    return make


def keys(plan: TermPlan) -> list[str]:
    rows = planned_days(plan.days, plan.venues)
    return [row.key for row in rows if row.is_held]


def plan(plan: TermPlan, user) -> Term:
    return plan_term(plan=plan, kept=keys(plan), breaks=[], by=user, now=NOW)


def test_a_term_has_its_days_zones_and_slots(make_plan, staff_user) -> None:
    term = plan(make_plan(weeks=2), staff_user)
    assert (term.sessions.count(), term.occasions.count(), term.capacity) == (10, 20, 40)
    assert Duty.objects.filter(occasion__activity=term, volunteer=None).count() == 40
    assert set(Duty.objects.values_list("work", flat=True)) == {"tutor", "carer"}
    assert term.state == Activity.State.DRAFT
    assert ZoneDay.objects.count() == 20


def test_a_longer_term_takes_as_many_statements(make_plan, staff_user) -> None:
    def statements(weeks: int, first: date) -> int:
        made = make_plan(first, weeks)
        kept = keys(made)
        with CaptureQueriesContext(connection) as found:
            plan_term(plan=made, kept=kept, breaks=[], by=staff_user, now=NOW)
        return len(found)

    first = statements(1, TODAY)
    assert statements(3, TODAY) == first
    assert statements(52, TODAY) == first


def test_what_was_not_shown_is_not_saved(make_plan, staff_user, make_lecture) -> None:
    made = make_plan()
    kept = keys(made)
    make_lecture(TODAY + timedelta(days=1), time(18, 0), venue=made.zones[0].venue)
    save = lambda: plan_term(plan=made, kept=kept, breaks=[], by=staff_user, now=NOW)  # noqa: E731
    assert code_of(save) == "changed"
    assert not Term.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (TODAY, TODAY - timedelta(days=1), "ends_early"),
        (TODAY, TODAY + timedelta(days=400), "long"),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), "past"),
    ],
)
def test_a_term_that_cannot_be_is_refused(make_plan, staff_user, first, last, code) -> None:
    made = make_plan()
    days = TermDays(first, last, time(16, 30), time(19, 0))
    wrong = TermPlan(made.title, days, made.zones, NOW)
    call = lambda: plan_term(plan=wrong, kept=[], breaks=[], by=staff_user, now=NOW)  # noqa: E731
    assert code_of(call) == code


def test_more_children_than_places_in_the_room_are_refused(make_plan, staff_user) -> None:
    made = make_plan()
    made.zones[0].venue.places = 19
    assert code_of(lambda: plan(made, staff_user)) == "too_many_places"


def test_a_term_is_announced_while_a_day_lies_ahead(make_term, make_session, staff_user) -> None:
    term = make_term(state="draft")
    announce = lambda: announce_term(term=term, by=staff_user, now=NOW)  # noqa: E731
    assert code_of(announce) == "no_days"
    make_session(term)
    announce()
    term.refresh_from_db()
    assert term.state == Activity.State.PUBLISHED


def test_a_make_up_saturday_is_offered_and_held_by_a_timetable(make_term, staff_user) -> None:
    term = make_term(first_day=date(2026, 1, 1), last_day=date(2026, 12, 31))
    now = moment(date(2026, 9, 1))
    offered = [row.day for row in makeup_days(term, now)]
    assert offered == [date(2026, 9, 20), date(2026, 10, 10)]
    day = {"term": term, "day": offered[0], "weekday": 3, "by": staff_user, "now": now}
    hold_makeup_day(**day)
    session = term.sessions.get()
    assert (session.weekday, session.zone_days.count()) == (3, 2)
    assert code_of(lambda: hold_makeup_day(**day)) == "not_offered"


def told(kind: str) -> int:
    return Notice.objects.filter(kind=kind, channel="inbox").count()


def test_a_day_called_off_tells_each_guardian_once(session, enrolment, staff_user) -> None:
    call_off_session(session=session, reason="停电", by=staff_user, now=NOW)
    assert told("after_school.not_today") == 1
    assert not Occasion.objects.filter(is_called_off=False).exists()
    again = lambda: call_off_session(session=session, reason="", by=staff_user, now=NOW)  # noqa: E731
    assert code_of(again) == "over"


def test_a_typhoon_closes_both_zones_and_tells_once(
    session, enrolment, make_volunteer, staff_user, term, make_session
) -> None:
    make_session(term, TODAY + timedelta(days=1))
    for occasion in term.occasions.filter(starts_at__date=TODAY):
        Duty.at(occasion, make_volunteer(), Duty.Work.CARER).save()
    done = close_day(day=TODAY, reason="台风", by=staff_user, now=NOW)
    assert (done.called_off, done.told) == (2, 3)
    assert (told("activities.called_off"), told("after_school.not_today")) == (2, 1)
    term.refresh_from_db()
    assert not term.is_called_off
    assert not sessions_of(term).get(day=TODAY).stands


def test_a_break_calls_its_days_off(term, make_session, staff_user) -> None:
    for number in (1, 2, 3):
        make_session(term, TODAY + timedelta(days=number))
    first, last = TODAY + timedelta(days=2), TODAY + timedelta(days=9)
    off = add_break(term=term, title="秋假", first_day=first, last_day=last, by=staff_user, now=NOW)
    assert off.days == 2
    assert [row.stands for row in sessions_of(term)] == [True, False, False]
    assert term.breaks.get().title == "秋假"


def test_a_session_that_has_begun_stays_open_when_the_day_is_closed(presence, staff_user) -> None:
    close_day(day=TODAY, reason="台风", by=staff_user, now=NOW)
    assert Session.objects.get().is_open
    assert calendar().is_closed(TODAY)
