"""From the bytes of a file to its sheets, by what the bytes are and not by the file's name."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO, StringIO
from typing import Any, BinaryIO
from zipfile import ZipInfo

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from diedie_edu.common.spreadsheets import archive, faults
from diedie_edu.common.spreadsheets.archive import Position

MAX_UPLOAD = 20 * 1024 * 1024
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOT_A_TABLE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")

Rows = Iterator[list[Any]]


@dataclass(frozen=True)
class Sheet:
    """One sheet as it lies in the file; `rows` starts at row 1 and column A each time.

    `merged`: first and last cell of each merged range. `unreadable`: cells whose value the
    file does not hold. `is_delimited`: from CSV, where a stray comma shifts a row. `hidden`: rows
    that whoever looks at the sheet does not see, as far as an .xlsx tells.
    """

    name: str
    rows: Callable[[], Rows]
    merged: tuple[tuple[Position, Position], ...] = ()
    unreadable: frozenset[Position] = frozenset()
    is_delimited: bool = False
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Looks:
    """What the parser does not tell of a sheet."""

    unreadable: frozenset[Position] = frozenset()
    hidden: frozenset[int] = frozenset()


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
    """The visible sheets of a file. Raises `Refused` with the code of what is wrong with it."""
    if content.startswith(_ZIP):
        return _sheets_of_xlsx(content)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise faults.refused("file_protected")
        return _sheets_of_workbook(content, {})
    if content.startswith(_NOT_A_TABLE):
        raise faults.refused("file_other_format")
    if content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise faults.refused("file_web_page")
    rows = delimited_rows(content)
    return [Sheet("", partial(iter, rows), is_delimited=True)]


def _sheets_of_xlsx(content: bytes) -> list[Sheet]:
    members = archive.members_of(content)
    if not any(member.filename == "xl/workbook.xml" for member in members):
        raise faults.refused("file_other_format")
    return _sheets_of_workbook(content, _looks_by_sheet(content, members))


def _looks_by_sheet(content: bytes, members: list[ZipInfo]) -> dict[str, Looks]:
    by_part: dict[str, Looks] = {}
    books: dict[str, bytes] = {}
    for name, data in archive.unpacked(content, members):
        if name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            books[name] = data
        elif name.startswith("xl/worksheets/"):
            archive.check_spread(data)
            by_part[name] = Looks(archive.unreadable_cells(data), archive.hidden_rows(data))
    parts = archive.parts_of_sheets(
        books["xl/workbook.xml"], books.get("xl/_rels/workbook.xml.rels", b"")
    )
    return {sheet: by_part.get(part, Looks()) for sheet, part in parts.items()}


def _sheets_of_workbook(content: bytes, looks: dict[str, Looks]) -> list[Sheet]:
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        return [
            _sheet(workbook.get_sheet_by_name(about.name), looks)
            for about in workbook.sheets_metadata
            if about.visible == SheetVisibleEnum.Visible and about.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise faults.refused("file_protected") from error
    except CalamineError as error:
        raise faults.refused("file_damaged") from error


def _sheet(sheet: CalamineSheet, looks: dict[str, Looks]) -> Sheet:
    own = looks.get(sheet.name, Looks())
    return Sheet(
        sheet.name,
        partial(_rows, sheet),
        tuple(sheet.merged_cell_ranges or ()),
        own.unreadable,
        hidden=own.hidden,
    )


def _rows(sheet: CalamineSheet) -> Rows:
    """The parser leaves out empty columns before the first filled one, though not empty rows."""
    if sheet.start is None:
        return
    before = [""] * sheet.start[1]
    for row in sheet.iter_rows():
        yield before + row


_DELIMITERS = ",\t;，"
_SAMPLE_LINES = 10


def delimited_rows(content: bytes) -> list[list[str]]:
    """All rows, blank ones included, so that the first is row 1 as spreadsheets count.

    Raises `Refused` (`file_encoding`, `file_other_format`, `file_quotes`).
    """
    text = _decoded(content)
    if "\0" in text:
        raise faults.refused("file_other_format")
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        raise faults.refused("file_quotes", row=len(rows) + 1) from error
    return rows


def _decoded(content: bytes) -> str:
    """BOM, then strict UTF-8, then gb18030, which holds GBK and every character there is."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise faults.refused("file_encoding")


def _delimiter(text: str) -> str:
    """The sign that the first lines have most of; ties go to the comma."""
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])
    count: Callable[[str], int] = sample.count
    return max(_DELIMITERS, key=count)
