"""Slots: taken, given back, assigned; standing in; clearances; hours."""

from datetime import time, timedelta

import pytest

from after_school.actions import short_staffed
from after_school.actions.hours import sign_in_on_duty
from after_school.models import StaffNeed, ZoneDay
from after_school.queries.roster import slots_free_for
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.people.actions import clearances
from diedie_edu.people.models import Clearance, Volunteer
from diedie_edu.volunteering.actions.hours import confirm_hours, sign_out
from diedie_edu.volunteering.actions.roster import (
    answer_stand_in,
    assign_slot,
    free_slot,
    give_back_slot,
    take_slot,
)
from diedie_edu.volunteering.models import Duty, StandIn
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.occasions import rebook
from tests.support.refusals import code_of, guard_that_stops

pytestmark = pytest.mark.django_db
FIVE, SEVEN = moment(TODAY, time(17, 0)), moment(TODAY, time(19, 0))


@pytest.fixture
def zones(session) -> list[Occasion]:
    """Today's two zones, each with one free slot."""
    found = list(Occasion.objects.filter(zone_day__session=session).order_by("zone_day__zone"))
    for occasion in found:
        Duty.at(occasion, None, Duty.Work.CARER).save()
    return found


@pytest.fixture
def take(staff_user):
    def take(occasion: Occasion, volunteer: Volunteer) -> Duty:
        return take_slot(occasion=occasion, volunteer=volunteer, by=staff_user, now=NOW)

    return take


# --- Taking ----------------------------------------------------------------------------


def test_a_slot_is_taken_once_however_often_it_is_tapped(zones, take, make_volunteer):
    person = make_volunteer()
    assert take(zones[0], person) == take(zones[0], person)
    assert zones[0].duties.filter(volunteer=person).count() == 1


def test_nobody_is_in_both_zones_at_once(zones, take, make_volunteer):
    person = make_volunteer()
    take(zones[0], person)
    assert code_of(lambda: take(zones[1], person)) == "booked"


def test_nobody_fills_two_slots_of_one_place(zones, take, make_volunteer, staff_user):
    person = make_volunteer()
    take(zones[0], person)
    Duty.at(zones[0], None, Duty.Work.CARER).save()
    free = zones[0].duties.get(volunteer=None)
    assign = lambda: assign_slot(duty=free, volunteer=person, by=staff_user, now=NOW)  # noqa: E731
    assert code_of(assign) == "booked"


def test_what_is_full_off_or_over_is_not_taken(zones, take, make_volunteer, staff_user):
    take(zones[0], make_volunteer())
    late = {"volunteer": make_volunteer(), "by": staff_user, "now": SEVEN}
    assert code_of(lambda: take(zones[0], make_volunteer())) == "taken"
    assert code_of(lambda: take_slot(occasion=zones[1], **late)) == "over"
    rebook(is_off=True)
    assert code_of(lambda: take(zones[1], make_volunteer())) == "called_off"


def test_the_list_of_free_slots_is_for_the_cleared_and_not_booked(zones, take, make_volunteer):
    person = make_volunteer()
    assert [row.free for row in slots_free_for(person, NOW)] == [1, 1]
    assert not slots_free_for(make_volunteer(cleared=False), NOW)
    take(zones[0], person)
    assert not slots_free_for(person, NOW)


# --- No adult without a live clearance: one test for each way in -------------------------


def test_the_action_lets_no_unchecked_adult_in(zones, take, make_volunteer, staff_user):
    unchecked = make_volunteer(cleared=False)
    assert code_of(lambda: take(zones[0], unchecked)) == "not_cleared"
    slot = zones[0].duties.get()
    assigned = lambda: assign_slot(  # noqa: E731
        duty=slot, volunteer=unchecked, by=staff_user, now=NOW
    )
    assert code_of(assigned) == "not_cleared"


def test_the_page_lets_no_unchecked_adult_in(zones, make_volunteer, staff_user, as_user):
    unchecked, slot = make_volunteer(cleared=False), zones[0].duties.get()
    page = f"/desk/school/duties/{slot.pk}/"
    assert f'value="{unchecked.pk}"' not in as_user(staff_user).get(page).content.decode()
    as_user(staff_user).post(page, {"volunteer": unchecked.pk})
    assert zones[0].duties.get().volunteer is None


def test_a_signed_link_lets_nobody_in_whose_check_has_ended(zones, make_volunteer):
    person = make_volunteer()
    asked = StandIn.objects.create(duty=zones[0].duties.get(), volunteer=person, asked_at=NOW)
    Clearance.objects.all().delete()
    yes = lambda: answer_stand_in(stand_in=asked, takes_it=True, now=NOW)  # noqa: E731
    assert code_of(yes) == "not_cleared"


def test_direct_sql_lets_no_unchecked_adult_in(zones, make_volunteer):
    unchecked = make_volunteer(cleared=False)
    fill = lambda: zones[0].duties.update(volunteer=unchecked)  # noqa: E731
    assert guard_that_stops(fill) == "duty_near_children_needs_a_live_clearance"


def test_the_admin_site_has_no_page_for_slots(staff_user, as_user):
    assert as_user(staff_user).get("/admin/volunteering/duty/add/").status_code == 404


# --- Can't come ------------------------------------------------------------------------


def asked() -> list[Notice]:
    return list(Notice.objects.filter(kind="after_school.stand_in", channel="inbox"))


