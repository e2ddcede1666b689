"""A consent is withdrawn while the child is let in, enrolled, or the afternoon is closed."""

from datetime import time, timedelta
from functools import partial

import pytest
from django.db import transaction

from after_school.actions import missing, presence, sessions
from after_school.actions import presence as presence_module
from after_school.actions.enrolling import ChildFacts, Place, Wish, enrol
from after_school.models import Enrolment, GuardianRight, Presence, Session
from diedie_edu.activities.models import SignUp
from diedie_edu.common.days import moment
from diedie_edu.people.actions import consents
from diedie_edu.people.actions.consents import Agreement, end_consent
from diedie_edu.people.models import Consent, Resident
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.children import consent_text, consented, seen
from tests.support.races import meanwhile, trigger_off
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db(transaction=True)
FIVE = moment(TODAY, time(17, 0))


@pytest.fixture
def withdraw(mother, child):
    """The mother takes her consent back, a while before five."""
    own = Consent.objects.get(child=child, guardian=mother.resident)
    given = {"ending": Consent.Ending.WITHDRAWN_ONLINE, "by": mother}
    return partial(end_consent, consent=own, now=FIVE - timedelta(minutes=1), **given)


@pytest.fixture
def come(session, enrolment, homework, staff_user):
    given = {"session": session, "enrolment": enrolment, "zone": homework}
    return partial(presence.let_in, by=staff_user, now=FIVE, **given)


def let_in_behind_a_withdrawal(withdraw, come) -> str | None:
    """The door's tap falls while the withdrawal is not yet written for good."""
    with transaction.atomic():
        withdraw()
        tap = meanwhile(lambda: code_of(come))
    return tap.result()


# --- Letting in ------------------------------------------------------------------------


def test_nobody_is_let_in_behind_a_withdrawal(withdraw, come):
    assert let_in_behind_a_withdrawal(withdraw, come) == "locked"
    assert not Presence.objects.exists()


def test_whoever_was_missing_is_not_let_in_behind_a_withdrawal_either(
    session, enrolment, withdraw, come
):
    missing.plan_missing(moment(TODAY, time(16, 50)))
    assert let_in_behind_a_withdrawal(withdraw, come) == "locked"
    assert Presence.objects.get().arrived_at is None


def test_a_child_let_in_a_moment_before_is_inside_and_locked(withdraw, come):
    with transaction.atomic():
        come()
        withdrawing = meanwhile(withdraw)
    assert withdrawing.result() is True
    assert Presence.objects.get().is_inside
    assert Resident.objects.get(pk=Presence.objects.get().child_id).is_locked


def test_without_the_lock_a_child_is_let_in_whose_consent_is_gone(withdraw, come, monkeypatch):
    """The control."""
    monkeypatch.setattr(presence_module, "lock_child_row", lambda pk: Resident.objects.get(pk=pk))
    with (
        trigger_off(Presence, "a_locked_child_is_not_let_in"),
        trigger_off(Presence, "a_missing_child_is_let_in_under_a_live_consent"),
    ):
        assert let_in_behind_a_withdrawal(withdraw, come) is None
    inside = Presence.objects.get()
    assert inside.is_inside
    assert inside.child.is_locked


# --- Enrolling -------------------------------------------------------------------------


@pytest.fixture
def father(child, make_user):
    user = make_user(display_name="陈刚")
    consented(child, user.resident)
    Consent.objects.filter(guardian=user.resident).delete()
    GuardianRight.objects.create(child=child, guardian=user.resident, place=2, **seen())
    return user


@pytest.fixture
def enrol_anew(term, homework, child, father, make_session):
    """The father enrols the child for the days from tomorrow on, and consents himself."""
    make_session(term, TODAY + timedelta(days=1))
    wish = Wish(
        term=term,
        guardian=father.resident,
        facts=ChildFacts(child.full_name, child.birth_date, "father"),
        place=Place("叠滘小学", "三年级", "", homework, [1, 2], "", ""),
        collectors=[],
        agreement=Agreement(consent_text()),
    )
    return partial(enrol, wish=wish, by=father, now=NOW)


def withdraw_behind_an_enrolment(enrol_anew, withdraw) -> bool:
    """Whether the child was locked by it."""
    with transaction.atomic():
        enrol_anew()
        withdrawing = meanwhile(withdraw)
    return withdrawing.result()


def test_a_withdrawal_sees_the_consent_of_an_enrolment_under_way(enrol_anew, withdraw, child):
    assert withdraw_behind_an_enrolment(enrol_anew, withdraw) is False
    child.refresh_from_db()
    assert not child.is_locked
    assert SignUp.objects.get().is_seated


def test_an_enrolment_behind_a_withdrawal_opens_the_child_again(enrol_anew, withdraw, child):
    with transaction.atomic():
        withdraw()
        enrolling = meanwhile(enrol_anew)
    assert enrolling.result().child == child
    child.refresh_from_db()
    assert not child.is_locked
    assert SignUp.objects.get().is_seated


def test_without_the_lock_a_consented_child_loses_its_place(
    enrol_anew, withdraw, child, monkeypatch
):
    """The control: the withdrawal does not see what the other guardian has just agreed to."""
    monkeypatch.setattr(consents, "lock_child_row", lambda pk: Resident.objects.get(pk=pk))
    assert withdraw_behind_an_enrolment(enrol_anew, withdraw) is True
    assert Consent.objects.filter(child=child, ended_at=None).exists()
    assert SignUp.objects.get().status == SignUp.Status.CANCELLED


# --- Closing ---------------------------------------------------------------------------


def test_an_afternoon_closes_without_a_child_who_is_withdrawn_meanwhile(
    session, enrolment, withdraw, staff_user
):
    close = partial(sessions.close_session, session=session, reason="停电", by=staff_user, now=FIVE)
    with transaction.atomic():
        withdraw()
        closing = meanwhile(lambda: code_of(close))
    assert closing.result() is None
    assert Session.objects.get().state == Session.State.CLOSED
    assert not Presence.objects.exists()
    assert Enrolment.objects.exists()
