"""统一社会信用代码, by GB 32100-2015."""

import pytest

from edu_base.rules.credit_codes import SIGNS, clean_credit_code
from tests.support.refusals import refusal_of

# The standard's own example of one, a village collective (N2), and what people type.
RIGHT = ("91110000600037341L", "91330106673959654P", "N2440606MF1234567J")


@pytest.mark.parametrize("code", RIGHT[:2])
def test_right_codes_pass_and_every_other_last_sign_fails(code: str) -> None:
    assert clean_credit_code(code) == code
    for sign in set(SIGNS) - {code[-1]}:
        wrong = refusal_of(lambda sign=sign: clean_credit_code(code[:-1] + sign))
        assert wrong == ("credit_code_wrong", "credit_code")


def test_it_is_taken_as_people_type_it() -> None:
    assert clean_credit_code(" ９111 0000-6000 37341l ") == RIGHT[0]


@pytest.mark.parametrize(
    "text", ["", "9111", RIGHT[0] + "1", RIGHT[0].replace("L", "S"), "中" * 18]
)
def test_what_is_no_code_is_refused(text: str) -> None:
    assert refusal_of(lambda: clean_credit_code(text)) == ("credit_code_shape", "credit_code")
