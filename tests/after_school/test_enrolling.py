"""Enrolment with consent, all or nothing, and parting again."""

from datetime import date, timedelta

import pytest

from after_school.actions import collecting, enrolling
from after_school.models import Collector, CollectorPass, Enrolment, GuardianRight
from after_school.queries import children
from diedie_edu.activities.models import SignUp
from diedie_edu.common.composed import Composed
from diedie_edu.common.days import local_day
from diedie_edu.notices.models import Notice
from diedie_edu.notices.queries import inbox
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Consent, ConsentText, Guardianship, Resident
from tests.conftest import NOW
from tests.support.children import NINE, consent_text
from tests.support.refusals import check_at_once, code_of

pytestmark = pytest.mark.django_db
TODAY = local_day(NOW)
FACTS = enrolling.ChildFacts("陈小宝", NINE, "mother")


@pytest.fixture
def text(db) -> ConsentText:
    return consent_text()


@pytest.fixture
def enter(term, session, homework, mother, text):
    """The mother enrols a child."""

    def enter(
        facts: enrolling.ChildFacts = FACTS, agreement: consents.Agreement | None = None, **more
    ) -> Enrolment:
        place = enrolling.Place("叠滘小学", "三年级", "2 班", homework, [1, 3], "花生", "")
        arguments = {"collectors": [], "guardian": mother.resident, "by": mother} | more
        by = arguments.pop("by")
        wish = enrolling.Wish(
            term=term,
            facts=facts,
            place=place,
            agreement=agreement or consents.Agreement(text),
            **arguments,
        )
        return enrolling.enrol(wish=wish, by=by, now=NOW)

    return enter


def test_a_child_comes_in_with_its_guardians_consent(enter, mother):
    enrolment = enter()
    check_at_once()
    child = enrolment.child
    assert enrolment.sign_up.is_seated
    assert (enrolment.allergies, enrolment.weekdays) == ("花生", [1, 3])
    composed = Composed[Enrolment](lambda pk: Enrolment.objects.filter(pk=pk), pk=int)
    assert composed.first(pk=enrolment.pk).allergies == "花生", "unsealed, and a list"
    assert Consent.objects.get(child=child).valid_until == TODAY + timedelta(days=365)
    assert GuardianRight.objects.get(child=child).decides
    assert Collector.objects.get(child=child).guardian == mother.resident


def test_sending_the_form_twice_is_one_child(enter):
    assert enter() == enter()
    check_at_once()
    assert Enrolment.objects.count() == 1
    assert Consent.objects.filter(ended_at=None).count() == 1


def test_somebody_who_may_collect_is_named_along(enter):
    enter(collectors=[collecting.NewCollector("王阿姨", "13900001111", "邻居", TODAY)])
    assert Collector.objects.filter(full_name="王阿姨", guardian=None).exists()


def test_a_full_term_has_a_waiting_list(enter, term):
    type(term).objects.update(capacity=1)
    enter()
    waiting = enter(enrolling.ChildFacts("陈小妹", date(2018, 1, 1), "mother"))
    assert waiting.sign_up.is_waiting


@pytest.mark.parametrize(
    ("born", "code"),
    [
        (date(2026, 12, 1), "birth_date_ahead"),
        (date(2023, 1, 1), "no_pupil"),
        (date(1990, 1, 1), "no_pupil"),
    ],
)
def test_only_pupils_are_enrolled(enter, born, code):
    assert code_of(lambda: enter(enrolling.ChildFacts("陈小宝", born, "mother"))) in {
        code,
        "no_pupil",
    }
    assert not Enrolment.objects.exists()


def test_a_text_that_has_changed_meanwhile_is_asked_anew(enter, text):
    consent_text("2026-2", in_force_from=NOW - timedelta(days=1))
    assert code_of(lambda: enter(agreement=consents.Agreement(text))) == "other_text"
    assert not Resident.objects.filter(birth_date=NINE).exists()


def test_a_closed_term_leaves_nothing_behind(enter, term):
    term.sign_up_closes_at = NOW
    assert code_of(enter) == "closed"
    assert not Resident.objects.filter(birth_date=NINE).exists()
    assert not Consent.objects.exists()


def test_the_guardian_reads_the_childs_messages(enter, mother, stranger):
    enter()
    Notice.objects.update(status="delivered", settled_at=NOW)
    assert len(inbox.unread_notices(mother)) == 1
    assert inbox.unread_notices(stranger) == []


def test_leaving_is_possible_in_the_middle_of_a_term(enter, term, make_session, mother):
    make_session(term, TODAY - timedelta(days=7))
    enrolment = enter()
    assert enrolling.leave_term(enrolment=enrolment, by=mother, now=NOW)
    assert children.enrolment_of(enrolment.child_id, NOW) is None


