"""Small numbers of people: what is not shown, and that nothing shown gives it away."""

from collections import defaultdict
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diedie_edu.common.groups import SMALL, public_parts, rounded, too_small, withheld

MOST = 13  # in each part of the whole that the search looks through


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        ({"a": 9, "b": 5}, ""),
        ({"a": 9, "b": 0}, ""),
        ({"a": 9, "b": 5, "c": 4}, "bc"),  # c alone could be worked out
        ({"a": 9, "b": 8, "c": 2, "d": 1}, "bcd"),  # c and d are three people together
        ({"a": 9, "b": 3, "c": 2}, "bc"),  # five people: enough
        ({"a": 9, "b": 4}, "ab"),
        ({"a": 3}, "a"),
        ({}, ""),
    ],
)
def test_small_parts_are_withheld_with_as_many_as_hide_them(parts: dict, hidden: str) -> None:
    assert withheld(parts) == set(hidden)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30)))
def test_nothing_small_is_shown_or_can_be_worked_out(parts: dict[str, int]) -> None:
    """Who knows the whole and the parts shown learns of nobody among fewer than five people."""
    hidden = withheld(parts)
    shown = {part: people for part, people in parts.items() if part not in hidden}
    rest = sum(parts.values()) - sum(shown.values())
    assert all(people == 0 or people >= SMALL for people in shown.values())
    if any(shown.values()) and hidden:
        assert rest >= SMALL
        assert len(hidden) > 1
    assert all(parts[part] for part in hidden), "where nobody is, nobody need be hidden"


def test_overlapping_parts_are_withheld_one_by_one() -> None:
    assert too_small({"a": 9, "b": 4, "c": 0}) == {"b"}


@pytest.mark.parametrize(
    ("number", "shown"), [(0, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)]
)
def test_the_public_sees_fives_and_nothing_below(number: int, shown: int | None) -> None:
    assert rounded(number) == shown


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_no_search_finds_what_the_public_is_not_shown(size: int) -> None:
    """Among all wholes that look the same to the public no part is everywhere the same number of
    one to four people."""
    assert found_by_searching(size, lambda parts: public_parts(parts)) == set()


def test_the_search_finds_it_where_less_is_withheld() -> None:
    """Controls: rounding alone, small parts alone, and all that exact figures would need."""
    everything = found_by_searching(3, lambda parts: {part: rounded(parts[part]) for part in parts})
    assert ((0, None), (1, 5), (2, 5)) in everything
    assert found_by_searching(3, lambda parts: without(parts, withheld(parts)))


def found_by_searching(size: int, publish: Callable[[dict], dict]) -> set:
    """What is published of wholes in which a part of one to four people is certain."""
    alike: dict[tuple, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in product(range(MOST), repeat=size):
        shown = publish(dict(enumerate(numbers)))
        alike[tuple(shown.items()), rounded(sum(numbers))].append(numbers)
    return {
        shown
        for (shown, _whole), wholes in alike.items()
        for part, number in shown
        if number is None and is_certain({numbers[part] for numbers in wholes})
    }


def is_certain(possible: set[int]) -> bool:
    return len(possible) == 1 and 0 < min(possible) < SMALL


def without(parts: dict, hidden: set) -> dict:
    return {part: None if part in hidden else rounded(parts[part]) for part in parts}
