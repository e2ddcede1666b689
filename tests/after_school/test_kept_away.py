"""Whoever is barred from a child is not on duty beside it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from after_school.actions import collecting, hours, kept_away
from after_school.models import Collector, Enrolment
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.actions import roster
from diedie_edu.volunteering.actions.duties import lock_volunteers
from diedie_edu.volunteering.models import Duty, StandIn
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.guardians import second_guardian
from tests.support.races import meanwhile
from tests.support.refusals import check_at_once, code_of, guard_that_stops

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = timedelta(days=1)
GUARD = "nobody_barred_is_on_duty_beside_the_child"


@pytest.fixture
def father(child, mother, make_user) -> User:
    user = make_user(Role.VOLUNTEER, display_name="陈建")
    second_guardian(child, user, mother)
    return user


@pytest.fixture
def helper(father, make_volunteer) -> Volunteer:
    """The father serves at the school, with a clear check."""
    volunteer = make_volunteer()
    Volunteer.objects.filter(pk=volunteer.pk).update(resident=father.resident)
    volunteer.refresh_from_db()
    return volunteer


@pytest.fixture
def slot(term, make_session) -> Callable[..., Duty]:
    """A slot of a day, today's where none is named."""

    def make(ahead: int = 1, volunteer: Volunteer | None = None) -> Duty:
        session = make_session(term, TODAY + ahead * DAY)
        made = Duty.at(session.zone_days.first().occasion, volunteer, Duty.Work.CARER)
        made.save()
        return made

    return make


@pytest.fixture
def bar(child, enrolment, mother, father) -> Callable[[], None]:
    def bar() -> None:
        row = child.collectors.get(guardian=father.resident)
        collecting.bar_collector(collector=row, reason="法院裁定", by=mother, now=NOW)

    return bar


# --- What they have is given back ------------------------------------------------------


def test_a_bar_frees_the_duties_of_days_on_which_the_child_comes(
    bar, slot, helper, staff_user, enrolment
):
    Enrolment.objects.update(weekdays=[2])
    tuesday, wednesday = slot(1, helper), slot(2, helper)
    bar()
    check_at_once()
    for duty in (tuesday, wednesday):
        duty.refresh_from_db()
    assert (tuesday.volunteer, wednesday.volunteer) == (None, helper)
    told = Notice.objects.filter(kind="after_school.barred_on_duty", account=staff_user)
    assert told.first().data["number"] == 1


def test_whoever_is_there_is_sent_home(bar, slot, helper, staff_user):
    duty = slot(0, helper)
    Duty.objects.update(signed_in_at=NOW - timedelta(minutes=30))
    bar()
    check_at_once()
    duty.refresh_from_db()
    assert duty.signed_out_at == NOW
    assert Notice.objects.filter(kind="after_school.must_leave", account=staff_user).exists()


def test_who_is_asked_to_stand_in_is_not_the_barred_one(bar, slot, helper, make_volunteer):
    other = make_volunteer()
    duty = slot(1, make_volunteer())
    bar()
    roster.free_slot(duty=duty, by=None, now=NOW)
    assert [row.volunteer for row in StandIn.objects.all()] == [other]


def test_when_the_child_comes_on_other_days_the_next_round_frees_them(bar, slot, helper):
    Enrolment.objects.update(weekdays=[5])
    duty = slot(1, helper)
    bar()
    assert kept_away.free_duties(NOW) == 0
    Enrolment.objects.update(weekdays=[2])
    assert kept_away.free_duties(NOW) > 0
    duty.refresh_from_db()
    assert duty.volunteer is None
    assert kept_away.free_duties(NOW) == 0


# --- And taken no more -----------------------------------------------------------------


def test_nobody_barred_takes_a_duty_in_any_way(bar, slot, helper, staff_user, father):
    duty = slot()
    bar()
    who = {"volunteer": helper, "now": NOW}
    asked = StandIn.objects.create(duty=duty, volunteer=helper, asked_at=NOW)
    ways = (
        lambda: roster.take_slot(occasion=duty.occasion, by=father, **who),
        lambda: roster.assign_slot(duty=duty, by=staff_user, **who),
        lambda: roster.answer_stand_in(stand_in=asked, takes_it=True, now=NOW, keeps_rules=True),
    )
    assert [code_of(way) for way in ways] == ["kept_away"] * 3
    duty.refresh_from_db()
    assert duty.volunteer is None


