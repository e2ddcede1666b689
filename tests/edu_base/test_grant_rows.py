"""What the database refuses of grants, whatever the way."""

from datetime import timedelta

import pytest

from diedie_edu.accounts.models import User
from edu_base.models import Application, Award, Fact, GrantFact, GrantFund, Intake, State
from tests.conftest import NOW
from tests.support.education import make_application, make_person
from tests.support.grants import TODAY, award, make_fund
from tests.support.refusals import check_at_once, guard_that_stops, refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund(staff_user: User) -> GrantFund:
    return make_fund()


@pytest.fixture
def student(intake: Intake, staff_user: User) -> Application:
    return make_application(staff_user, intake, State.STUDYING)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("a_grant_has_an_amount", {"amount": 0}),
        ("a_grant_was_approved", {"document": ""}),
        ("a_grant_was_approved", {"title_zh": ""}),
        ("scheme_of_a_grant_is_known", {"scheme": "other"}),
        ("awards_keep_the_sum_approved", {"awarded": 6001}),
    ],
)
def test_a_fund_is_what_was_approved(name: str, fields: dict, staff_user: User) -> None:
    with refused_by(name):
        make_fund(**fields)


def test_a_kind_once_a_year(fund: GrantFund) -> None:
    with refused_by("kind_of_grant_once_a_year"):
        make_fund()


def test_an_award_is_of_something_and_begins_with_its_fact(fund, student) -> None:
    row = {"fund": fund, "application": student}
    with refused_by("an_award_has_an_amount"):
        Award.objects.create(**row, amount=0)
    name = guard_that_stops(lambda: Award.objects.create(**row, amount=1))
    assert name == "an_award_begins_with_its_fact"


def test_one_award_of_a_person_with_two_applications(fund, student, staff_user) -> None:
    """The first ended, and the person came in again in the same year."""
    intake = student.intake
    gone = make_application(staff_user, intake, State.NOT_ADMITTED, person=make_person())
    award(fund, student, staff_user)
    Application.objects.filter(pk=gone.pk).update(person=student.person)
    with refused_by("one_award_of_a_student_a_year_and_kind"):
        Award.objects.create(fund=fund, application=gone, amount=1)


def test_one_award_stands(fund, student, staff_user) -> None:
    award(fund, student, staff_user)
    with refused_by("one_award_of_a_student_a_year_and_kind"):
        Award.objects.create(fund=fund, application=student, amount=1)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("fact_of_a_grant_is_known", {"fact": "spent"}),
        ("whoever_signs_for_a_student_is_named", {"proxy": "柏母亲"}),
        ("whoever_signs_for_a_student_is_named", {"proxy": "柏母亲", "proxy_is": "母亲"}),
    ],
)
def test_a_fact_is_complete(name: str, fields: dict, fund, student, staff_user) -> None:
    given = award(fund, student, staff_user)
    row = {"fact": Fact.ANNOUNCED, "on": TODAY, "at": NOW, "by": staff_user}
    with refused_by(name):
        given.facts.create(**row | fields)


def test_an_entry_against_another(fund, intake, student, staff_user) -> None:
    given = award(fund, student, staff_user)
    other = award(fund, make_application(staff_user, intake, State.STUDYING), staff_user)
    entry = given.facts.get()
    row = {"fact": Fact.AWARDED, "on": TODAY, "at": NOW, "by": staff_user, "takes_back": entry}
    with refused_by("an_entry_against_another_says_why"):
        given.facts.create(**row, stands=False)
    with refused_by("what_is_taken_back_is_of_the_same_award"):
        other.facts.create(**row, stands=False, note="误记")
        check_at_once()


def test_what_came_last_is_taken_back_first(fund, student, staff_user) -> None:
    """By the guard `facts_of_a_grant_follow_each_other`."""
    given = award(fund, student, staff_user, upto=Fact.ANNOUNCED)
    row = {"fact": Fact.AWARDED, "on": TODAY, "at": NOW, "by": staff_user, "note": "误记"}
    first = given.facts.get(fact=Fact.AWARDED)
    with refused_by("what_came_last_of_a_grant_is_taken_back_first"):
        given.facts.create(**row, takes_back=first, stands=False)


def test_what_was_entered_stays(fund, student, staff_user) -> None:
    given = award(fund, student, staff_user)
    facts, awards = GrantFact.objects.filter(award=given), Award.objects.filter(pk=given.pk)
    with refused_by("facts_of_grants_are_never_deleted"):
        facts.delete()
    with refused_by("awards_are_never_deleted"):
        awards._raw_delete("default")
    with refused_by("awards_stay_as_they_were"):
        awards.update(amount=1)
    with refused_by("facts_of_grants_stay_as_they_were"):
        facts.update(on=TODAY + timedelta(days=1))
    with refused_by("a_fact_stands_until_it_is_taken_back"):
        facts.update(stands=False)
    with refused_by("an_award_stands_until_its_fact_is_taken_back"):
        awards.update(stands=False)
