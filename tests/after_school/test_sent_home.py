"""A check that ends while somebody is on duty: signed out at once, and somebody stands in."""

from datetime import time, timedelta

import pytest
import time_machine

from after_school.actions.hours import sign_in_on_duty
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.people.actions import clearances
from diedie_edu.people.models import Clearance, Volunteer
from diedie_edu.volunteering.actions.hours import sign_out
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.refusals import check_at_once, guard_that_stops, run

pytestmark = pytest.mark.django_db
FIVE, SEVEN = moment(TODAY, time(17, 0)), moment(TODAY, time(19, 0))
MINUTE = timedelta(minutes=1)


@pytest.fixture
def zone(session) -> Occasion:
    return Occasion.objects.filter(zone_day__session=session).order_by("zone_day__zone").first()


@pytest.fixture
def duty(zone, make_volunteer, staff_user) -> Duty:
    """Somebody signed in at five."""
    person = make_volunteer(full_name="路人甲")
    Duty.at(zone, person, Duty.Work.CARER).save()
    check_at_once()
    return sign_in_on_duty(duty=Duty.objects.get(volunteer=person), by=staff_user, now=FIVE)


@pytest.fixture
def not_clear(staff_user):
    def record(person: Volunteer, now) -> None:
        days = {"checked_on": TODAY, "valid_until": TODAY}
        clearances.record_clearance(
            volunteer=person, result="not_clear", by=staff_user, now=now, **days
        )
        check_at_once()

    return record


def test_who_is_on_duty_is_signed_out_and_the_minutes_wait_for_approval(duty, not_clear, zone):
    not_clear(duty.volunteer, FIVE + 40 * MINUTE)
    served = Duty.objects.get(pk=duty.pk)
    assert (served.volunteer, served.served_minutes) == (duty.volunteer, 40)
    assert served.confirmed_at is None
    assert zone.duties.filter(volunteer=None).count() == 1


def test_somebody_else_is_asked_for_the_rest_of_the_afternoon(duty, not_clear, make_volunteer):
    other = make_volunteer()
    not_clear(duty.volunteer, FIVE + 40 * MINUTE)
    asked = Notice.objects.filter(kind="after_school.stand_in", channel="inbox")
    assert [row.recipient for row in asked] == [other.resident]


def test_a_sign_in_of_less_than_a_minute_is_taken_back(duty, not_clear, zone):
    not_clear(duty.volunteer, FIVE + timedelta(seconds=30))
    slot = zone.duties.get()
    assert (slot.pk, slot.volunteer, slot.signed_in_at) == (duty.pk, None, None)


def test_after_the_end_nobody_is_asked_to_stand_in(duty, not_clear, zone, make_volunteer):
    make_volunteer()
    not_clear(duty.volunteer, SEVEN)
    assert zone.duties.get().served_minutes == 120
    assert not Notice.objects.filter(kind="after_school.stand_in").exists()


def test_staff_hear_once_that_this_person_must_leave(duty, not_clear, staff_user):
    for later in (40, 41):
        not_clear(duty.volunteer, FIVE + later * MINUTE)
    told = (
        Notice.objects.filter(kind="after_school.must_leave")
        .exclude(channel="desk")
        .order_by("channel")
    )
    assert {row.account for row in told} == {staff_user}
    assert [row.channel for row in told] == ["inbox", "sms"]


def test_what_was_signed_out_before_is_left_as_it_is(duty, not_clear, zone, staff_user):
    sign_out(duty=duty, by=staff_user, now=FIVE + 30 * MINUTE)
    not_clear(duty.volunteer, FIVE + 40 * MINUTE)
    assert zone.duties.get().served_minutes == 30
    assert not Notice.objects.filter(kind="after_school.must_leave").exists()


def test_the_children_are_closed_to_who_was_sent_home(duty, not_clear, session, as_user, make_user):
    helper, page = make_user(), f"/desk/school/sessions/{session.pk}/"
    Volunteer.objects.filter(pk=duty.volunteer_id).update(resident=helper.resident)
    with time_machine.travel(FIVE, tick=False):
        assert as_user(helper).get(page).status_code == 200
        not_clear(duty.volunteer, FIVE + 40 * MINUTE)
        assert as_user(helper).get(page).status_code == 404


def test_a_lead_enters_the_check_in_the_admin_site(duty, make_user, as_user):
    lead = make_user(Role.BRANCH_LEAD)
    days = {"checked_on": f"{TODAY}", "valid_until": f"{TODAY}"}
    sent = {"volunteer": duty.volunteer_id, "result": "not_clear", **days}
    with time_machine.travel(FIVE + 40 * MINUTE, tick=False):
        assert as_user(lead).post("/admin/people/clearance/add/", sent).status_code == 302
        page = as_user(lead).get("/desk/school/clearances/").content.decode()
    assert Duty.objects.get(pk=duty.pk).served_minutes == 40
    assert "未通过" in page


# --- Straight in the database ------------------------------------------------------------

END_OF_CHECK = "UPDATE people_clearance SET valid_until = checked_on, result = 'not_clear'"


def test_a_check_does_not_end_under_somebody_who_is_inside(duty):
    stops = guard_that_stops(lambda: run(END_OF_CHECK))
    assert stops == "clearance_ends_after_its_duties_are_released"


def test_a_check_ends_once_its_duty_is_signed_out(duty):
    run("UPDATE volunteering_duty SET signed_out_at = %s WHERE id = %s", SEVEN, duty.pk)
    run(END_OF_CHECK)
    check_at_once()
    assert Clearance.objects.get().result == "not_clear"


def test_who_was_sent_home_does_not_come_back(duty, not_clear):
    not_clear(duty.volunteer, FIVE + 40 * MINUTE)
    back = "UPDATE volunteering_duty SET signed_out_at = NULL, served_minutes = NULL WHERE id = %s"
    stops = guard_that_stops(lambda: run(back, duty.pk))
    assert stops == "duty_near_children_needs_a_live_clearance"


def test_nobody_unchecked_is_written_down_as_having_served(zone, make_volunteer):
    unchecked = make_volunteer(cleared=False)
    served = Duty.at(zone, unchecked, Duty.Work.CARER)
    served.signed_in_at, served.signed_out_at, served.served_minutes = NOW, FIVE, 60
    assert guard_that_stops(served.save) == "duty_near_children_needs_a_live_clearance"
