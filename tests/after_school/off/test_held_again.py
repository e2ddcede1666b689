"""A day that was called off is held after all; and the hours served until then."""

from datetime import time, timedelta
from functools import partial

import pytest

from after_school.actions.hours import sign_in_on_duty
from after_school.actions.term_days import call_off_session
from after_school.models import SessionEvent
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Clearance
from diedie_edu.volunteering.actions.hours import confirm_hours, sign_in, sign_out
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY
from tests.after_school.off.conftest import AT_FIVE, told
from tests.conftest import NOW
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db


# --- Taking it back --------------------------------------------------------------------


def test_it_can_be_taken_back_and_everybody_hears(off, again, carer, session, mother):
    off()
    again()
    assert not Occasion.objects.filter(is_called_off=True).exists()
    assert told("held_after_all")[mother.resident.pk]["number"] == 1
    after_all = Notice.objects.filter(kind="activities.held_again", channel="inbox")
    assert [row.recipient_id for row in after_all] == [carer.volunteer.resident_id]
    assert not Notice.objects.filter(kind="after_school.come_now", status="queued").exists()
    assert [row.what for row in SessionEvent.objects.all()] == ["off", "on"]
    assert code_of(again) == "over"


def test_called_off_once_more_it_is_told_once_more(off, again, session, staff_user):
    off()
    again()
    later = AT_FIVE + timedelta(minutes=20)
    call_off_session(session=session, reason="停水", by=staff_user, now=later)
    assert Notice.objects.filter(kind="after_school.come_now", channel="inbox").count() == 2


def test_a_room_that_is_taken_meanwhile_is_named(off, again, homework, make_lecture):
    off()
    make_lecture(TODAY, time(17, 30), venue=homework.venue)
    assert code_of(again) == "venue_taken"
    assert Occasion.objects.filter(is_called_off=True).count() == 2


def test_duties_come_back_where_people_still_can(
    off, again, carer, make_lecture, make_volunteer, bar
):
    staying = Duty.at(Occasion.objects.order_by("pk").first(), make_volunteer(), "tutor")
    staying.save()
    uncleared = Duty.at(staying.occasion, make_volunteer(), "tutor")
    uncleared.save()
    barred = Duty.at(staying.occasion, make_volunteer(), "tutor")
    barred.save()
    off()
    elsewhere = make_lecture(TODAY, time(17, 30)).occasions.get()
    Duty.at(elsewhere, carer.volunteer, Duty.Work.HELPER).save()
    Clearance.objects.filter(volunteer=uncleared.volunteer).delete()
    bar(barred.volunteer)
    again()
    held = Duty.objects.filter(pk__in=[carer.pk, staying.pk, uncleared.pk, barred.pk]).order_by(
        "pk"
    )
    assert [row.volunteer_id for row in held] == [None, staying.volunteer_id, None, None]
    asked = Notice.objects.filter(kind="after_school.stand_in", channel="inbox")
    assert staying.volunteer.resident_id not in asked.values_list("recipient", flat=True)


# --- Hours -----------------------------------------------------------------------------


def test_hours_until_then_count(off, carer, staff_user):
    sign_in(duty=carer, opens_at=NOW, by=staff_user, now=moment(TODAY, time(16)))
    off()
    sign_out(duty=carer, by=staff_user, now=moment(TODAY, time(17, 30)))
    carer.refresh_from_db()
    assert carer.served_minutes == 90
    late = moment(TODAY, time(20))
    assert confirm_hours(served={carer.pk: 90}, by=staff_user, now=late) == 1


def test_without_having_come_there_are_no_hours(off, carer, staff_user):
    off()
    late = moment(TODAY, time(20))
    confirm = partial(confirm_hours, served={carer.pk: 90}, by=staff_user, now=late)
    assert code_of(confirm) == "called_off"


def test_who_comes_to_help_while_children_are_inside_signs_in_and_is_counted(
    off, carer, session, staff_user
):
    off()
    carer.refresh_from_db()
    assert sign_in_on_duty(duty=carer, by=staff_user, now=AT_FIVE).signed_in_at == AT_FIVE


def test_of_an_empty_day_that_is_off_nobody_signs_in(planned, make_volunteer, staff_user):
    occasion = Occasion.objects.filter(zone_day__session=planned).first()
    Duty.at(occasion, make_volunteer(), Duty.Work.CARER).save()
    call_off_session(session=planned, reason="停电", by=staff_user, now=NOW)
    duty = Duty.objects.get()
    call = partial(sign_in_on_duty, duty=duty, by=staff_user, now=AT_FIVE)
    assert code_of(call) == "called_off"
