"""A term that is changed after it was planned: its days ahead, rooms and duties follow."""

from dataclasses import replace
from datetime import time, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from after_school.actions.changing_terms import (
    ChangedTerm,
    TermChange,
    change_term,
    delete_draft,
    preview_change,
)
from after_school.models import Session, Term
from after_school.queries.terms import term_days
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import local, moment
from diedie_edu.notices.models import Notice
from diedie_edu.venues.models import Booking
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.refusals import code_of, guard_that_stops

pytestmark = pytest.mark.django_db
TUESDAY = TODAY + timedelta(days=1)
FRIDAY = TODAY + timedelta(days=4)


def as_it_is(term: Term) -> TermChange:
    term = Term.objects.get(pk=term.pk)
    venues = {zone.kind: zone.venue for zone in term.zones.select_related("venue")}
    return TermChange(term.title, replace(term_days(term), breaks=()), venues)


def change(term: Term, by, now=NOW, reason="提前放假", **days) -> ChangedTerm:
    was = as_it_is(term)
    wanted = replace(was, days=replace(was.days, **days))
    return change_term(term=term, change=wanted, reason=reason, by=by, now=now)


def told(kind: str) -> list[int]:
    rows = Notice.objects.filter(kind=f"after_school.{kind}", channel="inbox")
    return sorted(rows.values_list("recipient", flat=True))


def clocks(term: Term) -> set[tuple[str, str]]:
    rows = Occasion.objects.filter(activity=term).values_list("starts_at", "ends_at")
    return {(f"{local(first):%H:%M}", f"{local(last):%H:%M}") for first, last in rows}


# --- Times and rooms -------------------------------------------------------------------


def test_new_times_move_the_days_ahead_with_rooms_and_duties(
    week, duty, enrol_in, mother, staff_user
):
    enrol_in(week)
    done = change(week, staff_user, starts=time(16), ends=time(18, 30))
    assert (done.moved, done.added, done.called_off, done.told) == (5, 0, 0, 2)
    assert clocks(week) == {("16:00", "18:30")}
    duty.refresh_from_db()
    assert duty.starts_at == moment(TUESDAY, time(16))
    assert Session.objects.get(day=TUESDAY).starts_at == duty.starts_at
    assert told("term_changed") == [mother.resident.pk]
    assert told("duties_changed") == [duty.volunteer.resident_id]


def test_what_lies_behind_and_todays_open_afternoon_stay(week, staff_user):
    tuesday = moment(TUESDAY, time(10))
    later = change(week, staff_user, now=tuesday, starts=time(16))
    assert later.moved == 4
    monday = Occasion.objects.filter(zone_day__session__day=TODAY)
    assert Session.objects.get(day=TODAY).starts_at == moment(TODAY, time(16, 30))
    assert {row.starts_at for row in monday} == {moment(TODAY, time(16, 30))}
    at_five = moment(TUESDAY, time(17))
    assert code_of(partial(change, week, staff_user, now=at_five, starts=time(15))) == "today"


def test_two_zones_swap_their_rooms(week, staff_user):
    was = as_it_is(week)
    first, second = was.venues.values()
    swapped = dict(zip(was.venues, (second, first), strict=True))
    wanted = replace(was, venues=swapped)
    assert change_term(term=week, change=wanted, reason="", by=staff_user, now=NOW).moved == 5
    assert {zone.kind: zone.venue for zone in week.zones.all()} == swapped
    stands = Occasion.objects.values_list("zone_day__zone__kind", "venue").distinct()
    assert dict(stands) == {kind: venue.pk for kind, venue in swapped.items()}


def test_a_room_that_is_taken_is_named_and_nothing_changes(week, staff_user, make_lecture):
    room = week.zones.first().venue
    make_lecture(TUESDAY, time(14, 30), venue=room)
    assert code_of(partial(change, week, staff_user, starts=time(15))) == "venue_taken"
    assert clocks(week) == {("16:30", "19:00")}


def test_who_is_on_duty_elsewhere_at_the_new_time_is_named(week, duty, staff_user, make_lecture):
    elsewhere = make_lecture(TUESDAY, time(14)).occasions.get()
    Duty.at(elsewhere, duty.volunteer, Duty.Work.HELPER).save()
    assert code_of(partial(change, week, staff_user, starts=time(15))) == "booked"


