"""From the bytes of a file to its sheets, by what the bytes are and not by the file's name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from diedie_edu.common.spreadsheets import archive, refusals, sheet_xml
from diedie_edu.common.spreadsheets.delimited import delimited_rows
from diedie_edu.common.spreadsheets.sheet_xml import Position

MAX_UPLOAD = 20 * 1024 * 1024
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOT_A_TABLE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")

Rows = Iterator[list[Any]]


@dataclass(frozen=True)
class Sheet:
    """One sheet as it lies in the file; `rows` starts at row 1 and column A each time.

    `merged`: first and last cell of each merged range. `unreadable`: cells whose value the
    file does not hold. `is_delimited`: from CSV, where a stray comma shifts a row.
    """

    name: str
    rows: Callable[[], Rows]
    merged: tuple[tuple[Position, Position], ...] = ()
    unreadable: frozenset[Position] = frozenset()
    is_delimited: bool = False


def content_of(file: bytes | BinaryIO) -> bytes:
    """All of an uploaded file. Raises `Refused` (`file_too_big`, `file_empty`)."""
    if isinstance(file, bytes | memoryview | bytearray):
        content = bytes(file[: MAX_UPLOAD + 1])
    else:
        file.seek(0)
        content = file.read(MAX_UPLOAD + 1)
    if len(content) > MAX_UPLOAD:
        raise refusals.too_big(MAX_UPLOAD // 1024**2)
    if not content.strip(b"\0\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise refusals.empty_file()
    return content


def sheets_in(content: bytes) -> list[Sheet]:
    """The visible sheets of a file. Raises `Refused` with the code of what is wrong with it."""
    if content.startswith(_ZIP):
        return _sheets_of_xlsx(content)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise refusals.protected()
        return _sheets_of_workbook(content, {})
    if content.startswith(_NOT_A_TABLE):
        raise refusals.other_format()
    if content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise refusals.web_page()
    rows = delimited_rows(content)
    return [Sheet("", partial(iter, rows), is_delimited=True)]


def _sheets_of_xlsx(content: bytes) -> list[Sheet]:
    members = archive.members_of(content)
    if not any(member.filename == "xl/workbook.xml" for member in members):
        raise refusals.other_format()
    return _sheets_of_workbook(content, _unreadable_by_sheet(content, members))


def _unreadable_by_sheet(
    content: bytes, members: list[archive.ZipInfo]
) -> dict[str, frozenset[Position]]:
    by_part, books = {}, {}
    for name, data in archive.unpacked(content, members):
        if name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            books[name] = data
        elif name.startswith("xl/worksheets/"):
            sheet_xml.check_spread(data)
            by_part[name] = sheet_xml.unreadable_cells(data)
    parts = sheet_xml.parts_of_sheets(
        books["xl/workbook.xml"], books.get("xl/_rels/workbook.xml.rels", b"")
    )
    return {sheet: by_part.get(part, frozenset()) for sheet, part in parts.items()}


def _sheets_of_workbook(content: bytes, unreadable: dict[str, frozenset[Position]]) -> list[Sheet]:
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        return [
            _sheet(workbook.get_sheet_by_name(about.name), unreadable)
            for about in workbook.sheets_metadata
            if about.visible == SheetVisibleEnum.Visible and about.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise refusals.protected() from error
    except CalamineError as error:
        raise refusals.damaged() from error


def _sheet(sheet: CalamineSheet, unreadable: dict[str, frozenset[Position]]) -> Sheet:
    return Sheet(
        sheet.name,
        partial(_rows, sheet),
        tuple(sheet.merged_cell_ranges or ()),
        unreadable.get(sheet.name, frozenset()),
    )


def _rows(sheet: CalamineSheet) -> Rows:
    """The parser leaves out empty columns before the first filled one, though not empty rows."""
    if sheet.start is None:
        return
    before = [""] * sheet.start[1]
    for row in sheet.iter_rows():
        yield before + row
