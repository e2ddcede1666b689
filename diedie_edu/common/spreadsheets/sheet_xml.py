"""The cells of one sheet of an .xlsx, as they are and not as a program would show them.

An error, an empty text and no value at all are three things, and what cannot be told apart is
`NO_VALUE`, never an empty cell (ECMA-376 part 1, 18.3.1.4).
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from diedie_edu.common.spreadsheets import faults
from diedie_edu.common.spreadsheets.columns import column_index
from diedie_edu.common.spreadsheets.delimited import MAX_COLUMNS, MAX_LINES
from diedie_edu.common.spreadsheets.number_formats import Shown, value_shown
from diedie_edu.common.spreadsheets.values import NO_VALUE, Position, iso_value
from diedie_edu.common.spreadsheets.xml_member import (
    MAX_NOTED,
    Attributes,
    End,
    Spent,
    Start,
    WithTexts,
    is_on,
    plain,
)

LAST_ROW = 1_048_576
MAX_HIDDEN_COLUMNS = 1000  # ranges of them
_PLACE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_TRUTH = {"1": True, "true": True, "0": False, "false": False}


@dataclass
class Known:
    """What the workbook says of the cells of all its sheets."""

    texts: list[str] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    is_1904: bool = False
    is_unfinished: bool = False


@lru_cache(maxsize=4096)
def _column(letters: str) -> int:
    return column_index(letters.upper())


def _place(text: str) -> Position:
    """Row from one, column from zero. Raises `Refused` (`file_damaged`)."""
    found = _PLACE.fullmatch(text)
    if not found or int(found[2]) > LAST_ROW:
        raise faults.refused("file_damaged")
    return int(found[2]), _column(found[1])


class SheetCells(WithTexts):
    """`rows` by number from one, `hidden_columns` by index from zero."""

    root = "worksheet"

    def __init__(self, spent: Spent, known: Known) -> None:
        super().__init__(spent)
        self.known = known
        self.rows: dict[int, list[Any]] = {}
        self.hidden: set[int] = set()
        self.hidden_columns: list[range] = []
        self.merged: list[tuple[Position, Position]] = []
        self._row, self._column, self._height, self._width = 0, -1, 0, 0
        self._is_hidden = self._row_is_told = self._is_formula = False
        self._kind, self._style = "n", ""
        self._value: str | None = None
        self._last_row_of_formula: dict[int, int] = {}
        self._noted = 0

    def starts_and_ends(self) -> tuple[Mapping[str, Start], Mapping[str, End]]:
        starts, ends = self.text_acts()
        starts |= {"row": self._begin_row, "c": self._begin_cell, "f": self._formula}
        starts |= {"v": self._begin_value, "col": self._columns, "mergeCell": self._merge}
        ends |= {"v": self._end_value, "is": self._end_text, "c": self._end_cell}
        return starts, ends

    def _columns(self, about: Attributes) -> None:
        if is_on(about, "hidden") or _is_zero(about.get("width", "")):
            first, last = about.get("min", ""), about.get("max", "")
            if not (first.isdecimal() and last.isdecimal() and len(first + last) < 12):
                raise faults.refused("file_damaged")
            self.hidden_columns.append(range(int(first) - 1, int(last)))
            if len(self.hidden_columns) > MAX_HIDDEN_COLUMNS:
                raise faults.refused("file_damaged")

    def _begin_row(self, about: Attributes) -> None:
        self._row_is_told = "r" in about
        self._row = _row_number(about["r"]) if self._row_is_told else self._row + 1
        self._column = -1
        self._is_hidden = is_on(about, "hidden") or _is_zero(about.get("ht", ""))

    def _begin_cell(self, about: Attributes) -> None:
        if place := about.get("r"):
            row, self._column = _place(place)
            if self._row_is_told and row != self._row:
                raise faults.refused("file_damaged")
            self._row = row
        else:
            self._column += 1
        self._kind = about.get("t", "n")
        self._style = about.get("s", "")
        self._value = None
        self._is_formula = False

    def _formula(self, about: Attributes) -> None:
        """One for several cells stands in the first of them."""
        self._is_formula = True
        if "ref" in about and about.get("t") in ("array", "dataTable"):
            (_first, left), (last, right) = _range(about["ref"])
            self._note(right - left + 1)
            for column in range(left, right + 1):
                known = self._last_row_of_formula.get(column, 0)
                self._last_row_of_formula[column] = max(known, last)

    def _begin_value(self, _about: Attributes) -> None:
        self.listen()

    def _end_value(self) -> None:
        self._value = self.heard()

    def _end_text(self) -> None:
        self._value = self.text()

    def _end_cell(self) -> None:
        value = self._cell()
        if value is not None and value != "":
            self._keep(value)

    def _cell(self) -> Any:
        if self._kind == "e":
            return NO_VALUE
        if self._is_of_formula() and not self._is_calculated():
            return NO_VALUE
        if self._value is None:
            return None
        read = _READ.get(self._kind)
        return read(self, self._value) if read else NO_VALUE

    def _is_of_formula(self) -> bool:
        if self._is_formula or not self._last_row_of_formula:
            return self._is_formula
        return self._row <= self._last_row_of_formula.get(self._column, 0)

    def _is_calculated(self) -> bool:
        """The empty text is a result too, where the cell says that it is a text."""
        is_told = self._value if self._kind != "str" else self._value is not None
        return bool(is_told) and not self.known.is_unfinished

    def _number(self, text: str) -> Any:
        text = text.strip()
        if not text:
            return None
        if not _NUMBER.fullmatch(text) or not math.isfinite(number := float(text)):
            return NO_VALUE
        style = int(self._style) if self._style.isdecimal() and len(self._style) < 6 else 0
        shown = self.known.shown[style] if style < len(self.known.shown) else Shown.NUMBER
        return value_shown(number, shown, is_1904=self.known.is_1904)

    def _shared(self, text: str) -> Any:
        index = text.strip()
        if not index:
            return None
        if not index.isdecimal() or len(index) > 8 or int(index) >= len(self.known.texts):
            return NO_VALUE
        found = self.known.texts[int(index)]
        self.spent.more_text(len(found))
        return found

    def _keep(self, value: Any) -> None:
        """Raises `Refused`: no program writes a cell twice, or beside the sheet."""
        if self._column >= MAX_COLUMNS or self._row > LAST_ROW:
            raise faults.refused("file_damaged")
        self._reach()
        row = self.rows.get(self._row)
        if row is None:
            if len(self.rows) >= MAX_LINES:
                raise faults.refused("too_many_rows", limit=f"{MAX_LINES:,}")
            row = self.rows[self._row] = []
        if self._is_hidden:
            self.hidden.add(self._row)
        row.extend([None] * (self._column + 1 - len(row)))
        if row[self._column] is not None:
            raise faults.refused("file_damaged")
        row[self._column] = value

    def _reach(self) -> None:
        if self._row <= self._height and self._column < self._width:
            return
        before = self._height * self._width
        self._height = max(self._height, self._row)
        self._width = max(self._width, self._column + 1)
        self.spent.more_cells(self._height * self._width - before, self._row, self._column)

    def _merge(self, about: Attributes) -> None:
        (top, left), (bottom, right) = _range(about.get("ref", ""))
        self.merged.append(((top - 1, left), (bottom - 1, right)))
        self._note(1)

    def _note(self, number: int) -> None:
        self._noted += number
        if self._noted > MAX_NOTED:
            raise faults.refused("file_unpacks_too_big")


_READ: dict[str, Callable[[SheetCells, str], Any]] = {
    "n": SheetCells._number,
    "s": SheetCells._shared,
    "str": lambda _cells, text: plain(text),
    "inlineStr": lambda _cells, text: text,  # plain already
    "b": lambda _cells, text: _TRUTH.get(text.strip(), NO_VALUE),
    "d": lambda _cells, text: iso_value(text.strip()),
}


def _range(ref: str) -> tuple[Position, Position]:
    first, _colon, last = ref.partition(":")
    return _place(first), _place(last or first)


def _is_zero(text: str) -> bool:
    """A height or width that is told and is none."""
    return bool(text) and not text.strip("0.")


def _row_number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 7):
        raise faults.refused("file_damaged")
    row = int(text)
    if not 1 <= row <= LAST_ROW:
        raise faults.refused("file_damaged")
    return row
