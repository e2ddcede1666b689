"""Grants: the sum that was approved, and the facts of each award."""

from datetime import timedelta
from decimal import Decimal

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.notices.models import Notice
from edu_base.actions import grants
from edu_base.actions.grants import Told
from edu_base.models import (
    Application,
    Award,
    Fact,
    GrantFact,
    GrantFund,
    Intake,
    Scheme,
    State,
)
from edu_base.queries.grants import Total, candidates, lines_of, roll_of
from tests.conftest import NOW
from tests.support.education import make_application, make_intake, make_year, walk
from tests.support.grants import TODAY, award, make_fund, record
from tests.support.refusals import code_of, refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund(staff_user: User) -> GrantFund:
    return make_fund()


@pytest.fixture
def student(intake: Intake, staff_user: User) -> Application:
    return make_application(staff_user, intake, State.STUDYING)


def told() -> list[str]:
    kinds = Notice.objects.order_by("pk").values_list("kind", flat=True)
    return list(dict.fromkeys(kind.partition(".")[2] for kind in kinds))


def test_four_facts_follow_each_other(fund, student, staff_user) -> None:
    given = award(fund, student, staff_user)
    for fact in (Fact.ANNOUNCED, Fact.SIGNED, Fact.PAID):
        record(given, fact, staff_user)
    rows = given.facts.values_list("fact", "on", "by")
    assert list(rows) == [(fact, TODAY, staff_user.pk) for fact in Fact]
    assert told() == ["grant_awarded", "grant_paid"]
    [row] = roll_of(fund)
    assert (row.awarded_on, row.paid_on, row.was_here) == (TODAY, TODAY, False)


@pytest.mark.parametrize("fact", [Fact.SIGNED, Fact.PAID])
def test_nothing_is_skipped(fact, fund, student, staff_user) -> None:
    given = award(fund, student, staff_user)
    assert code_of(lambda: record(given, fact, staff_user)) == "too_early"
    with refused_by("a_fact_of_a_grant_needs_the_one_before_it"):
        given.facts.create(fact=fact, on=TODAY, at=NOW, by=staff_user)


def test_nobody_is_paid_twice(fund, student, staff_user) -> None:
    given = award(fund, student, staff_user, upto=Fact.PAID)
    assert code_of(lambda: record(given, Fact.PAID, staff_user)) == "already"
    with refused_by("each_fact_of_a_grant_once"):
        given.facts.create(fact=Fact.PAID, on=TODAY, at=NOW, by=staff_user)


def test_one_award_of_a_student_a_year_and_kind(fund, student, staff_user) -> None:
    award(fund, student, staff_user)
    assert code_of(lambda: award(fund, student, staff_user)) == "already"
    award(make_fund(title_zh="奖学金"), student, staff_user)
    award(make_fund(year=NOW.year + 1), student, staff_user)


def test_awards_keep_the_sum_approved(fund, intake, student, staff_user) -> None:
    """6,000 for two."""
    award(fund, student, staff_user)
    others = [make_application(staff_user, intake, State.STUDYING) for _n in range(2)]
    terms = {"amount": Decimal(3000), "on": TODAY, "by": staff_user, "now": NOW}
    assert code_of(lambda: grants.award(fund=fund, applications=others, **terms)) == "sum"
    fund.refresh_from_db()
    assert (fund.awarded, Award.objects.count()) == (3000, 1)  # all or none


def test_the_sum_never_goes_below_what_is_awarded(fund, student, staff_user) -> None:
    award(fund, student, staff_user)
    lower = {"fund": fund, "total": Decimal(2999), "by": staff_user, "now": NOW}
    assert code_of(lambda: grants.set_up(**lower)) == "sum"


@pytest.mark.parametrize(
    "state", [State.PROPOSED, State.CONFIRMED, State.LEFT, State.NOT_ADMITTED, State.WITHDRAWN]
)
def test_students_alone_get_one(state, fund, intake, staff_user) -> None:
    other = make_application(staff_user, intake, state)
    assert code_of(lambda: award(fund, other, staff_user)) == "no_student"


