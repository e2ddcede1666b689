import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diedie_edu.common.characters import (
    DOTS,
    RADICALS,
    code_digits,
    code_signs,
    looked_for,
    plain,
)


@pytest.mark.parametrize(
    ("radical", "character"),
    [
        ("\u2ea0", "民"),
        ("\u2ee2", "马"),
        ("\u2ecb", "车"),
        ("\u2ec5", "见"),
        ("\u2ed3", "长"),
        ("\u2e9f", "母"),
        ("\u2ef0", "龙"),
        ("\u2f08", "人"),
        ("\u2fd3", "龍"),
        ("\uf9e1", "李"),
    ],
)
def test_a_radical_is_its_character(radical, character):
    assert plain(f"陈{radical}") == f"陈{character}"


def test_the_table_has_every_radical_that_the_standard_maps():
    """U+2E80 is mapped to nothing, U+2E9A is not assigned."""
    block = {*range(0x2E81, 0x2E9A), *range(0x2E9B, 0x2EF4)}

    assert set(RADICALS) == block
    assert len(RADICALS) == 114
    for character in RADICALS.values():
        assert unicodedata.name(character).startswith("CJK UNIFIED IDEOGRAPH")


@pytest.mark.parametrize(
    "sign",
    ["\u200b", "\u200d", "\u2060", "\ufeff", "\u202d", "\u00ad", "\ufe00", "\U000e0100", "\u3164"],
)
def test_what_nobody_sees_does_not_count(sign):
    assert plain(f"陈{sign}建") == "陈建"


@pytest.mark.parametrize("space", ["\u3000", "\u00a0", "\u2009", "\u202f", "\t", "\n", "\u2028"])
def test_every_space_is_one(space):
    assert plain(f"a{space}b") == "a b"
    assert looked_for(f"{space}书{space}{space}法 ") == "书 法"


@pytest.mark.parametrize("digits", ["１２３", "١٢٣", "۱۲۳", "१२३", "①②③", "𝟏𝟐𝟑"])
def test_digits_are_those_of_the_keys(digits):
    assert plain(digits) == "123"


@given(st.text(max_size=40))
def test_what_is_plain_stays(text):
    assert plain(plain(text)) == plain(text)


@given(st.text(st.sampled_from(DOTS + "ａ陈"), max_size=9))
def test_a_dot_stays_a_dot(text):
    dots = [sign for sign in plain(text) if sign in DOTS]
    assert len(dots) == sum(sign in DOTS for sign in text)


@pytest.mark.parametrize(
    ("typed", "signs", "digits"),
    [
        ("123 456", "123456", "123456"),
        ("１２３－４５６", "123456", "123456"),
        ("12３。4·56", "123456", "123456"),
        ("I2E4S6", "I2E4S6", "12E4S6"),
        ("oOo lil", "OOOLIL", "000111"),
        ("ｋ７ｍ", "K7M", "K7M"),
        ("", "", ""),
    ],
)
def test_a_code_has_one_form_however_it_is_typed(typed, signs, digits):
    assert (code_signs(typed), code_digits(typed)) == (signs, digits)
