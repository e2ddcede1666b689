"""The education base in the registry of figures: its own steps, against target and places."""

from datetime import date
from decimal import Decimal

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.figures.kinds import ALL, NOTHING, Value
from diedie_edu.figures.queries.figures import Figures, Reading, figures_of
from diedie_edu.figures.spans import Span, SpanKind, span_on
from edu_base.models import Fact, Intake, State
from edu_base.models.schemes import PROGRAMME
from edu_base.queries.funnel import Funnel
from tests.conftest import NOW
from tests.support.children import consent_text
from tests.support.dream import make_allotment, nominate, say_yes
from tests.support.education import make_application, make_intake, make_year
from tests.support.grants import award, make_fund
from tests.support.mobilising import live_at, visit

pytestmark = pytest.mark.django_db
YEAR = span_on(SpanKind.YEAR, NOW.date())


def readings(span: Span = YEAR) -> dict[str, Reading]:
    found = figures_of(PROGRAMME, span, NOW)
    return {row.indicator.slug: row for row in found}


def test_fifty_stand_against_the_mobilised_and_25_against_those_who_reported(
    intake: Intake, staff_user: User
) -> None:
    second = make_intake(intake.scheme_year)
    for state, of in (
        (State.SUBMITTED, intake),
        (State.REPORTED, intake),
        (State.REPORTED, second),
    ):
        make_application(staff_user, of, state)
    went = live_at()
    for outcome in ("not_interested", "elsewhere"):
        visit(intake.scheme_year, went, outcome, staff_user)
    found = readings()
    mobilised, reported = found["householdsmobilised"], found["householdsreported"]
    assert (mobilised.value, mobilised.target) == (Value(4), 50)
    assert (reported.value, reported.target) == (Value(2), 25)
    assert mobilised.note == "目标 50，已有 4"
    assert mobilised.still_open == "还差 46"
    for step, number in (("applied", 3), ("admitted", 2)):
        row = found[f"households{step}"]
        assert (row.value, row.target) == (Value(number), None)
    assert Funnel(intake.scheme_year).mobilised == 4, "the base's own page says the same"


def test_in_dream_25_stand_against_those_who_were_chosen_and_said_yes(staff_user: User) -> None:
    allotment = make_allotment(staff_user)
    intake = make_intake(allotment.scheme_year, places=13)
    nominate(allotment)
    consent_text()
    say_yes(nominate(allotment), intake)
    make_application(staff_user, intake, State.REPORTED)
    found = readings()
    selected, reported = found["dreamselected"], found["dreamreported"]
    assert (selected.value, selected.target) == (Value(1), 25)
    assert (reported.value, reported.target) == (Value(1), 13)
    assert (found["dreamapplied"].value, found["dreamapplied"].target) == (Value(1), None)


def test_a_reached_target_says_so(staff_user: User) -> None:
    intake = make_intake(make_year(target=1, places=1))
    make_application(staff_user, intake, State.SUBMITTED)
    row = readings()["householdsmobilised"]
    assert row.is_reached
    assert (row.still_open, row.share_of_target) == ("已达到目标", "100.0%")


def test_a_year_without_a_scheme_has_no_target_and_no_nought(intake: Intake) -> None:
    row = readings(span_on(SpanKind.YEAR, date(2024, 5, 1)))["householdsmobilised"]
    assert (row.value, row.target, row.note) == (NOTHING, None, "暂无数据")


def test_a_shorter_span_shows_where_its_year_stands(intake: Intake, staff_user: User) -> None:
    make_application(staff_user, intake, State.SUBMITTED)
    month = figures_of(PROGRAMME, span_on(SpanKind.MONTH, date(2026, 2, 3)), NOW)
    row = next(one for one in month if one.indicator.slug == "householdsmobilised")
    assert (row.value, row.target) == (Value(1), 50)


def test_grants_are_what_was_paid(intake: Intake, staff_user: User) -> None:
    student = make_application(staff_user, intake, State.REPORTED)
    fund = make_fund()
    award(fund, student, staff_user, upto=Fact.PAID)
    row = readings()["grants"]
    assert row.value == Value(Decimal(3000))
    assert row.number == "3,000.00"


def test_money_of_the_committee_is_used_as_a_budget_is(intake: Intake, staff_user: User) -> None:
    assert readings()["budget-use"].note == "暂无数据"
    award(make_fund(), make_application(staff_user, intake, State.REPORTED), staff_user)
    make_fund(year=NOW.year - 1)
    for programme in (PROGRAMME, ALL):
        [row] = Figures(YEAR, NOW, only=["budget-use"]).of(programme)
        assert row.value == Value(Decimal(3000), Decimal(6000))
        assert (row.number, row.note) == ("50%", "共 6,000.00 元，其中 3,000.00 元")