def test_a_fund_is_of_its_scheme(student, staff_user) -> None:
    dream = make_fund(scheme="dream")
    assert code_of(lambda: award(dream, student, staff_user)) == "other_fund"
    earlier = make_fund(year=NOW.year - 1)
    assert code_of(lambda: award(earlier, student, staff_user)) == "other_fund"


def test_what_came_last_is_taken_back_first(fund, student, staff_user) -> None:
    given = award(fund, student, staff_user, upto=Fact.PAID)
    who = {"award": given, "by": staff_user, "now": NOW}
    assert code_of(lambda: grants.take_back(**who, fact=Fact.SIGNED, reason="误记")) == "not_last"
    assert code_of(lambda: grants.take_back(**who, fact=Fact.PAID, reason=" ")) == "no_reason"
    grants.take_back(**who, fact=Fact.PAID, reason="退汇")
    assert given.facts.filter(fact=Fact.PAID).count() == 2  # nothing is deleted
    record(given, Fact.PAID, staff_user)
    assert given.facts.filter(fact=Fact.PAID, stands=True).count() == 1


def test_an_award_taken_back_gives_its_sum_back(fund, student, staff_user) -> None:
    given = award(fund, student, staff_user)
    who = {"by": staff_user, "now": NOW}
    grants.take_back(award=given, fact=Fact.AWARDED, reason="名单有误", **who)
    fund.refresh_from_db()
    assert fund.awarded == 0
    assert told() == ["grant_awarded", "grant_taken_back"]
    assert code_of(lambda: record(given, Fact.ANNOUNCED, staff_user)) == "too_early"
    award(fund, student, staff_user)
    assert Award.objects.count() == 2


def test_somebody_named_signs_for_them(fund, student, staff_user) -> None:
    given = award(fund, student, staff_user, upto=Fact.ANNOUNCED)
    proxy = Told(TODAY, proxy="柏母亲")
    who = {"awards": [given], "fact": Fact.SIGNED, "by": staff_user, "now": NOW}
    assert code_of(lambda: grants.record(**who, told=proxy)) == "no_proxy"
    grants.record(**who, told=Told(TODAY, proxy="柏母亲", proxy_is="母亲"))
    assert "grant_signed_for" in told()
    [row] = roll_of(fund)
    assert row.signed_by == "柏母亲"
    grants.forget_person(student.person, NOW)
    assert GrantFact.objects.get(fact=Fact.SIGNED).proxy == "–"


def test_no_day_lies_ahead(fund, student, staff_user) -> None:
    given = award(fund, student, staff_user)
    tomorrow = Told(TODAY + timedelta(days=1))
    who = {"awards": [given], "fact": Fact.ANNOUNCED, "by": staff_user, "now": NOW}
    assert code_of(lambda: grants.record(**who, told=tomorrow)) == "ahead"


def test_whoever_left_is_not_paid(fund, student, staff_user) -> None:
    given = award(fund, student, staff_user, upto=Fact.SIGNED)
    walk(student, State.LEFT, staff_user)
    assert code_of(lambda: record(given, Fact.PAID, staff_user)) == "no_student"


def test_totals(fund, intake, student, staff_user) -> None:
    award(fund, student, staff_user, upto=Fact.PAID)
    award(fund, make_application(staff_user, intake, State.STUDYING), staff_user)
    [line] = lines_of([fund])
    assert (line.awarded, line.paid) == (Total(2, Decimal(6000)), Total(1, Decimal(3000)))
    assert line.open == Total(1, Decimal(3000))


def test_one_of_a_kind_a_year_also_of_a_second_study(fund, student, intake, staff_user) -> None:
    walk(student, State.GRADUATED, staff_user)
    before = make_year(Scheme.DREAM, year=NOW.year - 1)
    again = make_application(staff_user, make_intake(before), State.STUDYING, person=student.person)
    award(fund, student, staff_user)
    assert not candidates(fund).exists()
    assert code_of(lambda: award(fund, again, staff_user)) == "already"


def test_no_fact_stands_before_the_day_of_the_one_before_it(fund, student, staff_user) -> None:
    given = award(fund, student, staff_user)
    early = Told(TODAY - timedelta(days=1))
    say = {"awards": [given], "fact": Fact.ANNOUNCED, "by": staff_user, "now": NOW}
    assert code_of(lambda: grants.record(told=early, **say)) == "before"
