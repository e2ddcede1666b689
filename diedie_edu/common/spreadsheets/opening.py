"""From the bytes of a file to its sheets, by what the bytes are and not by the file's name."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, BinaryIO

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets import archive, faults
from diedie_edu.common.spreadsheets.delimited import readings
from diedie_edu.common.spreadsheets.kinds_of_files import kind_of, kind_of_zip
from diedie_edu.common.spreadsheets.new_workbooks import read_workbook
from diedie_edu.common.spreadsheets.old_workbooks import OldSheet, read_old_workbook
from diedie_edu.common.spreadsheets.sheet_xml import SheetCells
from diedie_edu.common.spreadsheets.values import Position

MAX_UPLOAD = 20 * 1024 * 1024
_ZIP, _OLE = (b"PK\3\4", b"PK\5\6"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

Rows = Iterator[list[Any]]


@dataclass(frozen=True)
class Sheet:
    """One sheet as it lies in the file; `rows` starts at row 1 and column A each time. A cell is a
    text, a number, a truth, a day, a moment, a time, None or `NO_VALUE`.

    `merged`: first and last cell of each merged range. `is_delimited`: from CSV, where a stray
    comma shifts a row. `hidden` are numbers of rows and `hidden_columns` ranges of columns (from
    zero) that whoever looks at the sheet does not see.
    """

    name: str
    rows: Callable[[], Rows]
    merged: tuple[tuple[Position, Position], ...] = ()
    is_delimited: bool = False
    hidden: frozenset[int] = frozenset()
    hidden_columns: tuple[range, ...] = ()

    def hides_column(self, index: int) -> bool:
        return any(index in hidden for hidden in self.hidden_columns)


@dataclass(frozen=True)
class Opened:
    """The visible sheets of a file, a CSV under each delimiter that may be meant, and the names of
    those that are hidden in it."""

    sheets: list[Sheet]
    hidden: list[str] = field(default_factory=list)


def content_of(file: bytes | BinaryIO) -> bytes:
    """All of an uploaded file. Raises `Refused` (`file_too_big`, `file_empty`)."""
    if isinstance(file, bytes | memoryview | bytearray):
        content = bytes(file[: MAX_UPLOAD + 1])
    else:
        file.seek(0)
        content = file.read(MAX_UPLOAD + 1)
    if len(content) > MAX_UPLOAD:
        raise faults.refused("file_too_big", megabytes=MAX_UPLOAD // 1024**2)
    if not content.strip(b"\0\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise faults.refused("file_empty")
    return content


def sheets_in(content: bytes) -> list[Sheet]:
    return opened(content).sheets


def opened(content: bytes) -> Opened:
    """Raises `Refused` with the code of what is wrong with the file."""
    if content.startswith(_ZIP):
        return _new_workbook(content)
    if content.startswith(_OLE):
        return _old_workbook(content)
    if code := kind_of(content):
        raise faults.refused(code)
    return Opened([Sheet("", one.rows, is_delimited=True) for one in readings(content)])


def _new_workbook(content: bytes) -> Opened:
    members = archive.members_of(content)
    if code := kind_of_zip(members):
        raise faults.refused(code)
    book = read_workbook(content, members)
    return Opened([_new_sheet(name, cells) for name, cells in book.sheets], book.hidden)


def _new_sheet(name: str, cells: SheetCells) -> Sheet:
    return Sheet(
        name,
        partial(_rows, cells.rows),
        tuple(cells.merged),
        hidden=frozenset(cells.hidden),
        hidden_columns=tuple(cells.hidden_columns),
    )


def _rows(filled: Mapping[int, list[Any]]) -> Rows:
    for number in range(1, max(filled, default=0) + 1):
        yield filled.get(number, [])


def _old_workbook(content: bytes) -> Opened:
    try:
        book = read_old_workbook(content)
    except Refused as refusal:
        if refusal.code == "file_damaged" and _ENCRYPTED in content:
            raise faults.refused("file_protected") from refusal
        raise
    return Opened(list(map(_old_sheet, book.sheets)), book.hidden)


def _old_sheet(sheet: OldSheet) -> Sheet:
    return Sheet(
        sheet.name,
        partial(iter, sheet.rows),
        tuple(sheet.merged),
        hidden=frozenset(row + 1 for row in sheet.hidden),
        hidden_columns=tuple(range(column, column + 1) for column in sheet.hidden_columns),
    )
