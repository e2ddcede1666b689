"""var/scale/report.md: what grows between two walks, and the ten worst."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tests.scale.reading import Seen, Statement

FILE = Path(settings.BASE_DIR) / "var" / "scale" / "report.md"
TARGET = 2.0  # times, of the whole
NOISE = 10.0  # milliseconds by which a page may be longer for no reason
LONG = 2.0  # milliseconds to plan a statement
WORST = 10
Walked = dict[tuple[str, str], Seen]


@dataclass(frozen=True)
class Grown:
    """One page in both towns. Of a list that the small town does not fill, Python's time counts by
    the length of the answer."""

    page: tuple[str, str]
    few: Seen
    many: Seen

    @property
    def longer(self) -> float:
        return max(self.many.size / max(self.few.size, 1), 1)

    @property
    def ratio(self) -> float:
        return self.many.whole / max(self.few.whole + self.few.python * (self.longer - 1), 1)

    @property
    def is_missed(self) -> bool:
        return self.ratio > TARGET and self.many.whole - self.few.whole > NOISE

    def line(self) -> str:
        return (
            f"| {_named(self.page)} | {self.ratio:.1f} | {_parts(self.few)} | {_parts(self.many)}"
            f" | {self.few.number} / {self.many.number} | {self.few.size} / {self.many.size} |"
        )


def grown(few: Walked, many: Walked) -> list[Grown]:
    """Those above the target, the worst first."""
    both = (Grown(page, few[page], many[page]) for page in many.keys() & few.keys())
    return sorted((row for row in both if row.is_missed), key=lambda row: -row.ratio)


def write(few: Walked, many: Walked, rows: list[Grown]) -> None:
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text("\n".join(_lines(few, many, rows)) + "\n")


def _lines(few: Walked, many: Walked, rows: list[Grown]) -> Iterable[str]:
    yield f"# Scale: {len(many)} pages, questions and readers"
    failed = {page: seen.status for page, seen in many.items() if seen.status != 200}
    yield f"\nNot answered with 200: {failed or 'none'}"
    yield f"\n## Above {TARGET:g} × the small town ({len(rows)})\n"
    yield "| page | times | small: Python + planning + running | large | statements | bytes |"
    yield "|---|---|---|---|---|---|"
    yield from (row.line() for row in rows)
    yield from _worst("planning", many, lambda one: one.planning)
    yield from _worst("running", many, lambda one: one.running)
    yield from _largest(many)


def _worst(title: str, many: Walked, cost: Callable[[Statement], float]) -> Iterable[str]:
    yield f"\n## The ten worst by {title}\n\n| page | ms | rows | blocks | statement |"
    yield "|---|---|---|---|---|"
    found: dict[str, tuple[Statement, tuple[str, str]]] = {}
    for page, seen in many.items():
        for one in seen.statements:
            if one.sql not in found or cost(found[one.sql][0]) < cost(one):
                found[one.sql] = (one, page)
    for one, page in sorted(found.values(), key=lambda pair: -cost(pair[0]))[:WORST]:
        words = one.sql[one.sql.find(" FROM ") :][:300].replace("|", "\\|").replace("\n", " ")
        yield f"| {_named(page)} | {cost(one):.1f} | {one.rows} | {one.blocks} | `…{words}` |"


def _largest(many: Walked) -> Iterable[str]:
    yield "\n## The ten largest answers\n\n| page | kB |\n|---|---|"
    for page, seen in sorted(many.items(), key=lambda pair: -pair[1].size)[:WORST]:
        yield f"| {_named(page)} | {seen.size // 1024} |"


def _named(page: tuple[str, str]) -> str:
    name, reader = page
    return f"{name} ({reader})".replace("|", "\\|")


def _parts(seen: Seen) -> str:
    return f"{seen.python:.0f} + {seen.planning:.0f} + {seen.running:.0f}"
