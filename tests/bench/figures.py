"""What the bench finds out: named numbers, most of them with a target."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

from django.conf import settings

FILE = Path(settings.BASE_DIR) / "var" / "bench.json"
LOUD = 1.25  # of a ratio's quartiles, the upper by the lower: the machine had other work to do


@dataclass(frozen=True)
class Ratio:
    """Ours as a part of theirs: the median of all rounds, and its quartiles."""

    median: float
    quartiles: tuple[float, float]

    @classmethod
    def of(cls, pairs: Iterable[tuple[float, float]]) -> "Ratio":
        ratios = [one / other if other else 0 for one, other in pairs]
        low, middle, high = quantiles(ratios, n=4, method="inclusive")
        return cls(middle, (low, high))

    @property
    def inverse(self) -> "Ratio":
        """Theirs as a part of ours; 0 where nobody told."""
        low, high = self.quartiles
        return Ratio(1 / self.median, (1 / high, 1 / low)) if low else self


@dataclass(frozen=True)
class Figure:
    """A ratio, a number of things, or megabytes (`…_mb`); absolute times are never kept.

    `at_least`, `at_most` and `exactly` are targets; a figure without one is for information.
    """

    name: str
    value: float
    at_least: float | None = None
    at_most: float | None = None
    exactly: float | None = None
    quartiles: tuple[float, float] | None = None

    @classmethod
    def of(cls, name: str, ratio: Ratio, **targets: float) -> "Figure":
        return cls(name, ratio.median, quartiles=ratio.quartiles, **targets)

    @property
    def target(self) -> str:
        signs = {"≥": self.at_least, "≤": self.at_most, "=": self.exactly}
        return " ".join(f"{sign} {bound:g}" for sign, bound in signs.items() if bound is not None)

    @property
    def verdict(self) -> str:
        """ "met", "missed", "too loud" where its rounds differ too much to judge, or ""."""
        if not self.target:
            return ""
        if self._is_loud:
            return "too loud"
        return "met" if self._is_met else "missed"

    @property
    def _is_loud(self) -> bool:
        low, high = self.quartiles or (1, 1)
        return high > LOUD * low

    @property
    def _is_met(self) -> bool:
        return (
            (self.at_least is None or self.value >= self.at_least)
            and (self.at_most is None or self.value <= self.at_most)
            and (self.exactly is None or self.value == self.exactly)
        )


MARKS = {"met": "✓", "missed": "✗", "too loud": "?", "": " "}


def line(figure: Figure) -> str:
    """A figure as a line of the table: mark, name, value, quartiles, target, verdict."""
    spread = "{:.3g}–{:.3g}".format(*figure.quartiles) if figure.quartiles else ""
    told = f"{MARKS[figure.verdict]} {figure.name:<34} {figure.value:>8.4g}  {spread:<12}"
    return f"  {told} {figure.target:<8} {figure.verdict}".rstrip()


def keep(figure: Figure) -> None:
    """Put a figure into var/bench.json, beside those that were measured before."""
    known: dict[str, Any] = json.loads(FILE.read_text()) if FILE.exists() else {}
    FILE.parent.mkdir(parents=True, exist_ok=True)
    row = {"value": round(figure.value, 3), "target": figure.target, "verdict": figure.verdict}
    if figure.quartiles:
        row["quartiles"] = [round(bound, 3) for bound in figure.quartiles]
    FILE.write_text(json.dumps(known | {figure.name: row}, indent=2, ensure_ascii=False) + "\n")