def test_no_list_puts_them_there(bar, slot, helper, checked):
    duty = slot()
    bar()
    head = ["日期", "分区", "居民编号", "姓名", "联系电话"]
    zone = duty.occasion.zone_day.zone.get_kind_display()
    row = [f"{TODAY + DAY}", zone, str(helper.resident.pk), "陈建", ""]
    job = checked(head, row, kind="roster")
    assert job.status == "faulty"


def test_nobody_signs_in_whom_a_bar_has_not_reached_yet(bar, slot, helper, father, enrolment):
    Enrolment.objects.update(weekdays=[5])
    duty = slot(0, helper)
    bar()
    check_at_once()
    Enrolment.objects.update(weekdays=[1])
    sign_in = lambda: hours.sign_in_on_duty(duty=duty, by=father, now=NOW)  # noqa: E731
    assert code_of(sign_in) == "kept_away"
    check_at_once()
    signed = lambda: Duty.objects.update(signed_in_at=NOW)  # noqa: E731
    assert guard_that_stops(signed) == GUARD


def test_no_statement_puts_them_there(bar, slot, helper):
    duty = slot()
    bar()
    check_at_once()
    put = lambda: Duty.objects.filter(pk=duty.pk).update(volunteer=helper)  # noqa: E731
    assert guard_that_stops(put) == GUARD


def test_guardians_who_share_a_phone_are_told_apart(bar, child, mother, slot, make_volunteer):
    """The mother serves too; the father's bar carries the phone of the household."""
    volunteer = make_volunteer()
    Volunteer.objects.filter(pk=volunteer.pk).update(resident=mother.resident)
    volunteer.refresh_from_db()
    duty = slot()
    bar()
    phone = {"phone": mother.phone, "phone_key": f"1:{mother.phone}"}
    Collector.objects.filter(barred_at__isnull=False).update(**phone)
    roster.assign_slot(duty=duty, volunteer=volunteer, by=None, now=NOW)
    check_at_once()


def test_the_page_of_duties_says_to_speak_with_the_lead(bar, slot, helper, father, as_user):
    duty = slot()
    bar()
    take = reverse("after_school:slot_take", args=[duty.occasion_id])
    assert "负责人" in as_user(father).post(take, follow=True).text


# --- At the same moment ----------------------------------------------------------------


def taken_meanwhile(bar, duty: Duty, helper: Volunteer) -> str | None:
    """The duty is taken while the bar is not yet written for good."""
    take = lambda: roster.assign_slot(duty=duty, volunteer=helper, by=None, now=NOW)  # noqa: E731
    with transaction.atomic():
        bar()
        taken = meanwhile(lambda: code_of(take))
    return taken.result()


@pytest.mark.django_db(transaction=True)
def test_no_duty_is_taken_in_the_moment_of_the_bar(bar, slot, helper):
    assert taken_meanwhile(bar, slot(), helper) == "kept_away"
    assert not Duty.objects.filter(volunteer=helper).exists()


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_it_would_be(bar, slot, helper, monkeypatch):
    monkeypatch.setattr(kept_away, "lock_volunteers", lambda _people: None)
    assert taken_meanwhile(bar, slot(), helper) is None
    assert Duty.objects.filter(volunteer=helper).exists()


@pytest.mark.django_db(transaction=True)
def test_a_bar_and_a_duty_of_the_same_place_do_not_wait_for_each_other(bar, slot, helper):
    """Whoever fills a slot holds its place and then the person; a bar does it in that order."""
    duty = slot(1, helper)
    with transaction.atomic():
        roster.lock_slots(duty.occasion_id)
        barred = meanwhile(bar)
        lock_volunteers([helper.pk])
    barred.result()
    assert not Duty.objects.filter(volunteer=helper).exists()
