"""A day that is called off with children inside is not an empty day; and it can be taken back."""

from datetime import time, timedelta
from functools import partial

import pytest
from django.urls import reverse

from after_school.actions.handing_over import hand_over
from after_school.actions.missing import plan_missing
from after_school.actions.presence import let_in
from after_school.actions.sessions import close_session, open_session
from after_school.actions.term_days import call_off_session, hold_session_again
from after_school.models import Collector, Presence, Session, SessionEvent
from after_school.queries.desk import figures, problems
from after_school.queries.sessions import Stand, is_on_duty, register_of
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Clearance
from diedie_edu.volunteering.actions.hours import confirm_hours, sign_in, sign_out
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY, of
from tests.conftest import NOW
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
AT_FIVE = moment(TODAY, time(17))


@pytest.fixture
def off(session, presence, staff_user):
    """Call today off at five, one child inside."""
    return partial(call_off_session, session=session, reason="停电", by=staff_user, now=AT_FIVE)


@pytest.fixture
def again(session, staff_user):
    later = AT_FIVE + timedelta(minutes=10)
    return partial(hold_session_again, session=session, by=staff_user, now=later)


@pytest.fixture
def carer(session, make_volunteer):
    """On duty today in the first zone, by an account of their own."""
    occasion = Occasion.objects.filter(zone_day__session=session).order_by("pk").first()
    duty = Duty.at(occasion, make_volunteer(), Duty.Work.CARER)
    duty.save()
    return duty


def told(kind: str) -> dict[int, dict]:
    rows = Notice.objects.filter(kind=f"after_school.{kind}", channel="inbox")
    return {row.recipient_id or row.account_id: row.data for row in rows}


def stands(session: Session) -> list[Stand]:
    return sorted(line.stand for line in register_of(session, AT_FIVE))


# --- Who is told -----------------------------------------------------------------------


def test_a_guardian_of_three_hears_once_of_each(
    off, mother, enrol_child, make_child, homework, session, staff_user
):
    others = [enrol_child(make_child()), enrol_child(make_child())]
    let_in(
        session=session,
        enrolment=others[0],
        zone=homework,
        by=staff_user,
        now=NOW + timedelta(hours=6),
    )
    off()
    own = mother.resident.pk
    assert told("come_now")[own]["number"] == 2
    assert told("not_today")[own]["number"] == 1
    assert Notice.objects.filter(channel="sms", recipient=own).count() == 2
    assert told("come_now")[own]["reason"] == "停电"


def test_who_does_not_come_that_day_hears_nothing(off, make_user, make_child, enrol_child):
    father = make_user(display_name="陈刚")
    enrol_child(make_child(guardian=father), weekdays=[3])
    off()
    assert father.resident.pk not in told("not_today")


def test_staff_and_whoever_is_on_duty_hear_that_children_are_inside(off, carer, staff_user):
    off()
    assert told("called_off_with_children")[staff_user.pk]["number"] == 1
    assert set(told("please_stay")) == {carer.volunteer.resident_id}


def test_of_an_empty_afternoon_no_adult_is_asked_to_stay(planned, enrolment, staff_user):
    call_off_session(session=planned, reason="停电", by=staff_user, now=NOW)
    assert not told("called_off_with_children")
    assert not told("come_now")
    assert [row["number"] for row in told("not_today").values()] == [1]


# --- The afternoon goes on for those inside --------------------------------------------


def test_the_register_keeps_who_is_inside_and_nobody_is_missing(
    off, session, enrol_child, make_child
):
    enrol_child(make_child())
    off()
    assert stands(session) == [Stand.INSIDE, Stand.OFF]
    assert plan_missing(AT_FIVE) == 0


