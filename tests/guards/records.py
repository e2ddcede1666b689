"""What is known so far, kept in var/guards so that an interrupted run goes on."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.guards.importing import ROOT

FOLDER = ROOT / "var" / "guards"


@cache
def fingerprint(path: Path) -> str:
    """Of a file with tests: what was noted of them holds until it changes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


@dataclass(frozen=True)
class Noted:
    """What a test came past; None where it failed with all guards in."""

    file: str
    passed: list[str] | None
    seconds: float
    commits: bool


class Lines:
    """A file of JSON lines, written one by one."""

    def __init__(self, name: str) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        self.path = FOLDER / name
        self.path.touch()

    def read(self) -> Iterable[Any]:
        return map(json.loads, self.path.read_text(encoding="utf-8").splitlines())

    def write(self, row: Any) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


class Notes:
    def __init__(self) -> None:
        self.lines = Lines("notes.jsonl")
        self.tests = {test: Noted(**facts) for test, facts in self.lines.read()}

    def knows(self, test: str, file: str) -> bool:
        """Whether it has gone well as it is now."""
        noted = self.tests.get(test)
        return bool(noted and noted.file == file and noted.passed is not None)

    def add(self, test: str, **facts: Any) -> None:
        self.tests[test] = Noted(**facts)
        self.lines.write([test, facts])


class Results:
    """By guard: the test that sees it and how it fails; which tests do not, as they then were."""

    def __init__(self) -> None:
        self.lines = Lines("results.jsonl")
        self.seen_by: dict[str, list[str]] = {}
        self.missed_by: dict[str, set[tuple[str, str]]] = {}
        for guard, test, file, said in self.lines.read():
            self._take(guard, test, file, said)

    def _take(self, guard: str, test: str, file: str, said: str) -> None:
        if said:
            self.seen_by[guard] = [test, said]
        else:
            self.missed_by.setdefault(guard, set()).add((test, file))

    def seen(self, guard: str, test: str, said: str) -> None:
        self._write(guard, test, "", said)

    def missed(self, guard: str, test: str, file: str) -> None:
        self._write(guard, test, file, "")

    def _write(self, *row: str) -> None:
        self._take(*row)
        self.lines.write(row)
