"""What the bench finds out: named numbers, most of them with a target."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FILE = Path(settings.BASE_DIR) / "var" / "bench.json"


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

    @property
    def target(self) -> str:
        signs = {"≥": self.at_least, "≤": self.at_most, "=": self.exactly}
        return " ".join(f"{sign} {bound:g}" for sign, bound in signs.items() if bound is not None)

    @property
    def is_met(self) -> bool:
        return (
            (self.at_least is None or self.value >= self.at_least)
            and (self.at_most is None or self.value <= self.at_most)
            and (self.exactly is None or self.value == self.exactly)
        )


def table(figures: Iterable[Figure]) -> str:
    """One line each: mark, name, value, target."""
    return "\n".join(
        f"  {'✓' if figure.is_met else '✗'} {figure.name:<30} {figure.value:>9.4g}   {figure.target}"
        for figure in figures
    )


def missed(figures: Iterable[Figure]) -> list[str]:
    return [figure.name for figure in figures if not figure.is_met]


def write(figures: Sequence[Figure]) -> None:
    """Put the figures into var/bench.json beside those that other parts left there."""
    known = json.loads(FILE.read_text()) if FILE.exists() else {}
    known |= {figure.name: round(figure.value, 3) for figure in figures}
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(known, indent=2) + "\n")
