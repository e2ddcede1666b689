"""Which guards are to be taken out, and before which tests."""

import json
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from tests.guards.database import InDatabase, in_database
from tests.guards.importing import ROOT, sites
from tests.guards.known import Collected, no_guards, seen_before
from tests.guards.naming import Speaking
from tests.guards.records import FOLDER, Noted, Notes, Results
from tests.guards.state import NO_CONDITIONS
from tests.guards.watching import marks

# Tried before a guard counts as unseen; of some kinds the likeliest see it, or none does.
MOST_TESTS = {"condition": 8, "own": 8, "access": 4, "programme": 4}
OTHERWISE = 30
# Only threads meet at a lock, and only tests that commit have any.
LOCKS = {"lock", "triggerlock"}
LIST = FOLDER / "guards.json"


class Trying:
    def __init__(self, notes: Notes, results: Results) -> None:
        self.results = results
        self.by_mark: dict[str, list[tuple[str, Noted]]] = {}
        for test, noted in notes.tests.items():
            for mark in noted.passed or []:
                self.by_mark.setdefault(mark, []).append((test, noted))
        self.all = {guard.name: self._is_one(guard) for guard in all_guards()}
        self.guards = [guard for guard in all_guards() if self.all[guard.name]]
        rows = [[guard.name, guard.text, len(self._passed(guard))] for guard in self.guards]
        LIST.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")

    def pairs(self) -> Iterator[tuple[Any, list[str]]]:
        """Guards that nobody has seen yet, each with the tests that may, the likeliest first."""
        for number, guard in enumerate(self._unseen(self.guards), 1):
            print(f"{number} {guard.name}", flush=True)
            yield guard, self._untried(guard)

    def known(self, items: Iterable[Any]) -> Iterator[tuple[Any, list[str]]]:
        """Guards with the one test that saw them before, on this machine or another."""
        guards = {guard.name: guard for guard in self.guards}
        before = {name: test for name, test in seen_before().items() if name in guards}
        tests = Collected(item.nodeid for item in items)
        for guard in self._unseen(guards[name] for name in before):
            yield guard, tests.called(before[guard.name])

    def named(self, items: Iterable[Any]) -> Iterator[tuple[Any, list[str]]]:
        """Guards of the database that nobody has seen yet, with the tests that speak of them."""
        speaking = Speaking(items)
        for guard in self._unseen(self.guards):
            if isinstance(guard, InDatabase):
                yield guard, speaking.of(guard.name)

    def _unseen(self, guards: Iterable[Any]) -> Iterator[Any]:
        wanted = re.compile(os.environ.get("GUARDS_ONLY", ""))
        for guard in guards:
            if guard.name not in self.results.seen_by and wanted.search(guard.name):
                yield guard

    def _untried(self, guard: Any) -> list[str]:
        missed = self.results.missed_by.get(guard.name, set())
        tests = self._tests(guard)[: MOST_TESTS.get(guard.kind, OTHERWISE)]
        return [test for test, noted in tests if (test, noted.file) not in missed]

    def _tests(self, guard: Any) -> list[tuple[str, Noted]]:
        """First where its name is known, or else little else is passed."""
        word = _word(guard)
        rows = self._passed(guard)
        return sorted(rows, key=lambda row: (*_unlikely(row[0], word), *_cost(row[1])))

    def _passed(self, guard: Any) -> list[tuple[str, Noted]]:
        """The tests that came past it, of locks those that commit."""
        wanted = getattr(guard, "marks", frozenset({guard.name}))
        found = {test: noted for mark in wanted for test, noted in self.by_mark.get(mark, [])}
        return [one for one in found.items() if one[1].commits or guard.kind not in LOCKS]

    def _is_one(self, guard: Any) -> bool:
        """A look-up without conditions has none that could be out; which those are is kept, for
        a machine on which no test has come past them yet."""
        if guard.name in self.by_mark:
            return True
        none = f"{guard.name} {NO_CONDITIONS}" in self.by_mark
        return not none and guard.name not in no_guards()


def _word(guard: Any) -> str:
    """What it is called where it is spoken of: itself, or the function in which it stands."""
    return guard.name.rstrip(":0123456789").rpartition(".")[2].lstrip("_")


def _unlikely(test: str, word: str) -> tuple[bool, bool]:
    """Least where its own name has the word, then where its file has."""
    return word not in _words(test), not _says(test, word)


@cache
def _words(test: str) -> frozenset[str]:
    return frozenset(re.split(r"\W+", test.partition("::")[2]))


@cache
def _says(test: str, word: str) -> bool:
    return word in (ROOT / test.partition("::")[0]).read_text(encoding="utf-8")


def _cost(noted: Noted) -> tuple[int, int]:
    return round(noted.seconds), len(noted.passed or [])


@cache
def all_guards() -> list[Any]:
    return [*sites(), *marks(), *in_database()]
