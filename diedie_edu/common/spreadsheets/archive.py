"""What an .xlsx is checked for before a parser that trusts it may open it.

An .xlsx is a ZIP of XML. A small one can unpack to gigabytes, lie about its sizes, or hold
one cell so far away that a dense table of the sheet would not fit into memory. So it is
unpacked here first, piece by piece and up to a limit, and its cells are looked at.
"""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from diedie_edu.common.spreadsheets import refusals

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
        raise refusals.damaged() from error
    if any(member.flag_bits & 1 for member in members):
        raise refusals.protected()
    if sum(member.file_size for member in members) > MAX_UNPACKED or any(map(_is_bomb, members)):
        raise refusals.unpacks_too_big()
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
            raise refusals.unpacks_too_big()
        yield piece


def _inflated(packed: bytes, method: int) -> Iterator[bytes]:
    if method == ZIP_STORED:
        yield packed
        return
    if method != ZIP_DEFLATED:
        raise refusals.damaged()
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
        raise refusals.damaged() from error


def _packed(content: bytes, member: ZipInfo) -> bytes:
    try:
        name_length, extra_length = _LOCAL_HEADER.unpack_from(content, member.header_offset)
    except struct.error as error:
        raise refusals.damaged() from error
    start = member.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    return content[start : start + member.compress_size]
