"""A child that somebody else has entered is enrolled once more: it waits for staff."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from after_school.actions import collecting, enrolling, second_enrolments
from after_school.actions.second_enrolments import enrol_or_ask
from after_school.models import Collector, Enrolment, GuardianRight, SecondEnrolment
from diedie_edu.activities.models import SignUp
from diedie_edu.decisions.actions import deciding
from diedie_edu.decisions.kinds import shown_now
from diedie_edu.decisions.models import ERASED, Request, State
from diedie_edu.decisions.rules import Decision
from diedie_edu.notices.models import Notice
from diedie_edu.people.actions import consents
from diedie_edu.people.models import ChildAccess, Consent, Guardianship, Resident
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.children import NINE, consent_text, consented
from tests.support.refusals import check_at_once, code_of, guard_that_stops
from tests.support.tables import all_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ROWS_OF_A_CHILD = (Guardianship, GuardianRight, Collector, Consent, SignUp, Enrolment)


@pytest.fixture
def wish(term, session, homework, child, stranger) -> enrolling.Wish:
    """A stranger enrols the mother's child, with words of their own."""
    return enrolling.Wish(
        term=term,
        guardian=stranger.resident,
        facts=enrolling.ChildFacts(child.full_name, NINE, "father"),
        place=enrolling.Place("别的小学", "四年级", "", homework, [2], "没有", "我来接"),
        collectors=[collecting.NewCollector("路人", "13800009999", "朋友", TODAY)],
        agreement=consents.Agreement(consent_text()),
    )


@pytest.fixture
def ask(wish, stranger):
    return lambda **other: enrol_or_ask(wish=replace(wish, **other), by=stranger, now=NOW)


def decide(request: Request, what: str, by, reason: str = "") -> None:
    decision = Decision(what, shown_now(request), reason)
    deciding.decide(request=request, decision=decision, by=by, now=NOW)
    check_at_once()


def rows_of_the_child() -> list[list]:
    return [list(model.objects.order_by("pk").values()) for model in ROWS_OF_A_CHILD]


# --- Until staff decide ----------------------------------------------------------------


def test_nothing_of_the_child_changes_and_nobody_but_staff_hears(ask, enrolment, staff_user):
    before = rows_of_the_child(), Resident.objects.count()
    request = ask()
    check_at_once()
    assert isinstance(request, Request)
    assert (rows_of_the_child(), Resident.objects.count()) == before
    assert set(Notice.objects.values_list("recipient", "account")) == {(None, staff_user.pk)}


def test_the_stranger_sees_nothing_of_the_child(ask, enrolment, child, as_user, stranger, mother):
    request = ask()
    client = as_user(stranger)
    assert client.get(reverse("after_school:child", args=[child.pk])).status_code == 404
    for page in (
        reverse("portal:my_page"),
        reverse("after_school:school"),
        reverse("decisions:own", args=[request.pk]),
        reverse("notices:inbox"),
    ):
        shown = client.get(page).text
        assert "叠滘小学" not in shown  # what the mother told
        assert mother.display_name not in shown


@pytest.mark.parametrize("name", ["陈 小宝", "陈小宝 ", "陈小寶"])
def test_however_the_name_is_written(ask, wish, name):
    facts = replace(wish.facts, full_name=name)
    assert isinstance(ask(facts=facts), Request)


def test_another_birth_date_is_another_child(ask, wish):
    other = replace(wish.facts, birth_date=NINE + timedelta(days=1))
    assert isinstance(ask(facts=other), Enrolment)


def test_it_lies_sealed(ask):
    ask()
    tables = all_rows()
    rows = b"".join(tables[name] for name in tables if "decisions" in name or "second" in name)
    for words in ("小宝", "别的小学", "路人", "13800009999"):
        assert words.encode() not in rows


def test_sending_it_again_changes_what_waits(ask, wish):
    first = ask()
    assert ask() == first
    again = ask(place=replace(wish.place, school="第三小学"))
    assert again == first
    assert "第三小学" in shown_now(first)
    assert SecondEnrolment.objects.count() == 1


