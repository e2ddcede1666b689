"""A day that is called off with children inside is not an empty day; and it can be taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from after_school.actions.alarms import plan_still_here
from after_school.actions.handing_over import hand_over
from after_school.actions.missing import plan_missing
from after_school.actions.presence import let_in
from after_school.actions.sessions import close_session, open_session
from after_school.actions.term_days import call_off_session
from after_school.models import Collector, Presence, Session
from after_school.queries.bands import children_of
from after_school.queries.desk import figures
from after_school.queries.sessions import Stand, is_on_duty, register_of
from diedie_edu.activities.models import Occasion
from diedie_edu.notices.models import Notice
from tests.after_school.conftest import of
from tests.after_school.off.conftest import AT_FIVE, told
from tests.conftest import NOW
from tests.support.afternoons import desk_of

pytestmark = pytest.mark.django_db


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
    first = desk_of(staff_user, AT_FIVE)[0]
    assert (first.place, first.tone) == (1, "brick")
    mother = Collector.objects.get(guardian__isnull=False)
    hand_over(**of(presence), collector=mother, how="known", by=staff_user, now=AT_FIVE)
    assert desk_of(staff_user, AT_FIVE)[0].tone != "brick"
    close_session(session=session, by=staff_user, now=AT_FIVE)
    assert not [row for row in desk_of(staff_user, AT_FIVE) if row.tone == "brick"]


def test_who_is_on_duty_keeps_the_register_until_it_is_closed(
    off, session, carer, make_user, presence, staff_user
):
    account = make_user()
    account.resident.delete()
    carer.volunteer.resident.account = account
    carer.volunteer.resident.phone = account.phone
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


def test_who_is_not_collected_is_told_of_again_at_set_times(off, mother):
    off()
    for minutes in (0, 14, 15, 16, 30):
        plan_still_here(AT_FIVE + timedelta(minutes=minutes))
    rows = Notice.objects.filter(kind="after_school.still_here", channel="inbox").order_by("pk")
    assert [row.data["time"] for row in rows] == ["17:15", "17:30"]


def test_the_family_reads_why(planned, enrolment, mother, staff_user):
    call_off_session(session=planned, reason="停电", by=staff_user, now=NOW)
    [row] = children_of(mother, NOW)
    assert "停电" in row.bands[0].text


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