def test_the_desk_says_it_in_red_until_the_last_has_gone(off, session, presence, staff_user):
    off()
    assert [row.number for row in figures(staff_user, AT_FIVE)] == [1]
    first = next(problems(staff_user, AT_FIVE))
    assert (first.place, first.tone) == (1, "brick")
    mother = Collector.objects.get(guardian__isnull=False)
    hand_over(**of(presence), collector=mother, how="known", by=staff_user, now=AT_FIVE)
    assert next(problems(staff_user, AT_FIVE)).tone != "brick"
    close_session(session=session, by=staff_user, now=AT_FIVE)
    assert not [row for row in problems(staff_user, AT_FIVE) if row.tone == "brick"]


def test_who_is_on_duty_keeps_the_register_until_it_is_closed(
    off, session, carer, make_user, presence, staff_user
):
    account = make_user()
    account.resident.delete()
    carer.volunteer.resident.account = account
    carer.volunteer.resident.save()
    off()
    assert is_on_duty(account, session)
    Session.objects.filter(pk=session.pk).update(state="open")
    mother = Collector.objects.get(guardian__isnull=False)
    hand_over(**of(presence), collector=mother, how="known", by=staff_user, now=AT_FIVE)
    close_session(session=session, by=staff_user, now=AT_FIVE)
    assert not is_on_duty(account, session)


def test_a_child_that_comes_all_the_same_is_let_in_and_its_guardian_hears(
    planned, enrolment, homework, staff_user, mother
):
    call_off_session(session=planned, reason="停电", by=staff_user, now=NOW)
    open_session(session=planned, by=staff_user, now=AT_FIVE)
    let_in(session=planned, enrolment=enrolment, zone=homework, by=staff_user, now=AT_FIVE)
    assert Presence.objects.get().is_inside
    assert told("come_now")[mother.resident.pk]["number"] == 1


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


def test_duties_come_back_where_people_still_can(off, again, carer, make_lecture, make_volunteer):
    staying = Duty.at(Occasion.objects.order_by("pk").first(), make_volunteer(), "tutor")
    staying.save()
    uncleared = Duty.at(staying.occasion, make_volunteer(), "tutor")
    uncleared.save()
    off()
    elsewhere = make_lecture(TODAY, time(17, 30)).occasions.get()
    Duty.at(elsewhere, carer.volunteer, Duty.Work.HELPER).save()
    Clearance.objects.filter(volunteer=uncleared.volunteer).delete()
    again()
    held = Duty.objects.filter(pk__in=[carer.pk, staying.pk, uncleared.pk]).order_by("pk")
    assert [row.volunteer_id for row in held] == [None, staying.volunteer_id, None]
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


# --- Pages -----------------------------------------------------------------------------


def test_staff_call_off_and_take_back_on_pages(
    as_user, staff_user, session, presence, frozen, mother
):
    frozen(AT_FIVE)
    page = as_user(staff_user)
    address = reverse("after_school:session_call_off", args=[session.pk])
    assert page.get(address).context["inside"] == 1
    answer = page.post(address, {"reason": "停电"}, follow=True)
    assert answer.redirect_chain[0][0] == reverse("after_school:session", args=[session.pk])
    assert presence.child.full_name in answer.text
    own = as_user(mother).get(reverse("after_school:child", args=[presence.child_id]))
    assert "孩子在我们这里" in own.text
    today = page.get(reverse("after_school:today"))
    assert today.url == reverse("after_school:session", args=[session.pk])
    page.post(reverse("after_school:session_hold_again", args=[session.pk]))
    assert not Occasion.objects.filter(is_called_off=True).exists()


def test_the_way_to_a_day_that_is_called_off_stays_open_for_a_child_who_comes(
    as_user, staff_user, planned, enrolment, frozen
):
    call_off_session(session=planned, reason="停电", by=staff_user, now=NOW)
    frozen(AT_FIVE)
    page = as_user(staff_user)
    address = reverse("after_school:session", args=[planned.pk])
    assert address in page.get(reverse("after_school:today")).text
    assert reverse("after_school:session_open", args=[planned.pk]) in page.get(address).text
