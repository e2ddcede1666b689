"""Amounts in words, as cheques and printed budgets show them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from diedie_edu.common.money import BEYOND, change, figures, in_words

DIGITS = dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True))
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("0", "零元整"),
        ("10", "壹拾元整"),
        ("3000", "叁仟元整"),
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("20000.00", "贰万元整"),
        ("100000000", "壹亿元整"),
        ("100000", "壹拾万元整"),
    ],
)
def test_amounts_in_words(amount: str, words: str) -> None:
    assert in_words(Decimal(amount)) == words


def test_a_change_has_its_sign() -> None:
    signs = [change(Decimal(amount)) for amount in ("500", "-0.5")]
    assert signs == ["+¥500.00", "−¥0.50"]


def test_figures_have_two_places() -> None:
    assert figures(Decimal("107000.5")) == "¥107,000.50"


@pytest.mark.parametrize("amount", ["0.055", "1.001", "-1", "NaN", "Infinity", str(BEYOND)])
def test_what_is_no_amount_is_not_cut_in_silence(amount: str) -> None:
    with pytest.raises(ValueError, match="No amount"):
        in_words(Decimal(amount))


def number(words: str) -> int:
    """What a run of digits and units below 万 says."""
    total, digit = 0, 0
    for sign in words:
        if sign in UNITS:
            total, digit = total + digit * UNITS[sign], 0
        else:
            digit = DIGITS[sign]
    return total + digit


def read(words: str) -> int:
    """The fen that an amount in words says, read independently of the library."""
    yuan, _sign, rest = words.rpartition("元")
    fen = 0
    for unit, worth in (("角", 10), ("分", 1)):
        before, found, after = rest.partition(unit)
        if found:
            fen, rest = fen + DIGITS[before[-1]] * worth, after
    total = 0
    for big, worth in (("亿", 10**8), ("万", 10**4), ("", 1)):
        part, found, after = yuan.partition(big) if big else (yuan, "", "")
        if found or not big:
            total, yuan = total + number(part) * worth, after
    return total * 100 + fen


@given(some.integers(0, 10**14 - 1))
def test_words_say_the_amount(fen: int) -> None:
    assert read(in_words(Decimal(fen) / 100)) == fen
