"""What whoever loads a list has said of its lines."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answers:
    """Of rows in doubt, by their numbers: rows of the list, or none."""

    rows: frozenset[int] = frozenset()
    none: frozenset[int] = frozenset()


NOTHING_SAID = Answers()
