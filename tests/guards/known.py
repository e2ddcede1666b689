"""Which test saw each guard the last time: on whatever machine, it is tried first."""

from collections.abc import Iterable
from pathlib import Path

from tests.guards.records import Results

FILE = Path(__file__).with_name("seen.txt")


def seen_before() -> dict[str, str]:
    """By guard's name; in the order of the tests, so that what a module's tests share is made
    once."""
    rows = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines()]
    return dict(sorted(rows, key=lambda row: row[1]))


def remember(guards: Iterable[str], results: Results) -> None:
    """Of those that there are; a test that no longer sees its guard is forgotten for another."""
    before, now = seen_before(), results.seen_by
    found = {guard: now[guard][0] if guard in now else before.get(guard) for guard in guards}
    lines = [f"{guard}\t{test}\n" for guard, test in sorted(found.items()) if test]
    FILE.write_text("".join(lines), encoding="utf-8")
