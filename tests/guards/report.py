"""The table of guards and the tests that see them; what nobody sees, and why that may be."""

import json
import re
import tomllib
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path

from tests.guards.records import FOLDER, Results

REASONS = Path(__file__).with_name("reasons.toml")
TABLE = FOLDER / "report.md"
Row = tuple[str, str, int]


def report(only: str = "") -> int:
    """Writes the table; 1 where a guard is unseen without a reason."""
    rows = [row for row in every() if re.search(only, row[0])]
    results, reasons = Results(), tomllib.loads(REASONS.read_text(encoding="utf-8"))["unseen"]
    unseen = [row for row in rows if row[0] not in results.seen_by]
    unexplained = [row for row in unseen if not reason(row[0], reasons)]
    lines = ["| guard | what it is | seen by |", "|---|---|---|"]
    lines += [
        f"| {name} | `{short(text)}` | {seen(name, results, reasons)} |" for name, text, _ in rows
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    say(rows, results, unexplained)
    return 1 if unexplained else 0


def every() -> list[Row]:
    rows: list[Row] = json.loads((FOLDER / "guards.json").read_text(encoding="utf-8"))
    return rows


def short(text: str) -> str:
    return " ".join(text.split())[:80].replace("|", "¦")


def seen(name: str, results: Results, reasons: dict[str, str]) -> str:
    if name in results.seen_by:
        return results.seen_by[name][0]
    return f"nobody: {reason(name, reasons) or 'WITHOUT A REASON'}"


def reason(name: str, reasons: dict[str, str]) -> str:
    """Why nobody need see it; `*` in a key stands for anything."""
    return next((why for key, why in reasons.items() if fnmatchcase(name, key)), "")


def say(rows: list[Row], results: Results, unexplained: list[Row]) -> None:
    for name, text, tests in unexplained:
        print(f"unseen by {tests} tests: {name}  {short(text)}")
    found = Counter(name.partition(":")[0] for name, *_ in rows)
    watched = Counter(name.partition(":")[0] for name, *_ in rows if name in results.seen_by)
    for kind, number in found.items():
        print(f"{kind:>12} {watched[kind]:>4} of {number} seen")
    print(f"{len(unexplained)} without a reason; all of them in {TABLE}")
