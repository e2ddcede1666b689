"""What a text message costs, and what fits into it."""

from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from diedie_edu.notices.text_messages import (
    GSM_7,
    GSM_7_TWICE,
    KEYS,
    NAME,
    NO_SIGNATURE,
    TITLE,
    VENUE,
    Longest,
    key_of,
    reference_in,
    segments,
    units,
)


def test_the_old_alphabet_has_its_127_signs_and_ten_that_take_two() -> None:
    assert (len(GSM_7), len(GSM_7_TWICE)) == (127, 10)  # and the escape to those


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 158 + "[", 1),
        ("a" * 159 + "[", 2),
        ("通" * 70, 1),
        ("通" * 71, 2),
        ("通" * 134, 2),
        ("通" * 135, 3),
        ("a" * 69 + "通", 1),
        ("a" * 70 + "通", 2),
        ("a" * 70 + "…", 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_messages_are_counted_as_phone_companies_do(text: str, number: int) -> None:
    assert segments(text) == number


# What phones would take for a link or a number to ring has its own tests.
NEITHER_LINK_NOR_NUMBER = st.characters(
    exclude_categories=["Cs", "Nd"], exclude_characters=".．。｡:"
)


@given(st.text(NEITHER_LINK_NOR_NUMBER), st.sampled_from([TITLE, NAME, VENUE, Longest("23:59")]))
@example("𠮷" * 30, TITLE)
@example("家" * 19 + "𠮷", TITLE)
@example("好" * 19 + " 好", TITLE)
def test_nothing_is_longer_than_it_may_be(text: str, longest: Longest) -> None:
    short, limit = longest.shortened(text), units(longest.value)
    line = " ".join(text.translate(NO_SIGNATURE).split())
    assert units(short) <= limit
    assert not set(short) & set("【】[]\n\t")
    if units(line) <= limit:
        assert short == line
    else:
        assert short.endswith("…")
        assert line.startswith(short[:-1])


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("秋冬护膝", "秋冬护膝"),
        ("  秋冬\n护膝 ", "秋冬 护膝"),
        ("【非遗】竹编[一]", "「非遗」竹编(一)"),
        ("好" * 20, "好" * 20),
        ("好" * 21, "好" * 19 + "…"),
        ("好" * 18 + " 好好好", "好" * 18 + "…"),
        ("家" * 19 + "𠮷", "家" * 19 + "…"),
    ],
)
def test_what_is_too_long_ends_with_an_ellipsis(text: str, short: str) -> None:
    assert TITLE.shortened(text) == short


@given(st.uuids())
@example(UUID(int=0))
@example(UUID(int=2**128 - 1))
def test_a_key_leads_back_to_its_reference(reference: UUID) -> None:
    key = key_of(reference)
    assert KEYS.fullmatch(key)
    assert reference_in(key) == reference
    assert reference_in(f"{key}。") == reference_in(f"{key}/") == reference


@pytest.mark.parametrize("key", ["", "nothing", "a" * 21, "通" * 22, "a" * 10 + "=" + "a" * 11])
def test_other_words_are_no_key(key: str) -> None:
    assert reference_in(key) is None
