"""What an .xlsx is checked for before a parser that trusts it may open it.

An .xlsx is a ZIP of XML. A small one can unpack to gigabytes, lie about its sizes, or hold
one cell so far away that a dense table of the sheet would not fit into memory. So it is
unpacked here first, piece by piece and up to a limit, and its cells are looked at: the parser
reads #N/A, or a formula that was never calculated, as an empty cell.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from diedie_edu.common.spreadsheets import faults
from diedie_edu.common.spreadsheets.columns import column_index, column_letter

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200  # XML of real lists packs 5 to 30 times
RATIO_MATTERS_FROM = 5 * 1024 * 1024
_SLICE, _PIECE = 64 * 1024, 1024 * 1024  # packed bytes in, unpacked bytes out at a time
_LOCAL_HEADER = struct.Struct("<26xHH")


def members_of(content: bytes) -> list[ZipInfo]:
    """The directory of a ZIP file, with sizes as the file declares them.

    Raises `Refused` (`file_damaged`, `file_protected`, `file_unpacks_too_big`).
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except (BadZipFile, OSError, ValueError, struct.error) as error:
        raise faults.refused("file_damaged") from error
    if any(member.flag_bits & 1 for member in members):
        raise faults.refused("file_protected")
    if sum(member.file_size for member in members) > MAX_UNPACKED or any(map(_is_bomb, members)):
        raise faults.refused("file_unpacks_too_big")
    return members


def _is_bomb(member: ZipInfo) -> bool:
    ratio = member.file_size / max(member.compress_size, 1)
    return member.file_size > RATIO_MATTERS_FROM and ratio > MAX_RATIO


def unpacked(content: bytes, members: list[ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """Each member's name and data, whatever size it declares; all together at most MAX_UNPACKED.

    Python's own reader stops at the declared size, which the parser does not.
    Raises `Refused` (`file_damaged`, `file_unpacks_too_big`).
    """
    room = MAX_UNPACKED
    for member in members:
        data = b"".join(_pieces(content, member, room))
        room -= len(data)
        yield member.filename, data


def _pieces(content: bytes, member: ZipInfo, room: int) -> Iterator[bytes]:
    for piece in _inflated(_packed(content, member), member.compress_type):
        room -= len(piece)
        if room < 0:
            raise faults.refused("file_unpacks_too_big")
        yield piece


def _inflated(packed: bytes, method: int) -> Iterator[bytes]:
    if method == ZIP_STORED:
        yield packed
        return
    if method != ZIP_DEFLATED:
        raise faults.refused("file_damaged")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for start in range(0, len(packed), _SLICE):
        rest, piece = packed[start : start + _SLICE], b""
        while (rest or len(piece) == _PIECE) and not inflater.eof:
            piece = _inflate(inflater, rest)
            rest = inflater.unconsumed_tail
            yield piece


def _inflate(inflater: "zlib._Decompress", packed: bytes) -> bytes:
    try:
        return inflater.decompress(packed, _PIECE)
    except zlib.error as error:
        raise faults.refused("file_damaged") from error


def _packed(content: bytes, member: ZipInfo) -> bytes:
    try:
        name_length, extra_length = _LOCAL_HEADER.unpack_from(content, member.header_offset)
    except struct.error as error:
        raise faults.refused("file_damaged") from error
    start = member.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    return content[start : start + member.compress_size]


Position = tuple[int, int]
"""Row and column of a cell, both from zero."""

MAX_CELLS = 5_000_000  # height times width of a sheet

# Every repetition is bounded: the bytes come from outside.
_P = rb"(?:\w{1,20}:)?"  # XML prefix
_IN_TAG = rb"[^<>]{0,300}?"
_AT = rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']"""
_EMPTY = rb"""(?:\s[\w:]{1,20}="\w{0,20}"){0,8}\s?/>"""
_WITH_CONTENT = re.compile(_AT + rb"(?!" + _EMPTY + rb")")
_WITH_ERROR = re.compile(rb"<" + _P + rb"c\b(?=" + _IN_TAG + rb"""\st=["']e["'])""" + _IN_TAG + _AT)
_FORMULA_WITHOUT_VALUE = re.compile(
    rb"<" + _P + rb"c\b" + _IN_TAG + _AT + _IN_TAG + rb">"
    rb"<" + _P + rb"f\b" + _IN_TAG + rb"(?:/>|>[^<]{0,9000}</" + _P + rb"f>)"
    rb"(?:<" + _P + rb"v\s?/>|<" + _P + rb"v></" + _P + rb"v>)?</" + _P + rb"c>"
)
_TAG = re.compile(rb"<" + _P + rb"(?:sheet|Relationship)\s[^<>]{0,2000}>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_HIDDEN_ROW = re.compile(
    rb"<"
    + _P
    + rb"row\b(?="
    + _IN_TAG
    + rb"""\shidden\s*=\s*["'](?:1|true)["'])"""
    + _IN_TAG
    + rb"""\sr\s*=\s*["'](\d{1,7})["']"""
)


def hidden_rows(sheet: bytes) -> frozenset[int]:
    """Numbers of the rows of a sheet that its reader does not see, hidden or filtered away."""
    return frozenset(int(number) for number in _HIDDEN_ROW.findall(sheet))


def check_spread(sheet: bytes) -> None:
    """Raises `Refused` (`sheet_too_spread_out`) where the table would be too large to build."""
    cells = _WITH_CONTENT.findall(sheet)
    last_column = max(map(_index, {letters for letters, _row in cells}), default=0)
    height = max(map(int, {row for _letters, row in cells}), default=0)
    if (last_column + 1) * height > MAX_CELLS:
        raise faults.refused("sheet_too_spread_out", cell=f"{column_letter(last_column)}{height}")


def unreadable_cells(sheet: bytes) -> frozenset[Position]:
    """Cells that show an error, or a formula that was saved without its result."""
    patterns = []
    if b't="e"' in sheet or b"t='e'" in sheet:
        patterns.append(_WITH_ERROR)
    if b"<f" in sheet or b":f" in sheet:
        patterns.append(_FORMULA_WITHOUT_VALUE)
    return frozenset(
        (int(row) - 1, _index(letters))
        for pattern in patterns
        for letters, row in pattern.findall(sheet)
    )


def parts_of_sheets(workbook: bytes, relations: bytes) -> dict[str, str]:
    """The name of each sheet and of the member of the archive that holds it."""
    targets = {tag.get("Id"): tag.get("Target", "") for tag in _tags(relations)}
    return {
        tag.get("name", ""): _member_name(targets.get(tag.get("r:id"), ""))
        for tag in _tags(workbook)
    }


def _index(letters: bytes) -> int:
    return column_index(letters.decode().upper())


def _tags(xml: bytes) -> list[dict[str, str]]:
    return [
        {key: unescape(value) for key, value in _ATTRIBUTE.findall(tag.decode(errors="replace"))}
        for tag in _TAG.findall(xml)
    ]


def _member_name(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
