"""New words of the consent, and one that runs out: reminded, kept, then ended as promised."""

from datetime import timedelta

import pytest
from django.urls import reverse

from after_school.actions import presence, reminders
from after_school.actions.collecting import NewCollector, name_collector
from after_school.models import Enrolment
from after_school.queries.consents import consent_state
from after_school.queries.sessions import register_of
from diedie_edu.common.days import local_day
from diedie_edu.notices.models import Notice
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Consent, ConsentText, Resident
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.children import consent_text, consented, seen
from tests.support.refusals import check_at_once, code_of, guard_that_stops, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = timedelta(days=1)
ASKED = TODAY + 60 * DAY


def told(kind: str) -> list[str]:
    rows = Notice.objects.filter(kind=f"after_school.{kind}", channel="inbox").order_by("pk")
    return [row.recipient.full_name for row in rows]


@pytest.fixture
def newer(enrolment) -> ConsentText:
    return consent_text("2026-9", in_force_from=NOW - DAY, ask_until=ASKED)


@pytest.fixture
def run_out(enrolment) -> Consent:
    """It held until yesterday."""
    Consent.objects.update(given_at=NOW - 365 * DAY)
    check_at_once()
    consent = Consent.objects.get()
    consent.valid_until = TODAY - DAY
    return consent


def at(day: int):
    """Days after the consent ran out (0: its last day)."""
    return NOW + 365 * DAY + day * DAY


# --- New words -------------------------------------------------------------------------


def test_nobody_loses_anything_before_the_day_and_is_asked_until_then(newer, child, mother):
    assert consents.ask_for_newer_texts(now=NOW) == 1
    assert consents.ask_for_newer_texts(now=NOW) == 0
    assert Consent.objects.get().valid_until == ASKED
    check_at_once()
    assert consents.apply_retention(now=NOW + 59 * DAY) == (0, 0)
    assert reminders.plan_newer_text(NOW) == 2
    assert reminders.plan_newer_text(NOW + DAY) == 0
    assert told("consent_text_new") == [mother.display_name]


def test_a_day_that_is_too_near_gives_two_weeks(enrolment):
    consent_text("2026-9", in_force_from=NOW - DAY, ask_until=TODAY - 3 * DAY)
    consents.ask_for_newer_texts(now=NOW)
    assert Consent.objects.get().valid_until == TODAY + 14 * DAY
    assert consents.ask_for_newer_texts(now=NOW + DAY) == 0


def test_without_a_day_a_newer_text_waits_for_the_own_end(enrolment):
    consent_text("2026-9", in_force_from=NOW - DAY)
    assert consents.ask_for_newer_texts(now=NOW) == 0
    assert reminders.plan_newer_text(NOW) == 0


def test_the_page_shows_the_words_agreed_to_and_the_new_ones(newer, child, mother, as_user):
    ConsentText.objects.filter(pk=newer.pk).update(scope_zh="志愿者也能看到过敏情况")
    page = reverse("after_school:consent", args=[child.pk])
    shown = as_user(mother).get(page).text
    assert "2026-0" in shown
    assert "说明scope" in shown
    assert "志愿者也能看到过敏情况" in shown
    assert f"{ASKED.year}年{ASKED.month}月{ASKED.day}日" in shown  # before the job has been, too
    assert page in as_user(mother).get(reverse("after_school:child", args=[child.pk])).text
    consents.ask_for_newer_texts(now=NOW)
    assert consent_state(child.guardian_rights.get(), NOW).is_asked


def test_agreeing_keeps_both_and_asks_no_more(newer, child, mother, as_user):
    as_user(mother).post(reverse("after_school:consent", args=[child.pk]))
    rows = Consent.objects.order_by("pk")
    assert [row.text.version for row in rows] == ["2026-0", "2026-9"]
    assert not consent_state(child.guardian_rights.get(), NOW).is_asked
    assert reminders.plan_newer_text(NOW) == 0


# --- Running out -----------------------------------------------------------------------