def test_a_slot_given_back_is_free_and_those_who_could_take_it_are_asked(
    zones, take, make_volunteer
):
    gone, other = make_volunteer(), make_volunteer()
    make_volunteer(cleared=False)
    take(zones[1], make_volunteer())
    duty = take(zones[0], gone)
    for _tap in range(2):
        free_slot(duty=duty, by=None, now=NOW)
    assert zones[0].duties.get().volunteer is None
    assert [row.recipient for row in asked()] == [other.resident]


def test_the_first_yes_gets_the_slot_and_the_others_are_left_alone(zones, take, make_volunteer):
    first, second = make_volunteer(), make_volunteer()
    free_slot(duty=take(zones[0], make_volunteer()), by=None, now=NOW)
    rows = {row.volunteer_id: row for row in StandIn.objects.all()}
    answer_stand_in(stand_in=rows[first.pk], takes_it=True, now=NOW)
    late = lambda: answer_stand_in(  # noqa: E731
        stand_in=rows[second.pk], takes_it=True, now=NOW
    )
    assert code_of(late) == "taken"
    assert zones[0].duties.get().volunteer == first
    assert {row.status for row in asked()} == {"cancelled"}


def test_a_no_is_kept_and_a_served_duty_stays(zones, take, make_volunteer):
    duty = take(zones[0], make_volunteer())
    row = StandIn.objects.create(duty=duty, volunteer=make_volunteer(), asked_at=NOW)
    answer_stand_in(stand_in=row, takes_it=False, now=NOW)
    assert StandIn.objects.get().answer == "no"
    duty.signed_in_at = FIVE
    duty.save()
    assert code_of(lambda: free_slot(duty=duty, by=None, now=FIVE)) == "served"


def test_what_has_begun_is_freed_by_staff_alone(zones, take, make_volunteer, staff_user):
    gone = make_volunteer()
    duty = take(zones[0], gone)
    by = gone.resident.account
    assert code_of(lambda: give_back_slot(duty=duty, by=by, now=duty.starts_at)) == "begun"
    free_slot(duty=duty, by=staff_user, now=duty.starts_at)
    assert zones[0].duties.get().volunteer is None


def test_somebody_is_asked_once_for_a_slot_and_answers_once(zones, make_volunteer):
    given = {"duty": zones[0].duties.get(), "volunteer": make_volunteer(), "asked_at": NOW}
    StandIn.objects.create(**given)
    assert guard_that_stops(lambda: StandIn.objects.create(**given)) == "stand_in_asked_once"
    half = lambda: StandIn.objects.update(answer="yes")  # noqa: E731
    assert guard_that_stops(half) == "stand_in_answers_once"


def test_a_check_that_is_not_clear_frees_the_slots_ahead(zones, take, make_volunteer, staff_user):
    person = make_volunteer()
    take(zones[0], person)
    clearances.record_clearance(
        volunteer=person,
        result="not_clear",
        checked_on=TODAY,
        valid_until=TODAY,
        by=staff_user,
        now=NOW,
    )
    assert zones[0].duties.get().volunteer is None


# --- Too few ---------------------------------------------------------------------------


def test_those_who_run_the_school_hear_once_of_too_few_adults_while_it_takes_place(
    zones, term, staff_user
):
    for zone in term.zones.all():
        StaffNeed.objects.create(zone=zone, weekday=1, adults=1, children_per_adult=10)
    told = lambda: Notice.objects.filter(channel="inbox", kind="after_school.short_staffed").count()  # noqa: E731
    short_staffed.plan_short_staffed(NOW)
    short_staffed.plan_short_staffed(NOW + timedelta(minutes=1))
    assert told() == 2
    Notice.objects.all().delete()
    ZoneDay.objects.update(short_told=None)
    rebook(is_off=True)
    short_staffed.plan_short_staffed(NOW)
    assert told() == 0


# --- Hours -----------------------------------------------------------------------------


def test_hours_run_from_signing_in_to_signing_out(zones, take, make_volunteer, staff_user):
    duty, by = take(zones[0], make_volunteer()), {"by": staff_user}
    assert code_of(lambda: sign_in_on_duty(duty=duty, now=NOW, **by)) == "time"
    for later in (0, 5):
        sign_in_on_duty(duty=duty, now=FIVE + timedelta(minutes=later), **by)
    sign_out(duty=duty, now=SEVEN, **by)
    sign_out(duty=duty, now=SEVEN + timedelta(hours=1), **by)
    assert Duty.objects.get(pk=duty.pk).served_minutes == 120


def test_signing_out_late_changes_nothing_that_is_confirmed(
    zones, take, make_volunteer, staff_user
):
    duty = take(zones[0], make_volunteer())
    sign_in_on_duty(duty=duty, by=staff_user, now=FIVE)
    confirm_hours(served={duty.pk: 120}, by=staff_user, now=SEVEN)
    sign_out(duty=duty, by=staff_user, now=SEVEN + timedelta(hours=3))
    assert Duty.objects.get(pk=duty.pk).served_minutes == 120


def test_a_slip_of_the_finger_serves_no_minutes(zones, take, make_volunteer, staff_user):
    duty = take(zones[0], make_volunteer())
    for done in (sign_in_on_duty, sign_out):
        done(duty=duty, by=staff_user, now=FIVE)
    assert Duty.objects.get(pk=duty.pk).signed_out_at is None
