"""What is known of guards on whatever machine: the test that saw each the last time, which is tried
first; and which look-ups carry no condition of their own, and so are none."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.guards.records import Results

SEEN = Path(__file__).with_name("seen.txt")
NONE = Path(__file__).with_name("none.txt")


def seen_before() -> dict[str, str]:
    """By guard's name; in the order of the tests, so that what a module's tests share is made
    once."""
    rows = [line.split("\t") for line in lines(SEEN)]
    return dict(sorted(rows, key=lambda row: row[1]))


def no_guards() -> set[str]:
    return set(lines(NONE))


def lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def remember(guards: Mapping[str, bool], results: Results) -> None:
    """Of all that there are, each with whether it is one. A row goes only with its guard, and a
    test that no longer sees it is forgotten for another."""
    before = seen_before()
    seen = {name: test for name, [test, _said] in results.seen_by.items()}
    tests = {name: seen.get(name) or before.get(name) for name in guards}
    write(SEEN, [f"{name}\t{test}" for name, test in tests.items() if test])
    write(NONE, [name for name, is_one in guards.items() if not is_one])


def write(file: Path, rows: Iterable[str]) -> None:
    file.write_text("".join(f"{row}\n" for row in sorted(rows)), encoding="utf-8")


class Collected:
    """The tests that there are, to be found under the name that they had."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = set(names)
        self.alike: dict[str, list[str]] = {}
        for name in sorted(self.names):
            for part in parts(name):
                self.alike.setdefault(part, []).append(name)

    def called(self, name: str) -> list[str]:
        """Itself; else those that differ by the number which pytest counts, and changes with every
        row before it; else those of its file that are given the same, by another function."""
        if name in self.names:
            return [name]
        return next((self.alike[part] for part in parts(name) if part in self.alike), [])


def parts(name: str) -> list[str]:
    """What tests may have in common, the most of it first."""
    before, bracket, given = name.rstrip("]").rstrip("0123456789").partition("[")
    file = before.partition("::")[0]
    return [before + bracket + given, file + bracket + given] if given else [before]
