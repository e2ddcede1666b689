"""A list without the identity numbers that stand in it: made before anything of it is kept.

No list needs them (but one column that says so). Rewriting a workbook in its own format would leave
traces in texts that no cell shows any more, so what is kept are the cells themselves.
"""

import json
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import islice
from typing import Any

from diedie_edu.common.errors import Refused
from diedie_edu.common.id_numbers import is_number, means_number, without_numbers
from diedie_edu.common.spreadsheets import archive
from diedie_edu.common.spreadsheets.columns import Column, column_letter, columns_to_read
from diedie_edu.common.spreadsheets.dates import Month
from diedie_edu.common.spreadsheets.header import SEARCHED_ROWS, Header, headers_in
from diedie_edu.common.spreadsheets.opening import Opened, Sheet, opened
from diedie_edu.common.spreadsheets.reader import Table
from diedie_edu.common.spreadsheets.title_rows import text_of
from diedie_edu.common.spreadsheets.values import NO_VALUE, Position

LONGEST_TITLE = 30
MOST_PLACES = 20
LOST = "1E+17"  # what the reader refuses as a number that has lost its digits
_OVERLAP = 64


def _encoded(word: str) -> list[bytes]:
    """As files have it, in XML also as &#36523; (openpyxl) or &#x8eab;."""
    encodings = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
    hexadecimal = "".join(f"&#x{ord(sign):x};" for sign in word).encode()
    in_xml = [word.encode("ascii", "xmlcharrefreplace"), hexadecimal]
    return [*(word.encode(encoding) for encoding in encodings), *in_xml]


# In each word that `id_numbers.means_number` knows is one of them.
STEMS = ("身份", "身分", "证件", "证号", "学籍", "护照", "通行证", "社保", "社会保障", "医保")
_TITLES = [encoded for word in STEMS for encoded in _encoded(word)]
_ENGLISH = (b"idnumber", b"id number", b"idcard", b"id card", b"idno", b"identity", b"passport")
_DIGITS = re.compile(
    rb"\d{6}[ -]?\d{8}[ -]?\d{3}[ -]?[\dXx]|\d{4}(?:[ -]\d{4}){3}|\d\.\d{5,}[eE]\+?17"
)
_WIDE = (re.compile(rb"\xef\xbc[\x90-\x99](?:\xef\xbc[\x90-\x99]){5}"), _DIGITS)
_ANY = (
    *_WIDE,
    re.compile(rb"\xa3[\xb0-\xb9](?:\xa3[\xb0-\xb9]){5}"),
    re.compile(rb"[\x10-\x19]\xff(?:[\x10-\x19]\xff){5}"),
)


def _has(piece: bytes, patterns: Sequence[re.Pattern[bytes]]) -> bool:
    """Titles first, for they are told in no time."""
    if any(title in piece for title in _TITLES):
        return True
    plain = piece.lower()
    return any(word in plain for word in _ENGLISH) or any(one.search(piece) for one in patterns)


@dataclass
class Kept:
    """`content` is what may be kept in place of the file; `columns` and `cells` say what went."""

    content: bytes
    columns: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)


def without_id_numbers(content: bytes, columns: Sequence[Column]) -> Kept | None:
    """None where the file holds none, and can be kept as it is.

    Raises `Refused` where it may hold some, and cannot be read.
    """
    if not _may_hold(content):
        return None
    kept, columns, found = Kept(b""), columns_to_read(columns), opened(content)
    sheets = found.sheets
    if sheets and sheets[0].is_delimited:
        sheets = [headers_in(sheets, columns)[0].sheet]  # under the delimiter that is meant
    told = [_emptied(sheet, columns, kept) for sheet in sheets]
    if not (kept.columns or kept.cells):
        return None
    del kept.cells[MOST_PLACES:]
    kept.content = _packed(told, found.hidden)
    return kept


def what_may_stay(table: Table) -> bytes:
    """The sheet of a list as it is kept, without rows and columns that may not come in."""
    sheet, left_out = table.header.sheet, {n for rows in table.left_out.values() for n in rows}
    whole = {*range(1, table.header.row + 1), *table.aside, *table.doubts}
    rows = []
    for number, row in enumerate(sheet.rows(), 1):
        keeps = None if number in whole else table.keeps
        cells = [cell if keeps is None or n in keeps else "" for n, cell in enumerate(row)]
        rows.append([] if number in left_out else cells)
    return _packed([_facts(sheet, rows)], [])


def _packed(sheets: Sequence[dict[str, Any]], hidden: Sequence[str]) -> bytes:
    told = {"sheets": sheets, "hidden": hidden}
    return zlib.compress(json.dumps(told, ensure_ascii=False, default=_told).encode())


def kept_in(content: bytes) -> Opened:
    """What `without_id_numbers` or `what_may_stay` has kept."""
    told = json.loads(zlib.decompress(content))
    return Opened(list(map(_sheet, told["sheets"])), told["hidden"])


