"""Whether somebody fits a class: ages at their edges, schooling, belonging, and what is lifted."""

from datetime import date

import pytest

from edu_base.models import Belonging, Condition, Intake, Schooling
from edu_base.plan_data import load_schemes
from edu_base.rules.ages import birthday, check_may_apply, is_minor
from edu_base.rules.conditions import LONG_AGO, Facts, check_conditions, rules_of, unmet
from tests.support.education import make_application, make_intake, make_year
from tests.support.refusals import code_of

COUNTS = date(2026, 9, 1)


def of_age(**fields: object) -> Intake:
    usual = {"min_age": 18, "max_age": 25, "age_counts_on": COUNTS}
    return Intake(closes_on=date(2026, 8, 31), **(usual | fields))


def codes(intake: Intake, **facts: object) -> list[str]:
    return [row.condition for row in unmet(intake, Facts(**facts))]


@pytest.mark.parametrize(
    ("born", "fits"),
    [
        (date(2008, 9, 1), True),  # 18 on the day itself
        (date(2008, 9, 2), False),  # the day after
        (date(2000, 9, 2), True),  # 26 tomorrow
        (date(2000, 9, 1), False),  # 26 today
        (date(2008, 2, 29), True),
        (None, False),
    ],
)
def test_ages_at_their_edges(born: date | None, fits: bool) -> None:
    assert (codes(of_age(), birth_date=born) == []) is fits


@pytest.mark.parametrize(
    ("day", "fits"), [(date(2026, 2, 28), False), (date(2026, 3, 1), True)], ids=["28", "1"]
)
def test_born_on_29_february_one_turns_on_1_march(day: date, fits: bool) -> None:
    born = date(2008, 2, 29)
    assert (codes(of_age(age_counts_on=day), birth_date=born) == []) is fits
    assert is_minor(born, day) is not fits
    assert birthday(born, 18) == date(2026, 3, 1)


def test_fifteen_fits_the_five_year_class_by_its_own_rule(db: None) -> None:
    load_schemes(2026)
    told = Facts(date(2011, 8, 31), Schooling.JUNIOR, Belonging.REGISTERED)
    five, three = Intake.objects.filter(scheme="households").order_by("id")
    assert unmet(five, told) == []
    assert [row.condition for row in unmet(three, told)] == ["age", "schooling"]


def test_worker_of_38_fits_the_dream_class(db: None) -> None:
    load_schemes(2026)
    told = Facts(date(1988, 5, 1), Schooling.JUNIOR, Belonging.WORKS, date(2026, 7, 1))
    assert unmet(Intake.objects.get(scheme="dream"), told) == []


def test_only_what_a_class_asks_is_asked() -> None:
    assert codes(Intake()) == []
    asks = of_age(schoolings=["senior"], belongings=["lives"])
    assert codes(asks) == ["age", "schooling", "belonging"]
    assert unmet(asks, Facts(), [Condition.AGE, Condition.BELONGING])[0].condition == "schooling"


@pytest.mark.parametrize(
    ("since", "fits"),
    [
        (date(2026, 3, 1), True),
        (date(2026, 3, 2), False),
        (None, False),
        (LONG_AGO, True),
    ],
)
def test_months_at_work_count_to_the_last_day_of_applying(since: date, fits: bool) -> None:
    intake = Intake(belongings=["works"], months_employed=6, closes_on=date(2026, 8, 31))
    assert (codes(intake, belongs_by="works", employed_since=since) == []) is fits


def test_rules_stand_in_words() -> None:
    intake = of_age(schoolings=["senior"], belongings=["lives"], residence_proof="居住证")
    age, schooling, belonging = rules_of(intake)
    assert "18" in age
    assert "2026年9月1日" in age
    assert "高中" in schooling
    assert "居住证" in belonging


def test_lifted_conditions_are_not_asked(db: None, staff_user: object) -> None:
    intake = make_intake(make_year(), min_age=30, max_age=40)
    row = make_application(staff_user, intake)  # type: ignore[arg-type]
    assert code_of(lambda: check_conditions(row)) == "age"
    row.lifted = [Condition.AGE]
    check_conditions(row)


def test_nobody_under_14_applies() -> None:
    """By the stricter rule: on the 14th birthday itself one is still under 14."""
    day = date(2026, 11, 23)
    assert code_of(lambda: check_may_apply(date(2012, 11, 23), day)) == "under_14"
    check_may_apply(date(2012, 11, 22), day)
    assert code_of(lambda: check_may_apply(date(2027, 1, 1), day)) == "birth_date_ahead"
