"""What the bench finds out: named numbers, most of them with a target."""

import json
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


def line(figure: Figure) -> str:
    """A figure as a line of the table: mark, name, value, target."""
    mark = "✓" if figure.is_met else "✗"
    return f"  {mark} {figure.name:<34} {figure.value:>8.4g}   {figure.target}".rstrip()


def keep(figure: Figure) -> None:
    """Put a figure into var/bench.json, beside those that were measured before."""
    known = json.loads(FILE.read_text()) if FILE.exists() else {}
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(known | {figure.name: round(figure.value, 3)}, indent=2) + "\n")
