"""What programmes bring to the programme office."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class LiaisonSide:
    """With which side (`models.Side`) the plan has a programme liaise (facts 1)."""

    programme: str
    side: str


@dataclass(frozen=True)
class Elsewhere:
    """What a programme's own pages promise and spend on an item of a budget, in yuan."""

    promised: Decimal
    spent: Decimal


@dataclass(frozen=True)
class MoneyRow:
    """One of the rows behind it, in words, and the page where it is kept."""

    text: str
    amount: Decimal
    state: str
    url: str


@dataclass(frozen=True)
class MoneySource:
    """Money that a programme promises and pays on pages of its own, so that nobody enters it twice:
    grants, what a group is given. It is read live.

    `of(items)` are the sums by the numbers of the items they are linked to; `rows(item)` what
    stands behind one.
    """

    of: Callable[[Collection[int]], Mapping[int, Elsewhere]]
    rows: Callable[[int], Iterable[MoneyRow]]
