from datetime import date, timedelta

import pytest

from diedie_edu.people.rules import ages, residents
from tests.support.refusals import refusal_of

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("born", "years"),
    [
        (date(2000, 11, 22), 26),
        (date(2000, 11, 23), 26),
        (date(2000, 11, 24), 25),
        (date(2026, 11, 23), 0),
    ],
)
def test_years_are_full_years(born, years):
    assert residents.years_old(born, TODAY) == years


def test_whoever_was_born_on_29_february_turns_on_1_march():
    leapling = date(2004, 2, 29)

    assert residents.years_old(leapling, date(2026, 2, 28)) == 21
    assert residents.years_old(leapling, date(2026, 3, 1)) == 22


@pytest.mark.parametrize(
    ("born", "child"),
    [
        (None, False),
        (date(2012, 11, 22), False),
        (date(2012, 11, 23), True),  # the 14th birthday itself
        (date(2012, 11, 24), True),
        (date(2026, 11, 23), True),
    ],
)
def test_under_fourteen_is_a_child_up_to_the_birthday(born, child):
    assert residents.is_child(born, TODAY) is child


def test_a_child_born_on_29_february_is_grown_on_1_march():
    """Civil Code art. 202: February's last day ends its years where it has no 29th."""
    assert residents.is_child(date(2012, 2, 29), date(2026, 2, 28))
    assert not residents.is_child(date(2012, 2, 29), date(2026, 3, 1))
    assert residents.is_child(date(2014, 2, 28), date(2028, 2, 28))
    assert not residents.is_child(date(2014, 2, 28), date(2028, 2, 29))
    assert residents.is_child(date(2014, 3, 1), date(2028, 2, 29))


@pytest.mark.parametrize(
    ("born", "refusal"),
    [
        (None, None),
        (date(1958, 3, 21), None),
        (date(2026, 11, 24), "birth_date_ahead"),
        (date(1905, 11, 23), "birth_date_too_old"),
        (date(1906, 11, 23), None),
        (date(2020, 1, 1), "guardian_first"),
    ],
)
def test_who_may_be_stored(born, refusal):
    found = refusal_of(lambda: residents.check_may_be_stored(born, TODAY))

    assert found == (refusal and (refusal, "birth_date"))


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (None, ""),
        (date(2010, 1, 1), "under_18"),
        (date(2008, 11, 23), "18_34"),
        (date(2008, 11, 24), "under_18"),
        (date(1991, 1, 1), "35_49"),
        (date(1970, 1, 1), "50_59"),
        (date(1958, 2, 4), "60_69"),
        (date(1956, 11, 23), "70_up"),
        (date(1920, 1, 1), "70_up"),
    ],
)
def test_the_band_follows_from_the_birth_date(born: date | None, band: str) -> None:
    assert ages.age_band_of(born, TODAY) == band


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29), date(2027, 2, 28), date(2027, 3, 1)])
@pytest.mark.parametrize("age", [18, 59, 60, 70])
def test_the_last_birth_date_of_an_age_is_of_that_age(today: date, age: int) -> None:
    last = ages.last_birth_date(age, today)
    assert residents.years_old(last, today) == age
    assert residents.years_old(last + timedelta(days=1), today) == age - 1
