"""What a list is made of: its columns, the kinds of their cells, the words people use."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property, lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext

Words = tuple[str, ...]
"""Names of one thing: Chinese, English, then others that are understood but not written."""


class CellType(Enum):
    """How a cell is read; in brackets the Python value, and the one of an empty cell."""

    TEXT = auto()  # str, ""
    PHONE = auto()  # canonical str, ""
    CHOICE = auto()  # a key of `choices`, ""
    CHOICES = auto()  # list of keys of `choices`, []
    DATE = auto()  # date, None
    INTEGER = auto()  # int, None
    BOOLEAN = auto()  # bool, None
    TIME = auto()  # time of day, None
    MOMENT = auto()  # aware datetime by the wall clock here, None


@dataclass(frozen=True)
class Column:
    """One column of a list.

    `fills_down`: a merged cell counts for every row it spans (the household of its members).
    `clean` gets the value of a filled cell and returns what is stored, or raises `Refused`.
    `help` says in the template what goes into the column.
    """

    code: str
    titles: Words
    type: CellType = CellType.TEXT
    required: bool = False
    fills_down: bool = False
    max_length: int | None = None
    choices: Mapping[str, Words] = field(default_factory=dict)
    clean: Callable[[Any], Any] | None = None
    help: str | Promise = ""

    @property
    def title(self) -> str:
        return in_readers_language(self.titles)

    @cached_property
    def choice_by_word(self) -> dict[str, str]:
        """Every accepted word of every choice, and its key."""
        return {
            comparable(word): key for key, words in self.choices.items() for word in (key, *words)
        }

    def words_of_choices(self) -> str:
        """The words that are written, for a message: female, male."""
        return listed(in_readers_language(words) for words in self.choices.values())


def in_readers_language(words: Words) -> str:
    """The first word, or the second for readers of English."""
    english = (get_language() or "").startswith("en")
    return words[1] if english and len(words) > 1 else words[0]


def listed(words: Iterable[str]) -> str:
    """Words with the comma of the reader's language between them."""
    return pgettext("between the words of a list", ", ").join(words)


@lru_cache(maxsize=1024)  # lists repeat the same few words in every row
def comparable(text: str) -> str:
    """Equal for texts that differ in width, case, spaces and decoration: "姓 名＊" is "姓名"."""
    return re.sub(r"[\s*:_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def column_letter(index: int) -> str:
    """The name of a column in a spreadsheet by its index from zero: A, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The other way round: A is 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


_MARKS = ("例：", "Example: ")
_UNDERSTOOD = ("例：", "例:", "示例", "example:")


def marked(text: str) -> str:
    return (_MARKS[1] if (get_language() or "").startswith("en") else _MARKS[0]) + text


def is_example(row: Sequence[Any]) -> bool:
    """Whether the row's first filled cell carries the mark."""
    first = next((cell for cell in row if cell not in ("", None)), "")
    return isinstance(first, str) and first.strip().lower().startswith(_UNDERSTOOD)
