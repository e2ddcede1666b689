"""What a cell holds where it holds no plain value."""

from datetime import date, datetime, time
from enum import Enum
from typing import Any

Position = tuple[int, int]
"""Row and column of a cell, both from zero."""


class Unreadable(Enum):
    """Not an empty cell: one whose value the file does not hold. An error, a formula without its
    result, something that no program may write."""

    NO_VALUE = "#N/A"

    def __str__(self) -> str:
        return self.value


NO_VALUE = Unreadable.NO_VALUE


def iso_value(text: str) -> Any:
    """A day, a time or a moment as XML has it (`t="d"`)."""
    for read in (_day, datetime.fromisoformat, time.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return NO_VALUE


def _day(text: str) -> date:
    if "T" in text or ":" in text:
        raise ValueError(text)
    return date.fromisoformat(text)
