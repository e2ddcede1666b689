"""Two accounts enrol one child at the same moment, and one is approved while it is sent anew."""

from dataclasses import replace

import pytest
from django.db import transaction

from after_school.actions import collecting, enrolling
from after_school.actions.second_enrolments import enrol_or_ask
from after_school.models import Enrolment, GuardianRight
from diedie_edu.decisions.actions import deciding
from diedie_edu.decisions.kinds import shown_now
from diedie_edu.decisions.models import Request, State
from diedie_edu.decisions.rules import Decision
from diedie_edu.people.actions import consents
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.children import NINE, consent_text
from tests.support.races import meanwhile
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wish(term, session, homework, mother) -> enrolling.Wish:
    return enrolling.Wish(
        term=term,
        guardian=mother.resident,
        facts=enrolling.ChildFacts("陈小宝", NINE, "mother"),
        place=enrolling.Place("叠滘小学", "三年级", "", homework, [1], "", ""),
        collectors=[collecting.NewCollector("外婆", "13800009999", "外婆", TODAY)],
        agreement=consents.Agreement(consent_text()),
    )


def enrol_at_once(wish, mother, stranger) -> Enrolment | Request:
    """The stranger's form comes while the mother's is not yet written for good."""
    other = replace(wish, guardian=stranger.resident)
    with transaction.atomic():
        enrol_or_ask(wish=wish, by=mother, now=NOW)
        second = meanwhile(lambda: enrol_or_ask(wish=other, by=stranger, now=NOW))
    return second.result()


def test_of_two_who_enrol_a_new_child_at_once_one_waits(wish, mother, stranger):
    assert isinstance(enrol_at_once(wish, mother, stranger), Request)
    assert Enrolment.objects.count() == 1


def test_without_the_lock_of_the_name_there_are_two_children(wish, mother, stranger, monkeypatch):
    """The control."""
    monkeypatch.setattr(enrolling, "_lock_name", lambda _facts: None)
    assert isinstance(enrol_at_once(wish, mother, stranger), Enrolment)
    assert Enrolment.objects.count() == 2


def test_what_is_sent_anew_during_an_approval_is_not_approved(wish, mother, stranger, staff_user):
    """Nor does the one wait for the other for ever: both lock in one order."""
    enrol_or_ask(wish=wish, by=mother, now=NOW)
    other = replace(wish, guardian=stranger.resident)
    request = enrol_or_ask(wish=other, by=stranger, now=NOW)
    seen = Decision(State.APPROVED, shown_now(request))
    father = replace(other, facts=replace(wish.facts, relation="father"))
    with transaction.atomic():
        enrol_or_ask(wish=father, by=stranger, now=NOW)
        given = {"request": request, "decision": seen, "by": staff_user, "now": NOW}
        approving = meanwhile(lambda: code_of(lambda: deciding.decide(**given)))
    assert approving.result() == "changed"
    assert not GuardianRight.objects.filter(guardian=stranger.resident).exists()
