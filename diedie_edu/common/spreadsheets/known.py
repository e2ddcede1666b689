"""Words in a cell that mean something known: a topic, a room, a speaker."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Generic, TypeVar

from django.utils.functional import Promise

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import comparable, words_in

Row = TypeVar("Row")


class Known(Generic[Row]):
    """`rows`, fetched with the first word, each by all of its `words`.

    What is `unknown` or fits several is refused at the column `code` (`…_unknown`, `…_alike`).
    """

    def __init__(
        self,
        code: str,
        rows: Iterable[Row],
        words: Callable[[Row], Iterable[str]],
        unknown: str | Promise,
        alike: str | Promise = "",
    ) -> None:
        self.code, self.rows, self.words = code, rows, words
        self.unknown, self.alike = unknown, alike or unknown

    @cached_property
    def _by_word(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            for word in {comparable(word) for word in self.words(row) if word}:
                found[word].append(row)
        return found

    def meant_by(self, word: str) -> list[Row]:
        return self._by_word.get(comparable(word), [])

    def one(self, word: str) -> Row:
        found = self.meant_by(word)
        if not found:
            raise Refused(f"{self.code}_unknown", self.unknown, self.code)
        if len(found) > 1:
            raise Refused(f"{self.code}_alike", self.alike, self.code)
        return found[0]

    def several(self, text: str) -> list[Row]:
        """Those of a cell with several words, in their order."""
        return list(dict.fromkeys(map(self.one, words_in(text))))
