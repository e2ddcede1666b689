"""An account enrols four children by itself; one more waits for staff."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from after_school.actions import enrolling
from after_school.actions.second_enrolments import enrol_or_ask
from after_school.models import Enrolment, GuardianRight, SecondEnrolment
from diedie_edu.activities.actions import seats
from diedie_edu.activities.models import SignUp
from diedie_edu.decisions.actions import deciding
from diedie_edu.decisions.kinds import shown_now
from diedie_edu.decisions.models import Request, State
from diedie_edu.decisions.rules import Decision
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Consent, Resident
from tests.conftest import NOW
from tests.support.children import NINE, consent_text
from tests.support.races import meanwhile
from tests.support.refusals import code_of, guard_that_stops

pytestmark = pytest.mark.django_db
GUARD = "an_account_enrols_few_children_by_itself"


@pytest.fixture
def wish(term, session, homework, mother) -> enrolling.Wish:
    return enrolling.Wish(
        term=term,
        guardian=mother.resident,
        facts=enrolling.ChildFacts("陈小宝", NINE, "mother"),
        place=enrolling.Place("叠滘小学", "三年级", "", homework, [1], "", ""),
        collectors=[],
        agreement=consents.Agreement(consent_text()),
    )


@pytest.fixture
def enrol(wish, mother):
    """A child by its name, by the mother."""

    def enrol(name: str, **other: object) -> Enrolment | Request:
        facts = replace(wish.facts, full_name=name)
        return enrol_or_ask(wish=replace(wish, facts=facts, **other), by=mother, now=NOW)

    return enrol


@pytest.fixture
def four(enrol) -> list[Enrolment]:
    return [enrol(f"陈{name}") for name in "甲乙丙丁"]


def approve(request: Request, by) -> None:
    decision = Decision(State.APPROVED, shown_now(request), "")
    deciding.decide(request=request, decision=decision, by=by, now=NOW)


def test_the_fifth_waits_and_nothing_of_it_is_entered(four, enrol):
    before = Resident.objects.count(), SignUp.objects.count(), Consent.objects.count()
    assert isinstance(enrol("陈戊"), Request)
    assert (Resident.objects.count(), SignUp.objects.count(), Consent.objects.count()) == before
    assert SecondEnrolment.objects.get().child is None


def test_sending_it_again_changes_what_waits_and_others_wait_beside_it(four, enrol):
    first = enrol("陈戊")
    assert enrol("陈 戊") == first
    assert enrol("陈己") != first
    assert SecondEnrolment.objects.count() == 2


def test_a_child_that_is_enrolled_stays_and_may_be_sent_again(four, enrol):
    assert enrol("陈丁") == four[3]


def test_who_has_left_counts_no_more_and_does_not_come_back_as_the_fifth(four, enrol, term, mother):
    seats.cancel_sign_up(activity=term, resident=four[0].child, by=mother, now=NOW)
    assert isinstance(enrol("陈戊"), Enrolment)
    waits = enrol("陈甲")
    assert isinstance(waits, Request)
    assert SecondEnrolment.objects.get().child == four[0].child


def test_staff_approve_it(four, enrol, staff_user, mother):
    approve(enrol("陈戊"), staff_user)
    fifth = Enrolment.objects.get(child__full_name="陈戊")
    assert fifth.sign_up.is_seated
    assert fifth.sign_up.signed_up_by == staff_user
    assert Consent.objects.get(child=fifth.child).recorded_by == mother
    assert GuardianRight.objects.get(child=fifth.child).guardian == mother.resident


def test_an_own_child_that_comes_back_is_approved_as_it_is(four, enrol, term, mother, staff_user):
    seats.cancel_sign_up(activity=term, resident=four[0].child, by=mother, now=NOW)
    enrol("陈戊")
    approve(enrol("陈甲"), staff_user)
    back = Enrolment.objects.get(child__full_name="陈甲", sign_up__status="seated")
    assert back.sign_up.signed_up_by == staff_user
    assert GuardianRight.objects.get(child=four[0].child).guardian == mother.resident


def test_what_staff_enter_counts_for_nobody(four, wish, enrol, staff_user):
    paper = consents.Agreement(consent_text(), Consent.Way.PAPER, "3 号柜")
    facts = replace(wish.facts, full_name="陈戊")
    told = replace(wish, facts=facts, agreement=paper)
    assert isinstance(enrol_or_ask(wish=told, by=staff_user, now=NOW), Enrolment)


@pytest.mark.parametrize(("number", "is_asked"), [(4, False), (3, True), (9, False)])
def test_the_setting_says_less_and_never_more(enrol, settings, number, is_asked):
    settings.SCHOOL_CHILDREN_WITHOUT_STAFF = number
    done = [enrol(f"陈{name}") for name in "甲乙丙丁"]
    assert isinstance(done[3], Request) == is_asked
    assert isinstance(enrol("陈戊"), Request)


def test_the_term_that_is_over_counts_no_more(four, enrol, term):
    type(term).objects.update(last_day=NOW - timedelta(days=1), first_day=NOW - timedelta(days=9))
    wish = enrolling.enrolled_alone(four[0].sign_up.signed_up_by, NOW)
    assert not wish.exists()


def test_staff_see_why_it_waits(four, enrol, as_user, staff_user):
    request = enrol("陈戊")
    page = as_user(staff_user).get(reverse("decisions:one", args=[request.pk])).text
    assert "户口簿" in page
    assert "陈戊" in page
    assert reverse("after_school:which_child", args=[request.subject]) not in page


def test_no_statement_enrols_the_fifth(four, enrol, mother, monkeypatch):
    monkeypatch.setattr(enrolling.children, "check_few_enough", lambda *_: None)
    assert guard_that_stops(lambda: enrol("陈戊")) == GUARD


@pytest.mark.django_db(transaction=True)
def test_of_two_forms_at_once_one_waits(enrol):
    for name in "甲乙丙":
        enrol(f"陈{name}")
    with transaction.atomic():
        enrol("陈丁")
        other = meanwhile(lambda: enrol("陈戊"))
    assert isinstance(other.result(), Request)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_database_stops_the_second(enrol, monkeypatch):
    """The control."""
    monkeypatch.setattr(enrolling, "_lock_guardian", lambda _guardian: None)
    for name in "甲乙丙":
        enrol(f"陈{name}")
    with transaction.atomic():
        enrol("陈丁")
        other = meanwhile(lambda: code_of(lambda: enrol("陈戊")))
    with pytest.raises(Exception, match=GUARD):
        other.result()
