"""Numbers of people that are too small to be told, and what would give them away."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Part = TypeVar("Part", bound=Hashable)
SMALL = 5  # people; what fewer than these say is not broken down
STEP = 5  # people, to which the public's figures are rounded


def too_small(parts: Mapping[Part, int]) -> set[Part]:
    """House rule: parts of one to four people are not shown by themselves."""
    return {part for part, people in parts.items() if 0 < people < SMALL}


def withheld(parts: Mapping[Part, int]) -> set[Part]:
    """House rule: what is not shown where parts share out a whole that everybody knows.

    Besides those too small as many of the next smallest as it takes until two parts and five
    people are hidden. Otherwise the hidden part could be worked out from the whole and the
    parts that are shown.
    """
    hidden = too_small(parts)
    larger = sorted((part for part in parts if parts[part] >= SMALL), key=parts.__getitem__)
    while hidden and larger and not _hides(hidden, parts):
        hidden.add(larger.pop(0))
    return hidden


def rounded(number: int) -> int | None:
    """House rule: a figure for the public, to the nearest five; None where it is too small."""
    return None if number < SMALL else (number + STEP // 2) // STEP * STEP


def public_parts(parts: Mapping[Part, int]) -> dict[Part, int | None]:
    """House rule: how a whole is shared out, for the public: rounded, None for what is withheld.

    A part of nobody looks the same. Of several as large as the last one withheld none is shown:
    where the whole is known to the nearest five too, which of them it is could tell the rest.
    """
    hidden = withheld(parts)
    largest = max((parts[part] for part in hidden), default=0)
    return {part: rounded(parts[part]) if parts[part] > largest else None for part in parts}


def _hides(hidden: set[Part], parts: Mapping[Part, int]) -> bool:
    return len(hidden) > 1 and sum(parts[part] for part in hidden) >= SMALL
