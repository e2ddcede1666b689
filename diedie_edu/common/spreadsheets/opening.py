"""From the bytes of a file to its sheets, by what the bytes are and not by the file's name."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
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
from diedie_edu.common.spreadsheets.delimited import readings
from diedie_edu.common.spreadsheets.old_workbooks import visible_sheets
from diedie_edu.common.spreadsheets.sheet_xml import Position, Spent, XmlLook

MAX_UPLOAD = 20 * 1024 * 1024
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_BOOKS, _XML = (_BOOK, _RELATIONS), (".xml", ".rels")
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
    """The visible sheets of a file; a CSV under each delimiter that may be meant. Raises `Refused`
    with the code of what is wrong with it."""
    if content.startswith(_ZIP):
        return _sheets_of_xlsx(content)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise faults.refused("file_protected")
        old = visible_sheets(content)
        return [Sheet(one.name, partial(iter, one.rows), one.merged) for one in old]
    if content.startswith(_NOT_A_TABLE):
        raise faults.refused("file_other_format")
    if content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise faults.refused("file_web_page")
    return [Sheet("", one.rows, is_delimited=True) for one in readings(content)]


def _sheets_of_xlsx(content: bytes) -> list[Sheet]:
    members = archive.members_of(content)
    if not any(member.filename == _BOOK for member in members):
        raise faults.refused("file_other_format")
    return _sheets_of_workbook(content, _looks_by_sheet(content, members))


def _looks_by_sheet(content: bytes, members: list[ZipInfo]) -> dict[str, XmlLook]:
    """All XML is looked at, shared texts before the sheets that show them."""
    unpacking, spent = archive.Unpacking(content), Spent()
    books = {one.filename: unpacking.book(one) for one in members if one.filename in _BOOKS}
    parts = archive.parts_of_sheets(books[_BOOK], books.get(_RELATIONS, b""))
    by_part: dict[str, XmlLook] = {}
    for member in sorted(members, key=_shared_texts_first):
        pieces = unpacking.pieces(member)
        if member.filename in parts.values() or member.filename.lower().endswith(_XML):
            by_part[member.filename] = XmlLook(spent).at(pieces)
        else:
            deque(pieces, maxlen=0)  # they count
    return {sheet: by_part[part] for sheet, part in parts.items() if part in by_part}


def _shared_texts_first(member: ZipInfo) -> bool:
    return not member.filename.lower().endswith("sharedstrings.xml")


def _sheets_of_workbook(content: bytes, looks: dict[str, XmlLook]) -> list[Sheet]:
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


def _sheet(sheet: CalamineSheet, looks: dict[str, XmlLook]) -> Sheet:
    own = looks.get(sheet.name)
    return Sheet(
        sheet.name,
        partial(_rows, sheet),
        tuple(sheet.merged_cell_ranges or ()),
        frozenset(own.unreadable if own else ()),
        hidden=frozenset(own.hidden if own else ()),
    )


def _rows(sheet: CalamineSheet) -> Rows:
    """The parser leaves out empty columns before the first filled one, though not empty rows."""
    if sheet.start is None:
        return
    before = [""] * sheet.start[1]
    for row in sheet.iter_rows():
        yield before + row
