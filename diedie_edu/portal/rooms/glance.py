"""How full a room is on a day: what fits into a cell of the week of all rooms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from diedie_edu.venues.rules.availability import Span, without

HALF_AN_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Glance:
    """`opens` are the hours in which it can be held, `held` what holds it or parts of it."""

    day: date
    opens: Sequence[Span]
    held: Sequence[Span]

    @property
    def number(self) -> int:
        return len(self.held)

    @cached_property
    def free_hours(self) -> float:
        """Rounded down, in half hours below the first."""
        halves = _length(without(self.opens, self.held)) // HALF_AN_HOUR
        return halves // 2 or halves / 2

    @property
    def held_share(self) -> int:
        """Of its open hours, in percent."""
        whole = _length(self.opens)
        return round(100 * (1 - _length(without(self.opens, self.held)) / whole)) if whole else 0


def _length(spans: Iterable[Span]) -> timedelta:
    return sum((end - start for start, end in spans), timedelta())