def test_three_reminders_each_once(enrolment, mother):
    last = Consent.objects.get().valid_until
    for day in range(31, -1, -1):
        now = NOW + (last - day * DAY - local_day(NOW))
        reminders.plan_consent_reminders(now)
        reminders.plan_consent_reminders(now)
    assert told("consent_runs_out") == [mother.display_name] * 3


def test_who_comes_late_to_it_is_reminded_once(enrolment, mother):
    reminders.plan_consent_reminders(NOW + 363 * DAY)
    assert told("consent_runs_out") == [mother.display_name]


def test_then_the_seat_is_kept_and_ends_as_the_text_promised(session, enrolment, child, settings):
    assert consents.end_run_out_consents(now=at(1)) == 0
    assert consents.end_run_out_consents(now=at(settings.SCHOOL_SEAT_KEPT_DAYS)) == 0
    assert consents.end_run_out_consents(now=at(settings.SCHOOL_SEAT_KEPT_DAYS + 1)) == 1
    child.refresh_from_db()
    assert child.erase_due_on == local_day(at(1)) + 15 * DAY
    check_at_once()


def test_a_long_grace_still_leaves_guardians_a_day(session, enrolment, child, settings):
    settings.SCHOOL_SEAT_KEPT_DAYS = 40
    consents.end_run_out_consents(now=at(41))
    child.refresh_from_db()
    assert child.erase_due_on == local_day(at(42))


def test_guardians_hear_that_it_has_run_out_and_until_when(enrolment, mother, settings):
    assert reminders.plan_run_out(at(0)) == 0
    assert reminders.plan_run_out(at(1)) == 2
    assert reminders.plan_run_out(at(2)) == 0
    kept = Notice.objects.filter(kind="after_school.consent_run_out").first().data["kept_on"]
    assert kept == f"{local_day(at(settings.SCHOOL_SEAT_KEPT_DAYS)):%Y-%m-%d}"


def test_meanwhile_the_child_does_not_come_in(
    session, run_out, enrolment, child, mother, staff_user, as_user
):
    run("SET session_replication_role = replica")
    run_out.save(update_fields=["valid_until"])
    run("SET session_replication_role = origin")
    come = lambda: presence.let_in(  # noqa: E731
        session=session, enrolment=enrolment, zone=enrolment.zone, by=staff_user, now=NOW
    )
    assert code_of(come) == "locked"
    new = NewCollector("王阿姨", "13900001111", "阿姨", TODAY)
    name = lambda: name_collector(child=child, new=new, by=mother, now=NOW)  # noqa: E731
    assert code_of(name) == "locked"
    assert not register_of(session, NOW)[0].enrolment.may_come
    register = as_user(staff_user).get(reverse("after_school:session", args=[session.pk])).text
    assert "没有有效的同意" in register
    own = as_user(mother).get(reverse("after_school:child", args=[child.pk])).text
    assert "孩子暂时不能入校" in own
    as_user(mother).post(reverse("after_school:consent", args=[child.pk]))
    assert come().is_inside
    assert name().full_name == "王阿姨"
    assert Enrolment.objects.get().sign_up.is_seated


def test_the_other_guardians_grace_holds_the_child_too(
    session, enrolment, child, make_user, settings
):
    other = make_user().resident
    consented(child, other, valid_until=TODAY + 370 * DAY)
    child.guardian_rights.create(guardian=other, place=2, **seen())
    check_at_once()
    kept = settings.SCHOOL_SEAT_KEPT_DAYS
    assert consents.end_run_out_consents(now=at(kept + 1)) == 0  # the other's ran out later
    assert consents.end_run_out_consents(now=at(kept + 7)) == 2
    assert Resident.objects.get(pk=child.pk).is_locked


def test_a_text_agreed_to_keeps_the_day(newer, child, mother):
    consents.give_consent(
        child=child,
        guardian=mother.resident,
        agreement=consents.Agreement(newer),
        by=mother,
        now=NOW,
    )
    later = lambda: ConsentText.objects.filter(pk=newer.pk).update(ask_until=None)  # noqa: E731
    assert guard_that_stops(later) == "a_text_agreed_to_stays_as_it_was"
