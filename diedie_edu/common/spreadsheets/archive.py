"""What an .xlsx is checked for before a parser that trusts it may open it.

An .xlsx is a ZIP of XML. A small one can unpack to gigabytes, or lie about its sizes. So it is
unpacked here piece by piece and up to a limit, and each piece is read before the next is there.
"""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from diedie_edu.common.spreadsheets import faults

MAX_UNPACKED = 100 * 1024 * 1024
MAX_BOOK = 4 * 1024 * 1024  # the directory of a workbook, which is read whole
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


class Unpacking:
    """The members of one archive, whatever size they declare; all together at most MAX_UNPACKED.

    Python's own reader stops at the declared size, which the parser does not.
    """

    def __init__(self, content: bytes) -> None:
        self.content, self.room = content, MAX_UNPACKED

    def pieces(self, member: ZipInfo) -> Iterator[bytes]:
        """Raises `Refused` (`file_damaged`, `file_unpacks_too_big`): a spoilt digit is no digit."""
        checked = 0
        for piece in _inflated(_packed(self.content, member), member.compress_type):
            self.room -= len(piece)
            if self.room < 0:
                raise faults.refused("file_unpacks_too_big")
            checked = zlib.crc32(piece, checked)
            yield piece
        if checked != member.CRC:
            raise faults.refused("file_damaged")

    def book(self, member: ZipInfo) -> bytes:
        """The same, whole: for what is small."""
        data = bytearray()
        for piece in self.pieces(member):
            data += piece
            if len(data) > MAX_BOOK:
                raise faults.refused("file_unpacks_too_big")
        return bytes(data)


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
