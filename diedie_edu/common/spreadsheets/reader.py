"""Reading a list: every row as values by column code, or every fault with its place and remedy.

A file that cannot be read as a list is `Refused` as a whole. Inside a list nothing is guessed:
what is wrong becomes a `Fault`, and a caller that finds faults changes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets import faults
from diedie_edu.common.spreadsheets.answers import NOTHING_SAID, Answers
from diedie_edu.common.spreadsheets.asides import Asides, Line
from diedie_edu.common.spreadsheets.cells import is_blank
from diedie_edu.common.spreadsheets.columns import (
    Column,
    RowLeftOutError,
    column_letter,
    columns_to_read,
    is_example,
    listed,
)
from diedie_edu.common.spreadsheets.faults import Fault, Faults
from diedie_edu.common.spreadsheets.header import Header, headers_of
from diedie_edu.common.spreadsheets.opening import Opened, content_of, opened
from diedie_edu.common.spreadsheets.row_cells import Cells, RowReader

MAX_ROWS = 20_000
SHOWN_ROWS = 10
MOST_ASIDE = 2000
MOST_DOUBTS = 50
_NO_ROW = _("This line seems to be none of the list. Delete it, or fill in what is missing.")


@dataclass(frozen=True)
class Row:
    """One row of the list; `number` as the spreadsheet shows it. Absent columns have no value."""

    number: int
    values: dict[str, Any]


@dataclass
class Table:
    """What was read. `rows` holds the rows without fault; `unread` names sheets left aside.

    `aside` holds the cells of rows that are none of the list, such as its sums, by number, `doubts`
    those of rows of which nobody has said yet what they are, `left_out` the numbers of rows that
    may not come in, by what is said of them. In `as_empty` are the rows of each column where a
    word for “nothing” counts as an empty cell. `hidden` are numbers of filled rows that a look at
    the sheet does not show: read, or left out where that was asked for. Of a list laid out in
    another way `note` says so, and `keeps` are indexes of the columns of which cells may be kept.
    """

    header: Header
    rows: list[Row] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    unread: list[str] = field(default_factory=list)
    aside: dict[int, list[Any]] = field(default_factory=dict)
    doubts: dict[int, list[Any]] = field(default_factory=dict)
    as_empty: dict[int, list[int]] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    left_out: dict[str, list[int]] = field(default_factory=dict)
    note: str | Promise = ""
    keeps: set[int] | None = None

    @property
    def sheet(self) -> str:
        return self.header.sheet.name

    @property
    def header_row(self) -> int:
        return self.header.row

    @property
    def unknown_columns(self) -> list[str]:
        """Columns that were not read, for the preview: F “备注”."""
        return list(map(self._named, self.header.unknown()))

    @property
    def hidden_columns(self) -> list[str]:
        """Columns that were read, and that a look at the sheet does not show."""
        hides = self.header.sheet.hides_column
        return [self._named(index) for index in self.header.columns if hides(index)]

    def _named(self, index: int) -> str:
        return f"{column_letter(index)} “{self.header.titles[index]}”"

    @property
    def columns_as_empty(self) -> list[str]:
        """For the preview: column E “户号”, rows 3, 7, 9 …"""
        pattern = _("Column {column} “{title}”, rows {rows}")
        return [
            pattern.format(
                column=column_letter(index), title=self.header.titles[index], rows=_some(rows)
            )
            for index, rows in sorted(self.as_empty.items())
        ]

    def add_fault(self, row: int, index: int | None, message: str | Promise) -> None:
        """At the column of this index, or for the whole row."""
        letter = "" if index is None else column_letter(index)
        title = "" if index is None else self.header.titles[index]
        self.faults.add(Fault(self.sheet, row, letter, title, message))

    def refuse(self, row: int, refusal: Refused) -> None:
        """A rule said no to a row: beside the cell it is about, or for the whole row where the
        list has no such column."""
        self.add_fault(row, self.header.index_of.get(refusal.field), refusal.message)


def _some(rows: Sequence[int]) -> str:
    return listed(map(str, rows[:SHOWN_ROWS])) + (" …" if len(rows) > SHOWN_ROWS else "")


Tell = Callable[[int, list[Any]], Line]
"""What the row of this number is."""


def read_table(
    file: bytes | BinaryIO | Opened,
    columns: Sequence[Column],
    *,
    max_rows: int = MAX_ROWS,
    tell: Tell | None = None,
    answers: Answers = NOTHING_SAID,
    without_hidden: bool = False,
) -> Table:
    """The list in an .xlsx, .xls or CSV file, or in what is left of one. Which of its
    lines are none of the list is told by `asides`, or by a `tell` of its own, and by the `answers`
    to what was asked.

    Raises `Refused` with one of the codes of `faults` where there is no list to read.
    """
    found = file if isinstance(file, Opened) else opened(content_of(file))
    columns = columns_to_read(columns)
    header, *others = headers_of(found, columns)
    beside = [one for one in found.sheets if one is not header.sheet and not one.is_delimited]
    unread = [sheet.name for sheet in beside if any(sheet.rows())]
    table = Table(header, unread=unread + found.hidden)
    _check_header(table, columns, others)
    if not table.faults:
        rows = _filled_rows(table, without_hidden)
        _read_rows(table, rows, max_rows, tell or Asides(header).kind, answers)
    return table


def _check_header(table: Table, columns: Sequence[Column], others: Sequence[Header]) -> None:
    header = table.header
    for column in header.missing(columns):
        message = _("The column “{title}” is missing. Add it, with its title in this row.")
        table.add_fault(header.row, None, format_lazy(message, title=column.title))
    for index, column in header.duplicates.items():
        message = _("Column {letter} has the same title. Rename or delete one of the two.")
        letter = column_letter(header.index_of[column.code])
        table.add_fault(header.row, index, format_lazy(message, letter=letter))
    for other in others:
        if other.has_rows() and not other.missing(columns):
            message = _("The sheet “{sheet}” holds a list as well. Put all rows onto one sheet.")
            table.add_fault(header.row, None, format_lazy(message, sheet=other.sheet.name))


Numbered = tuple[int, list[Any]]


def _read_rows(
    table: Table, rows: Iterable[Numbered], max_rows: int, tell: Tell, answers: Answers
) -> None:
    reader, read = RowReader(table.header), 0
    for counted, (number, cells) in enumerate(rows, 1):
        line = tell(number, cells)
        if number in answers.none or (line is Line.ASIDE and number not in answers.rows):
            table.aside[number] = cells
        elif line is Line.DOUBT and number not in answers.rows:
            _doubt(table, number, cells)
        else:
            read += 1
            _take(table, number, reader.read(number, cells))
        if read > max_rows or counted > max_rows + MOST_ASIDE:
            raise faults.refused("too_many_rows", limit=f"{max_rows:,}")
    if not (read or table.doubts):
        raise faults.refused("no_rows" if table.sheet else "no_rows_in_csv", sheet=table.sheet)


def _take(table: Table, number: int, cells: Cells) -> None:
    """A row without fault, or what is wrong with it."""
    for index in cells.as_empty:
        table.as_empty.setdefault(index, []).append(number)
    for _place, refusal in cells.refusals:
        if isinstance(refusal, RowLeftOutError):
            table.left_out.setdefault(str(refusal), []).append(number)
            return
    for place, refusal in cells.refusals:
        table.add_fault(number, place, refusal.message)
    if not cells.refusals:
        table.rows.append(Row(number, cells.values))


def _doubt(table: Table, number: int, cells: list[Any]) -> None:
    """A few are asked about; more are no list."""
    if len(table.doubts) < MOST_DOUBTS:
        table.doubts[number] = cells
    else:
        table.add_fault(number, None, _NO_ROW)


def _filled_rows(table: Table, without_hidden: bool) -> Iterator[Numbered]:
    """Rows below the header, without blank ones and the template's examples."""
    sheet = table.header.sheet
    for number, cells in islice(enumerate(sheet.rows(), 1), table.header_row, None):
        if all(map(is_blank, cells)) or is_example(cells):
            continue
        if number in sheet.hidden:
            table.hidden.append(number)
        if number not in sheet.hidden or not without_hidden:
            yield number, cells