def test_days_and_zone_change(enter, activities, mother):
    enrolment = enter()
    place = enrolling.Place("叠滘小学", "四年级", "", activities, [5], "", "爱画画")
    enrolling.change_place(enrolment=enrolment, place=place, by=mother, now=NOW)
    enrolment.refresh_from_db()
    assert (enrolment.zone, enrolment.weekdays, enrolment.notes) == (activities, [5], "爱画画")


# --- Withdrawal ------------------------------------------------------------------------


def withdraw(consent: Consent, by) -> bool:
    return consents.end_consent(consent=consent, ending="online", by=by, now=NOW)


def test_withdrawing_locks_the_child_at_once(enter, mother, day_pass_for):
    enrolment = enter()
    later = day_pass_for(enrolment.child)
    assert withdraw(Consent.objects.get(), mother)
    check_at_once()
    child = Resident.objects.get(pk=enrolment.child_id)
    assert child.erase_due_on == TODAY + timedelta(days=15)
    assert not SignUp.objects.filter(status__in=SignUp.LIVE).exists()
    later.refresh_from_db()
    assert later.taken_back_at == NOW
    assert Notice.objects.filter(kind="after_school.consent_ended").exists()
    assert code_of(lambda: withdraw(Consent.objects.get(), mother)) == "ended"


@pytest.fixture
def day_pass_for(mother):
    def make(child: Resident) -> CollectorPass:
        return CollectorPass.objects.create(
            child=child,
            day=TODAY + timedelta(days=1),
            full_name="王阿姨",
            code_hash="0" * 64,
            expires_at=NOW + timedelta(days=1),
            made_by=mother,
            made_at=NOW,
        )

    return make


def test_another_guardians_consent_keeps_the_place(enter, mother, stranger, text):
    child = enter().child
    Guardianship.objects.create(guardian=stranger.resident, child=child, relation="father")
    consents.give_consent(
        child=child,
        guardian=stranger.resident,
        agreement=consents.Agreement(text),
        by=stranger,
        now=NOW,
    )
    assert not withdraw(Consent.objects.get(guardian=mother.resident), mother)
    child.refresh_from_db()
    assert not child.is_locked


def test_consenting_again_opens_the_child(enter, mother, text):
    child = enter().child
    withdraw(Consent.objects.get(), mother)
    again = {
        "guardian": mother.resident,
        "agreement": consents.Agreement(text),
        "by": mother,
        "now": NOW,
    }
    consents.give_consent(child=child, **again)
    check_at_once()
    child.refresh_from_db()
    assert not child.is_locked


def test_the_form_sent_after_a_withdrawal_opens_the_child_and_takes_a_place(enter, mother):
    child = enter().child
    withdraw(Consent.objects.get(), mother)
    assert enter().child == child
    child.refresh_from_db()
    assert not child.is_locked
    assert SignUp.objects.filter(status__in=SignUp.LIVE).count() == 1


def test_the_job_erases_on_the_promised_day_and_leaves_the_consent(enter, mother):
    enrolment = enter()
    withdraw(Consent.objects.get(), mother)
    check_at_once()
    assert consents.erase_due_children(now=NOW + timedelta(days=14)) == 0
    assert consents.erase_due_children(now=NOW + timedelta(days=15)) == 1
    check_at_once()
    consent = Consent.objects.get()
    assert not Resident.objects.filter(pk=enrolment.child_id).exists()
    assert consent.child_id == enrolment.child_id
    assert consent.child.erased_at == NOW + timedelta(days=15)
    assert consent.child_hash == consents.child_hash("陈小宝", NINE)
    assert not Notice.objects.filter(data__name="陈小宝").exists()
    assert not Enrolment.objects.exists()


def test_a_consent_that_runs_out_is_ended_by_the_job(enter, settings):
    enter()
    after = NOW + timedelta(days=366 + settings.SCHOOL_SEAT_KEPT_DAYS)
    assert consents.end_run_out_consents(now=NOW) == 0
    assert consents.end_run_out_consents(now=after) == 1
    assert Consent.objects.get().ending == "ran_out"
    assert Resident.objects.filter(erase_due_on__isnull=False).count() == 1


def test_a_child_inside_is_handed_over_after_a_withdrawal(presence, collector, mother, staff_user):
    withdraw(Consent.objects.get(), mother)
    presence.left_at, presence.left_by, presence.checked_how = NOW, staff_user, "known"
    presence.collector = collector
    presence.save()
    check_at_once()
    assert not presence.is_inside
