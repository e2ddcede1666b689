"""What a list is made of: its columns, the types of their cells, the words people use."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import cached_property, lru_cache
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.common.typed import means_nothing, tidy

Words = str
"""Names of one thing, "|" between them: Chinese, English, then others that are understood but not
written: "姓名 | Full name | 名字"."""


class CellType(Enum):
    """How a cell is read; in brackets the Python value, and the one of an empty cell."""

    TEXT = auto()  # str, ""
    PHONE = auto()  # canonical str, ""
    CHOICE = auto()  # a key of `choices`, ""
    CHOICES = auto()  # list of keys of `choices`, []
    DATE = auto()  # date, None
    INTEGER = auto()  # int, None
    AMOUNT = auto()  # Decimal of at most two places, None
    BOOLEAN = auto()  # bool, None
    TIME = auto()  # time of day, None
    MOMENT = auto()  # aware datetime by the wall clock here, None


class RowLeftOutError(Refused):
    """A whole row may not come in, whatever else stands in it: it is left out, and said."""


@dataclass(frozen=True)
class Column:
    """One column of a list: how it is read, written, explained and covered.

    `fills_down`: a merged cell counts for every row it spans (the household of its members).
    `clean` gets the value of a filled cell and returns what is stored, or raises `Refused` (for the
    whole row `RowLeftOutError`).
    `help` says in the template what goes into the column; `example` stands there in the row of
    examples: a value, words by language, or a function that gives one of them.
    `value` reads the column off a row for an export; without it, it is the attribute `code`.
    `covered` makes of a value what readers get who may not have it whole, "" is nothing of it;
    with `only_whole` their lists have no such column. Without `is_read` it is written, and not
    read back; without `is_written` it is understood, and stands in no list or template of ours.
    A text or phone that is a word for “nothing” (`typed.means_nothing`) counts as empty, but where
    the column `takes_any_word`. A phone `of_organisation` may be a short one (12345). A required
    one may be empty, or missing, in rows that say in the column `unless` (its code) what they are
    about. Identity numbers are kept of a column that `takes_id_numbers`, and of no other. Without a
    column of its own, a time is the `end_of` what stands in the column of that code: 9:30-11:00.
    """

    code: str
    titles: Words
    type: CellType = CellType.TEXT
    required: bool = False
    fills_down: bool = False
    max_length: int | None = None
    choices: Mapping[Any, Words] = field(default_factory=dict)
    clean: Callable[[Any], Any] | None = None
    help: str | Promise = ""
    example: Any = None
    value: Callable[[Any], Any] | None = None
    covered: Callable[[Any], Any] | Literal[""] | None = None
    only_whole: bool = False
    is_read: bool = True
    is_written: bool = True
    takes_any_word: bool = False
    of_organisation: bool = False
    unless: str = ""
    takes_id_numbers: bool = False
    end_of: str = ""

    @property
    def title(self) -> str:
        return in_readers_language(self.titles)

    def of(self, row: Any, *, whole: bool = True) -> Any:
        """The column's value of a row that is written."""
        if not whole and self.covered == "":
            return ""
        value = self.value(row) if self.value else getattr(row, self.code)
        return value if whole or not (self.covered and value) else self.covered(value)

    def is_told_nothing(self, cell: Any) -> bool:
        """Whether a word stands there where somebody had nothing to say: 无, 不详, 0."""
        if self.takes_any_word or self.type not in (CellType.TEXT, CellType.PHONE):
            return False
        if isinstance(cell, int | float):
            return cell == 0 and not isinstance(cell, bool)
        return isinstance(cell, str) and means_nothing(cell)

    def shown_example(self) -> Any:
        example = self.example() if callable(self.example) else self.example
        return in_readers_language(example) if isinstance(example, str) else example

    def explanation(self) -> str:
        """What goes into the column, in one line."""
        if self.choices and not self.help:
            several = self.type is CellType.CHOICES
            pattern = _("One or more of: {words}") if several else _("One of: {words}")
            return pattern.format(words=self.words_of_choices())
        return str(self.help or _EXPLAINED.get(self.type, ""))

    @cached_property
    def choice_by_word(self) -> dict[str, str]:
        """Every accepted word of every choice, and its key."""
        return {
            comparable(word): key
            for key, words in self.choices.items()
            for word in (key, *all_words(words))
        }

    def words_of_choices(self) -> str:
        """The words that are written, for a message: female, male."""
        return listed(in_readers_language(words) for words in self.choices.values())


_SEPARATORS = re.compile(r"[、，,;；/／|┋│\n]+")
_EXPLAINED = {
    CellType.DATE: _("A date, for example 2012-09-01"),
    CellType.PHONE: _("A mobile, or a landline with its area code such as 0757-81234567"),
    CellType.INTEGER: _("A whole number"),
    CellType.AMOUNT: _("A number with at most two places, for example 1200.50"),
    CellType.TIME: _("A time of day, for example 09:30"),
    CellType.MOMENT: _("A day and a time, for example 2026-11-20 08:00"),
    CellType.BOOLEAN: _("Yes or no"),
}


def columns_to_read(columns: Iterable[Column]) -> list[Column]:
    return [column for column in columns if column.is_read]


def columns_to_write(columns: Iterable[Column], *, whole: bool = True) -> list[Column]:
    written = (column for column in columns if column.is_written)
    return [column for column in written if whole or not column.only_whole]


def values_of(
    columns: Sequence[Column], rows: Iterable[Any], *, whole: bool = True
) -> Iterator[dict[str, Any]]:
    """Rows of any kind as values by column code, each read when it is written."""
    return ({column.code: column.of(row, whole=whole) for column in columns} for row in rows)


def through(path: str, *columns: Column) -> list[Column]:
    """The same columns for rows that lead by these attributes to those they were made for, or to
    nothing."""
    return [replace(column, value=_behind(path.split("."), column)) for column in columns]


def _behind(path: list[str], column: Column) -> Callable[[Any], Any]:
    def value(row: Any) -> Any:
        for name in path:
            row = row and getattr(row, name)
        return row and column.of(row)

    return value


@lru_cache(maxsize=1024)
def all_words(words: Words) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split("|"))


def in_readers_language(words: Words) -> str:
    """The first word, or the second for readers of English."""
    chinese, *others = all_words(words)
    english = others and (get_language() or "").startswith("en")
    return others[0] if english else chinese


def listed(words: Iterable[str]) -> str:
    """Words with the comma of the reader's language between them."""
    return pgettext("between the words of a list", ", ").join(words)


def words_in(text: str) -> list[str]:
    """Several words of one cell, however they are told apart."""
    return list(filter(None, map(str.strip, _SEPARATORS.split(text))))


@lru_cache(maxsize=1024)  # lists repeat the same few words in every row
def comparable(text: str) -> str:
    """Equal for texts that differ in width, case, spaces and decoration: "姓 名＊" is "姓名"."""
    return re.sub(r"[\s*:_]+", "", tidy(text)).casefold()


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