def _may_hold(content: bytes) -> bool:
    """A look at the bytes, which spares nearly all lists the rest."""
    if not content.startswith(b"PK"):
        return any(_has(one, _ANY) for one in (content, content.replace(b"\0", b"")))  # UTF-16
    try:
        unpacking = archive.Unpacking(content)
        return any(_is_found(unpacking.pieces(one)) for one in archive.members_of(content))
    except Refused:
        return False  # nobody can read it: the check says so, and it is erased


def _is_found(pieces: Iterator[bytes]) -> bool:
    rest = b""
    for piece in pieces:
        if _has(rest + piece, _WIDE):  # XML is UTF-8 here
            return True
        rest = piece[-_OVERLAP:]
    return False


def _emptied(sheet: Sheet, columns: Sequence[Column], kept: Kept) -> dict[str, Any]:
    emptying = _Emptying(sheet, columns, kept)
    return _facts(sheet, [emptying.row(number, row) for number, row in enumerate(sheet.rows(), 1)])


def _facts(sheet: Sheet, rows: list[list[Any]]) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "rows": rows,
        "merged": sheet.merged,
        "is_delimited": sheet.is_delimited,
        "hidden": sorted(sheet.hidden),
        "hidden_columns": [(one.start, one.stop) for one in sheet.hidden_columns],
    }


class _Emptying:
    def __init__(self, sheet: Sheet, columns: Sequence[Column], kept: Kept) -> None:
        self.kept, header = kept, _header(sheet, columns)
        self.known = header.columns if header else {}
        self.needed = {n for n, column in self.known.items() if column.takes_id_numbers}
        self.below = dict(_titled(sheet, header))
        kept.columns += [f"{column_letter(n)} “{title}”" for n, (_r, title) in self.below.items()]

    def row(self, number: int, cells: Sequence[Any]) -> list[Any]:
        return [self._cell(number, index, cell) for index, cell in enumerate(cells)]

    def _cell(self, row: int, index: int, cell: Any) -> Any:
        if index in self.needed:
            return cell
        if index in self.below and row > self.below[index][0]:
            return ""
        if isinstance(cell, str):
            left = without_numbers(cell) if len(cell) >= 18 else cell
        else:
            is_one = isinstance(cell, int | float) and is_number(cell)
            left = (LOST if index in self.known else "") if is_one else cell
        if left is not cell and left != cell:
            self.kept.cells.append(f"{column_letter(index)}{row}")
        return left


def _titled(sheet: Sheet, header: Header | None) -> Iterator[tuple[int, tuple[int, str]]]:
    """Indexes of columns whose title says so, with the row and the words of the title."""
    ends = dict(sheet.merged)
    for row, index, title in _titles(sheet, header):
        if title and len(title) <= LONGEST_TITLE and means_number(title):
            _last_row, last = ends.get((row - 1, index), (row - 1, index))
            for one in range(index, last + 1):
                yield one, (row, title)


def _titles(sheet: Sheet, header: Header | None) -> Iterator[tuple[int, int, str]]:
    """Those of the list that it does not read; of a sheet without a list whatever stands above."""
    if header:
        yield from ((header.row, index, header.titles[index]) for index in header.unknown())
        return
    for row, cells in enumerate(islice(sheet.rows(), SEARCHED_ROWS), 1):
        yield from ((row, index, text_of(cell)) for index, cell in enumerate(cells))


def _header(sheet: Sheet, columns: Sequence[Column]) -> Header | None:
    try:
        return headers_in([sheet], columns)[0]
    except Refused:
        return None


def _told(value: Any) -> list[Any]:
    """What JSON does not know, as a list of its kind and its text: no cell is a list."""
    if value is NO_VALUE:
        return ["none", ""]
    if isinstance(value, timedelta):
        return ["span", value.total_seconds()]
    kind = next(name for name, one in _KINDS.items() if isinstance(value, one))
    return [kind, value.isoformat()]


# The narrower first: a moment is a day too.
_KINDS: dict[str, Any] = {"moment": datetime, "month": Month, "day": date, "time": time}


def _cell_of(told: Any) -> Any:
    if not isinstance(told, list):
        return told
    kind, value = told
    if kind == "none":
        return NO_VALUE
    return timedelta(seconds=value) if kind == "span" else _KINDS[kind].fromisoformat(value)


def _sheet(told: dict[str, Any]) -> Sheet:
    rows = [list(map(_cell_of, row)) for row in told["rows"]]
    return Sheet(
        told["name"],
        partial(iter, rows),
        merged=tuple((_position(first), _position(last)) for first, last in told["merged"]),
        is_delimited=told["is_delimited"],
        hidden=frozenset(told["hidden"]),
        hidden_columns=tuple(range(first, last) for first, last in told["hidden_columns"]),
    )


def _position(told: list[int]) -> Position:
    row, column = told
    return row, column
