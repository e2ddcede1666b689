"""Each step of the funnel has one definition, and a person counts once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.people.rules.ages import AgeBand
from edu_base.actions import mobilising
from edu_base.models import Application, Intake, Nomination, Scheme, State
from edu_base.models.states import STUDENTS
from edu_base.queries.funnel import Funnel
from edu_base.rules.funnel import BY_STEPS, FunnelStep, Row, definitions, went_elsewhere
from tests.conftest import NOW
from tests.support.dream import make_allotment, nominate
from tests.support.education import make_application, make_dwelling, make_intake, make_year
from tests.support.mobilising import live_at, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(intake: Intake) -> Funnel:
    return Funnel(intake.scheme_year)


def test_three_visits_to_one_person_count_once(
    intake: Intake, found: Funnel, staff_user: User
) -> None:
    person = live_at()
    for outcome in ("not_met", "interested", "interested"):
        visit(intake.scheme_year, person, outcome, staff_user)
    assert found.whole == Row(reached=1, interested=1)
    assert found.mobilised == 0


def test_who_was_not_met_or_taken_back_was_not_reached(
    intake: Intake, found: Funnel, staff_user: User
) -> None:
    visit(intake.scheme_year, live_at(), "not_met", staff_user)
    tap = visit(intake.scheme_year, live_at(), "interested", staff_user)
    mobilising.take_back(visit=tap, by=staff_user, now=NOW)
    visit(intake.scheme_year, live_at(), "do_not_ask", staff_user)
    assert found.whole == Row(reached=1)


@pytest.mark.parametrize(
    ("state", "row"),
    [
        (State.DRAFT, Row()),
        (State.WITHDRAWN, Row(applied=1)),
        (State.REFUSED, Row(applied=1)),
        (State.RANKED, Row(applied=1, eligible=1)),
        (State.NOT_ADMITTED, Row(applied=1, eligible=1)),
        (State.ADMITTED, Row(applied=1, eligible=1, admitted=1)),
        (State.LEFT, Row(applied=1, eligible=1, admitted=1, enrolled=1)),
    ],
)
def test_everybody_counts_as_far_as_they_came(
    state: State, row: Row, intake: Intake, found: Funnel, staff_user: User
) -> None:
    make_application(staff_user, intake, state)
    assert found.whole == row
    assert found.by_class == {intake.pk: row}
    assert found.by_age == {AgeBand.FROM_18: row}
    assert found.mobilised == row.applied


def test_an_erased_applicant_still_counts(intake: Intake, found: Funnel, staff_user: User) -> None:
    rows = [make_application(staff_user, intake, State.SUBMITTED) for _both in range(2)]
    Application.objects.update(person=None, erased_at=NOW)
    assert found.whole == Row(applied=len(rows))
    assert found.by_sex == {"": Row(applied=2)}


def test_an_earlier_student_from_a_list_has_come_all_the_way() -> None:
    """Their history is one step alone."""
    for state in STUDENTS:
        assert all(state in states for states in BY_STEPS.values())


def test_fifty_counts_applicants_and_those_who_went_elsewhere_after_being_asked(
    intake: Intake, found: Funnel, staff_user: User
) -> None:
    year, went, studied, both = intake.scheme_year, live_at(), live_at(), live_at()
    visit(year, went, "not_interested", staff_user)
    visit(year, went, "elsewhere", staff_user)
    visit(year, studied, "elsewhere", staff_user)
    visit(year, both, "interested", staff_user)
    make_application(staff_user, intake, State.SUBMITTED, person=both)
    assert found.mobilised == 2
    year.counts_elsewhere = False
    assert Funnel(year).mobilised == 1


def test_studying_elsewhere_counts_behind_a_question_alone() -> None:
    visits = [(1, "interested"), (1, "elsewhere"), (1, "elsewhere"), (2, "elsewhere")]
    visits += [(2, "interested"), (3, "not_met"), (3, "elsewhere")]
    assert went_elsewhere(visits) == {1}


def test_sexes_and_ages_are_told_apart(intake: Intake, found: Funnel, staff_user: User) -> None:
    girl, boy = live_at(gender="f", born=date(2009, 9, 2)), live_at(gender="m")
    visit(intake.scheme_year, girl, "interested", staff_user)
    make_application(staff_user, intake, State.SUBMITTED, person=boy)
    assert found.by_sex == {"f": Row(reached=1, interested=1), "m": Row(applied=1)}
    assert set(found.by_age) == {AgeBand.UNDER_18, AgeBand.FROM_18}


def test_a_scheme_and_a_year_by_themselves(intake: Intake, found: Funnel, staff_user: User) -> None:
    home = make_dwelling(staff_user)
    before, dream = make_year(year=NOW.year - 1), make_year("dream", places=13)
    make_application(staff_user, make_intake(before), State.SUBMITTED, dwelling=home)
    make_application(staff_user, make_intake(dream), State.REPORTED)
    assert found.whole == Row()
    assert Funnel(dream).whole == Row(applied=1, eligible=1, admitted=1, enrolled=1)
    assert Funnel(dream).mobilised == 0, "no enterprise had chosen them"


@pytest.mark.parametrize("scheme", Scheme)
def test_every_step_has_its_definition(scheme: str) -> None:
    assert list(definitions(scheme)) == list(FunnelStep)


def test_in_the_dream_scheme_enterprises_begin(staff_user: User) -> None:
    allotment = make_allotment(staff_user)
    nominate(allotment)
    confirmed = nominate(allotment)
    intake = make_intake(allotment.scheme_year, places=13)
    application = make_application(staff_user, intake, State.ELIGIBLE)
    Nomination.objects.filter(pk=confirmed.pk).update(
        application=application, person=application.person, confirmed_at=NOW
    )
    make_application(staff_user, intake, State.SUBMITTED)
    found = Funnel(allotment.scheme_year)
    assert found.whole == Row(reached=2, interested=1, applied=2, eligible=1)
    assert found.mobilised == 1, "selected is who has said yes, however many applied"
    assert found.by_enterprise == {
        allotment.enterprise_id: Row(reached=2, interested=1, applied=1, eligible=1),
        None: Row(applied=1),
    }


@pytest.mark.parametrize("people", [1, 4])
def test_its_statements_do_not_grow(
    people: int,
    intake: Intake,
    found: Funnel,
    staff_user: User,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for _each in range(people):
        visit(intake.scheme_year, live_at(), "interested", staff_user)
        make_application(staff_user, intake, State.SUBMITTED)
    with django_assert_num_queries(9):
        assert (found.whole.applied, found.mobilised) == (people, people)
        assert len(found.by_class) == len(found.by_sex) == len(found.by_age) == 1
