"""Which tests speak of a guard of the database by its name: tried before all that come past it, so
that a machine that knows nothing yet finds in minutes what sees each of them."""

import re
from collections.abc import Iterable
from functools import cache
from inspect import getsource
from pathlib import Path

import pytest

MOST = 12
WORD = re.compile(r"[a-z0-9_]+")


class Speaking:
    """By word: the tests that have it in their id, in their own source, in their module."""

    def __init__(self, items: Iterable[pytest.Item]) -> None:
        self.by_word: dict[str, dict[str, int]] = {}
        for item in items:
            asked_with = item.nodeid.partition("[")[2]
            for far, words in enumerate((words_of(asked_with), _own(item), _module(item.path))):
                for word in words:
                    self.by_word.setdefault(word, {}).setdefault(item.nodeid, far)

    def of(self, guard: str) -> list[str]:
        """The nearest first. A guard is called `kind:table.name`, or with a number behind."""
        table, name = guard.rstrip("0123456789").rstrip(":").partition(":")[2].rsplit(".", 1)
        found, of_table = self.by_word.get(name, {}), self.by_word.get(table, {})
        near = sorted(found, key=lambda test: (found[test], of_table.get(test, 3)))
        return near[:MOST]


def words_of(text: str) -> set[str]:
    """Also without the number that pytest puts behind what it is given twice."""
    words = set(WORD.findall(text))
    return words | {word.rstrip("0123456789") for word in words}


def _own(item: pytest.Item) -> set[str]:
    return _of_function(item.function)  # type: ignore[attr-defined]


@cache
def _of_function(function: object) -> set[str]:
    return words_of(getsource(function))  # type: ignore[arg-type]


@cache
def _module(path: Path) -> set[str]:
    return words_of(path.read_text(encoding="utf-8"))