def test_whoever_is_guardian_here_no_more_waits_like_a_stranger(ask, child, stranger):
    """The bond stays when a second guardian is taken out, and a barred collector as well."""
    consented(child, stranger.resident)
    assert isinstance(ask(), Request)


def test_a_guardian_enrols_the_own_child_as_before(wish, child, mother):
    own = replace(wish, guardian=mother.resident)
    done = enrol_or_ask(wish=own, by=mother, now=NOW)
    assert done.child == child


# --- Approved --------------------------------------------------------------------------


def test_approved_it_adds_a_guardian_and_leaves_the_place_as_it_is(
    ask, enrolment, child, staff_user, stranger, mother
):
    decide(ask(), State.APPROVED, staff_user)
    enrolment.refresh_from_db()
    assert enrolment.school == "叠滘小学"
    right = GuardianRight.objects.get(guardian=stranger.resident)
    assert (right.child, right.place, right.decides) == (child, 2, False)
    assert Guardianship.objects.get(guardian=stranger.resident).relation == "father"
    assert Collector.objects.filter(child=child, guardian=stranger.resident).exists()
    assert Consent.objects.get(guardian=stranger.resident).child == child
    told = Notice.objects.filter(recipient=mother.resident, kind="after_school.guardian_added")
    assert told.exists()
    assert Notice.objects.filter(account=stranger, kind="decisions.approved").exists()


def test_approved_it_gives_a_place_to_a_child_without_one(ask, child, staff_user):
    decide(ask(), State.APPROVED, staff_user)
    enrolment = Enrolment.objects.get(child=child)
    assert (enrolment.school, enrolment.weekdays) == ("别的小学", [2])
    assert enrolment.sign_up.is_seated


def test_of_three_guardians_the_third_is_not_entered(ask, child, make_user, staff_user):
    father = make_user()
    consented(child, father.resident)
    GuardianRight.objects.create(child=child, guardian=father.resident, place=2)
    request = ask()
    assert code_of(lambda: decide(request, State.APPROVED, staff_user)) == "two"
    request.refresh_from_db()
    assert request.is_waiting
    assert GuardianRight.objects.filter(child=child).count() == 2


def test_a_text_that_is_in_force_no_more_is_asked_for_anew(ask, staff_user):
    request = ask()
    consent_text("2026-9", in_force_from=NOW)
    assert code_of(lambda: decide(request, State.APPROVED, staff_user)) == "other_text"


def test_staff_say_that_it_is_another_child(ask, child, staff_user, as_user, stranger):
    request = ask()
    seen = shown_now(request)
    row = SecondEnrolment.objects.get()
    page = reverse("after_school:which_child", args=[row.pk])
    as_user(staff_user).post(page, {"another": ""})
    changed = lambda: deciding.decide(  # noqa: E731
        request=request, decision=Decision(State.APPROVED, seen), by=staff_user, now=NOW
    )
    assert code_of(changed) == "changed"
    decide(request, State.APPROVED, staff_user)
    other = Enrolment.objects.get().child
    assert other != child
    assert GuardianRight.objects.get(child=other).guardian == stranger.resident
    assert not GuardianRight.objects.filter(child=child, guardian=stranger.resident).exists()


# --- Not approved ----------------------------------------------------------------------


@pytest.mark.parametrize("what", [State.REFUSED, State.RETURNED])
def test_a_no_changes_nothing_and_tells_the_stranger_alone(ask, what, staff_user, stranger):
    before = rows_of_the_child()
    decide(ask(), what, staff_user, "请带户口本到社区来")
    assert rows_of_the_child() == before
    told = Notice.objects.exclude(kind="decisions.waits")
    assert {(row.recipient, row.account) for row in told} == {(None, stranger)}


