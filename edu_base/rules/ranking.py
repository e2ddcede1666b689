"""In which order applications stand, from what they were given; pure, so that the same marks give
the same ranking at any later time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.errors import Refused

THOUSANDTH = Decimal("0.001")
# The written order of the house where marks are the same: each counts where those before it are
# equal. The words are what is stored with the rank.
ORDER = ("marks", "interview", "weightiest", "submitted", "number")
IN_WORDS = {
    "marks": pgettext_lazy("what decided a rank", "marks of all criteria"),
    "interview": pgettext_lazy("what decided a rank", "marks of the interview"),
    "weightiest": pgettext_lazy("what decided a rank", "marks of the criterion that weighs most"),
    "submitted": pgettext_lazy("what decided a rank", "came in first"),
    "number": pgettext_lazy("what decided a rank", "the lower number"),
}


@dataclass(frozen=True)
class Marked:
    """One criterion of one application: its weight, and the mean of what reviewers gave."""

    criterion: int
    weight: int
    is_interview: bool
    mean: Decimal


@dataclass(frozen=True)
class Candidate:
    """An application that can be ranked."""

    number: int
    submitted_at: datetime
    marked: Sequence[Marked]

    @property
    def score(self) -> Decimal:
        """House rule: the mean of all criteria by their weights, from 0 to 100."""
        return weighted(self.marked)

    def key(self) -> tuple[Decimal, Decimal, Decimal, datetime, int]:
        """As `ORDER` says, the best first."""
        interview = weighted([row for row in self.marked if row.is_interview])
        most = max(self.marked, key=lambda row: (row.weight, -row.criterion), default=None)
        weightiest = most.mean if most else Decimal(0)
        return -self.score, -interview, -weightiest, self.submitted_at, self.number


@dataclass(frozen=True)
class Ranked:
    """`by`: what was compared down to what decided, such as "marks,interview"."""

    candidate: Candidate
    rank: int
    by: str


def weighted(marked: Sequence[Marked]) -> Decimal:
    """The mean by weights, to a thousandth; of nothing it is nought."""
    whole = sum(row.weight for row in marked)
    total = sum((row.weight * row.mean for row in marked), Decimal(0))
    return (total / (whole or 1)).quantize(THOUSANDTH, ROUND_HALF_UP)


def ranked(candidates: Iterable[Candidate], after: int = 0) -> list[Ranked]:
    """All in their order, behind the rank `after`."""
    rows = sorted(candidates, key=Candidate.key)
    keys = [row.key() for row in rows]
    deciding = [_deciding(*pair) for pair in pairwise(keys)]
    depths = zip([0, *deciding], [*deciding, 0], strict=False)  # against whom above, whom below
    return [
        Ranked(row, rank, ",".join(ORDER[: max(pair) + 1]))
        for rank, (row, pair) in enumerate(zip(rows, depths, strict=False), start=after + 1)
    ]


def _deciding(above: tuple[object, ...], below: tuple[object, ...]) -> int:
    """Which of `ORDER` sets two apart; numbers always do."""
    return next(n for n, pair in enumerate(zip(above, below, strict=True)) if pair[0] != pair[1])


def in_words(by: str) -> list[str]:
    """What is stored with a rank, for a page."""
    return [str(IN_WORDS[word]) for word in by.split(",") if word in IN_WORDS]


def check_somebody(candidates: Sequence[Candidate]) -> None:
    """House rule: a ranking is made of those whose marks are all in."""
    if not candidates:
        raise Refused("nobody", _("Nobody can be ranked yet: look at whose marks are missing."))