def test_a_smaller_room_than_the_zone_has_places_is_refused(week, staff_user, make_venue):
    was = as_it_is(week)
    small = {kind: make_venue(places=19) for kind in was.venues}
    wanted = replace(was, venues=small)
    call = partial(change_term, term=week, change=wanted, reason="", by=staff_user, now=NOW)
    assert code_of(call) == "too_many_places"


def test_a_day_ends_after_it_begins(week):
    backwards = lambda: Session.objects.filter(day=TUESDAY).update(ends=time(16))  # noqa: E731
    assert guard_that_stops(backwards) == "session_ends_after_it_begins"


# --- Longer and shorter ----------------------------------------------------------------


def test_a_longer_term_has_new_days_with_slots(week, staff_user):
    done = change(week, staff_user, last_day=FRIDAY + timedelta(days=7))
    assert (done.added, week.sessions.count()) == (5, 10)
    week.refresh_from_db()
    assert local(week.sign_up_closes_at).date() == week.last_day


def test_a_day_left_out_within_the_term_stays_left_out(week, staff_user):
    Occasion.objects.filter(zone_day__session__day=TUESDAY).delete()
    Session.objects.filter(day=TUESDAY).delete()
    assert change(week, staff_user, last_day=FRIDAY + timedelta(days=7)).added == 5


def test_a_shorter_term_calls_days_off_and_tells(week, duty, enrol_in, mother, staff_user):
    enrol_in(week)
    done = change(week, staff_user, last_day=TODAY)
    assert (done.called_off, week.sessions.count()) == (4, 5)
    assert told("not_these_days") == [mother.resident.pk]
    duty.refresh_from_db()
    assert duty.is_off


def test_days_of_a_draft_go_without_a_word(week, staff_user):
    Term.objects.filter(pk=week.pk).update(state="draft")
    assert change(week, staff_user, last_day=TODAY).told == 0
    assert (week.sessions.count(), Booking.objects.count()) == (1, 2)


def test_a_term_that_has_begun_keeps_its_first_day(week, staff_user):
    Session.objects.filter(day=TODAY).update(state="open", opened_at=NOW, opened_by=staff_user)
    assert code_of(partial(change, week, staff_user, first_day=TUESDAY)) == "begun"


def test_a_longer_term_takes_as_many_statements(make_term, make_session, staff_user):
    def statements(weeks: int) -> int:
        first = TODAY + timedelta(days=70 * weeks)
        term = make_term(first_day=first, last_day=first + timedelta(days=7 * weeks))
        for number in range(weeks):
            make_session(term, first + timedelta(days=7 * number))
        with CaptureQueriesContext(connection) as found:
            change(term, staff_user, starts=time(16))
        return len(found)

    assert statements(4) == statements(1)


def test_a_preview_writes_nothing(week, staff_user):
    was = as_it_is(week)
    wanted = replace(was, days=replace(was.days, starts=time(15)))
    done = preview_change(term=week, change=wanted, reason="", by=staff_user, now=NOW)
    assert done.moved == 5
    assert clocks(week) == {("16:30", "19:00")}


# --- A draft goes ----------------------------------------------------------------------


def test_a_draft_goes_with_its_days_rooms_and_slots(week, staff_user):
    Term.objects.filter(pk=week.pk).update(state="draft")
    Duty.at(week.occasions.first(), None, Duty.Work.TUTOR).save()
    delete_draft(term=week, by=staff_user, now=NOW)
    assert not Term.objects.exists()
    assert not Booking.objects.exists()
    assert not Duty.objects.exists()


def test_what_is_announced_enrolled_or_staffed_stays(week, duty, staff_user, enrol_in):
    delete = partial(delete_draft, term=week, by=staff_user, now=NOW)
    assert code_of(delete) == "announced"
    Term.objects.filter(pk=week.pk).update(state="draft")
    assert code_of(delete) == "on_duty"
    duty.delete()
    enrol_in(week)
    assert code_of(delete) == "used"