def test_what_was_returned_is_sent_again_by_the_form(ask, staff_user, as_user, stranger, term):
    request = ask()
    decide(request, State.RETURNED, staff_user, "请写清楚关系")
    page = as_user(stranger).get(reverse("decisions:own", args=[request.pk])).text
    assert reverse("after_school:enrol", args=[term.pk]) in page
    assert ask() == request
    request.refresh_from_db()
    assert request.is_waiting


# --- The doors -------------------------------------------------------------------------


def test_staff_see_both_sides_and_their_look_is_written_down(
    ask, enrolment, child, as_user, staff_user, mother
):
    request = ask()
    page = as_user(staff_user).get(reverse("decisions:one", args=[request.pk])).text
    for words in ("别的小学", "叠滘小学", mother.phone, "路人"):
        assert words in page
    assert ChildAccess.objects.filter(child_number=child.pk, viewer=staff_user).exists()
    waiting = as_user(staff_user).get(reverse("decisions:waiting")).text
    assert "陈**" in waiting
    assert child.full_name not in waiting


def test_a_paper_waits_for_a_colleague(term, session, homework, child, as_user, staff_user):
    paper = {
        "paper_reference": "3 号柜",
        "has_signed": "on",
        "guardian_name": "路人甲",
        "guardian_phone": "13800009998",
        "relation": "father",
        "full_name": child.full_name,
        "birth_date": f"{NINE}",
        "school": "别的小学",
        "grade": "四年级",
        "weekdays": [2],
        "zone": homework.pk,
    }
    client = as_user(staff_user)
    client.post(reverse("after_school:paper_enrolment", args=[term.pk]), paper)
    request = Request.objects.get()
    assert request.asked_by == staff_user
    assert code_of(lambda: decide(request, State.APPROVED, staff_user)) == "own"


def test_a_colleague_approves_the_paper(ask, wish, child, staff_user, make_user):
    agreement = consents.Agreement(consent_text(), Consent.Way.PAPER, "3 号柜")
    told = replace(wish, agreement=agreement)
    request = enrol_or_ask(wish=told, by=staff_user, now=NOW)
    decide(request, State.APPROVED, make_user("staff"))
    given = Consent.objects.get(guardian=wish.guardian)
    assert (given.way, given.paper_reference) == (Consent.Way.PAPER, "3 号柜")


def test_no_list_enrols_it(wish, staff_user):
    enrol = lambda: enrolling.enrol(wish=wish, by=staff_user, now=NOW)  # noqa: E731
    assert code_of(enrol) == "known_child"


# --- What is forgotten, and what never is ----------------------------------------------


def test_with_the_child_every_word_goes(ask, child, staff_user):
    request = ask()
    decide(request, State.REFUSED, staff_user, "陈小宝的妈妈不同意")
    second_enrolments.forget(child, NOW)
    check_at_once()
    request.refresh_from_db()
    assert request.data == {}
    assert {step.shown for step in request.steps.all()} <= {"", ERASED}
    assert {step.reason for step in request.steps.all()} <= {"", ERASED}


def test_a_locked_child_is_erased_with_its_requests(ask, child, mother):
    request = ask()
    check_at_once()
    own = Consent.objects.get(child=child)
    ending = Consent.Ending.WITHDRAWN_ONLINE
    consents.end_consent(consent=own, ending=ending, by=mother, now=NOW)
    consents.erase_due_children(now=NOW + timedelta(days=20))
    check_at_once()
    request.refresh_from_db()
    assert request.erased_at
    assert not SecondEnrolment.objects.exists()


def test_the_database_keeps_one_for_a_guardian_and_never_an_empty_one(ask, stranger):
    ask()
    row = SecondEnrolment.objects.get()
    same = {"term": row.term, "child_hash": row.child_hash, "guardian": row.guardian}
    again = lambda: SecondEnrolment.objects.create(  # noqa: E731
        **same, agreed_to=row.agreed_to, sent="{}"
    )
    assert guard_that_stops(again) == "second_enrolment_once"
    emptied = lambda: SecondEnrolment.objects.update(sent="")  # noqa: E731
    assert guard_that_stops(emptied) == "second_enrolment_says_what"
