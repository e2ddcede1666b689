"""Numbers of identity papers: what passes, what is said otherwise, how it is kept and shown."""

from datetime import date

import pytest

from diedie_edu.common.id_numbers import CHECKS
from edu_base.models import PaperKind
from edu_base.rules.papers import (
    birth_date_in,
    check_is_of,
    clean_number,
    covered_number,
    gender_in,
    key_of,
)
from tests.conftest import NOW
from tests.support.refusals import code_of

TODAY = NOW.date()
RIGHT = [
    "911124198108030024",
    "810000199408230021",
    "820000199007150014",
    "830000199201300022",
    "440681195803211027",
    "440623195803211023",
    "11010519491231002X",
]


@pytest.mark.parametrize("number", RIGHT)
def test_real_numbers_pass_whatever_the_area(number: str) -> None:
    assert clean_number(PaperKind.CITIZEN, number, TODAY) == number


@pytest.mark.parametrize("number", RIGHT)
def test_each_with_another_last_character_fails(number: str) -> None:
    for last in set(CHECKS) - {number[-1]}:
        wrong = number[:-1] + last
        assert code_of(lambda wrong=wrong: clean_number("citizen", wrong, TODAY)) == "paper_check"


def with_check(body: str) -> str:
    return next(body + last for last in CHECKS if _fits(body + last))


def _fits(number: str) -> bool:
    return code_of(lambda: clean_number("citizen", number, date(2090, 1, 1))) != "paper_check"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "paper_empty"),
        ("1101051949123100", "paper_length"),
        ("1101051949123100OX", "paper_digits"),
        (with_check("11010519490230002"), "paper_date"),
        (with_check("11010520990101001"), "paper_date"),
        (with_check("11010518491231002"), "paper_date"),
    ],
)
def test_what_is_wrong_is_said(number: str, code: str) -> None:
    assert code_of(lambda: clean_number("permit", number, TODAY)) == code


def test_spaces_small_letters_and_full_width_are_brought_in_order() -> None:
    typed = " 110105 19491231 002ｘ"
    assert clean_number(PaperKind.CITIZEN, typed, TODAY) == "11010519491231002X"


def test_another_paper_is_taken_as_it_is() -> None:
    assert clean_number(PaperKind.OTHER, "A123456(7)", TODAY) == "A123456(7)"
    assert code_of(lambda: clean_number("other", "A" * 41, TODAY)) == "paper_long"


def test_number_and_birth_date_belong_together() -> None:
    number = "440681195803211027"
    assert birth_date_in(number) == date(1958, 3, 21)
    check_is_of("citizen", number, date(1958, 3, 21))
    check_is_of("other", "A123", date(1958, 3, 21))
    assert code_of(lambda: check_is_of("citizen", number, date(1958, 3, 22))) == "other_birth_date"


def test_key_is_of_the_number_and_not_of_the_kind_that_was_chosen() -> None:
    number = RIGHT[0]
    assert key_of(number) != key_of(RIGHT[1])
    as_another = clean_number("other", f"{number[:6]}-{number[6:]}", TODAY)
    assert key_of(clean_number("citizen", number, TODAY)) == key_of(as_another)
    assert code_of(lambda: clean_number("other", "--", TODAY)) == "paper_empty"


def test_shown_it_is_covered() -> None:
    assert covered_number("440681195803211027") == "440***********1027"
    assert covered_number("A123456") == "*****56"
    assert covered_number("") == ""


def test_the_seventeenth_digit_tells_women_from_men() -> None:
    assert gender_in("citizen", "440681195803211027") == "f"
    assert gender_in("permit", "820000199007150014") == "m"
    assert gender_in("foreign", "911124198108030024") == ""
