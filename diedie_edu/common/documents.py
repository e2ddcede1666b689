"""What an uploaded file really is, by its content: a picture or a PDF, and nothing that acts.

A name or a type that a browser sends says nothing. Pictures are walked to their end (a PNG is
unpacked as well), and what follows the end is cut off or refused, so that no second file rides
along. A PDF must end as one and hold no scripts, launches or files; what it hides in packed
parts is not looked for, so it is served without the right to run anything.
"""

import re
import struct
import zlib
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused

PIXELS = 60_000_000  # more is a bomb, not a photograph
PNG = b"\x89PNG\r\n\x1a\n"
PNG_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b"
)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


class DocumentKind(StrEnum):
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"

    @property
    def content_type(self) -> str:
        return "application/pdf" if self is DocumentKind.PDF else f"image/{self.value}"

    @property
    def is_picture(self) -> bool:
        return self is not DocumentKind.PDF


@dataclass(frozen=True)
class Document:
    """A file that may be kept: what it is, and its bytes without anything after its end."""

    kind: DocumentKind
    data: bytes


def read_document(data: bytes) -> Document:
    """Raises `Refused` for what is no whole PDF, PNG, JPEG or WebP, and for what acts."""
    if not data:
        raise Refused("empty", _("This file is empty. Please choose it again."), "file")
    if data.startswith(b"%PDF-"):
        return Document(DocumentKind.PDF, _pdf(data))
    if data.startswith(PNG):
        return Document(DocumentKind.PNG, _png(data))
    if data.startswith(b"\xff\xd8\xff"):
        return Document(DocumentKind.JPEG, _jpeg(data))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Document(DocumentKind.WEBP, _webp(data))
    raise Refused(
        "kind", _("Only PDF files and pictures (PNG, JPEG, WebP) can be kept here."), "file"
    )


def _damaged() -> Refused:
    text = _("This file is damaged or holds something else. Please save it anew and try again.")
    return Refused("damaged", text, "file")


def _pdf(data: bytes) -> bytes:
    whole = data.rstrip(b"\x00\t\r\n\x0c ")
    if not whole.endswith(b"%%EOF") or b"startxref" not in whole[-1024:]:
        raise _damaged()
    plain = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), whole)
    if ACTIVE.search(plain):
        text = _("This PDF holds scripts or other files. Please print it to a new PDF first.")
        raise Refused("active", text, "file")
    return data


def _png(data: bytes) -> bytes:
    packed, position, name, header = [], len(PNG), b"", b""
    while name != b"IEND":
        length, name = _unpack(">I4s", data, position)
        body = data[position + 8 : position + 8 + length]
        (checksum,) = _unpack(">I", data, position + 8 + length)
        if checksum != zlib.crc32(name + body) or (not header and name != b"IHDR"):
            raise _damaged()
        header = header or body
        packed += [body] if name == b"IDAT" else []
        position += length + 12
    if position != len(data):
        raise _damaged()
    _check_pixels(header, b"".join(packed))
    return data


def _check_pixels(header: bytes, packed: bytes) -> None:
    """They unpack to at least what the header promises, and never to much more."""
    width, height, depth, colour, _method, _filter, interlaced = _unpack(">IIBBBBB", header, 0)
    _check_size(width, height)
    if colour not in PNG_CHANNELS:
        raise _damaged()
    row = (width * depth * PNG_CHANNELS[colour] + 7) // 8
    expected = height * (row + 1)
    unpacker = zlib.decompressobj()
    try:
        found = len(unpacker.decompress(packed, 2 * expected + 1024))
    except zlib.error:
        raise _damaged() from None
    enough = found >= height * row if interlaced else found == expected
    if not (unpacker.eof and enough):
        raise _damaged()


def _jpeg(data: bytes) -> bytes:
    """Up to its end; phones like to hang films and notes behind it."""
    position, has_size = 2, False
    while True:
        mark, kind = _unpack("BB", data, position)
        if mark != 0xFF:
            raise _damaged()
        if kind == 0xD9:
            break
        (length,) = _unpack(">H", data, position + 2)
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            _depth, height, width = _unpack(">BHH", data, position + 4)
            _check_size(width, height)
            has_size = True
        position += length + 2
        if kind == 0xDA:
            position = _after_scan(data, position)
    if not has_size:
        raise _damaged()
    return data[: position + 2]


SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def _after_scan(data: bytes, position: int) -> int:
    found = SCAN_END.search(data, position)
    if found is None:
        raise _damaged()
    return found.start()


def _webp(data: bytes) -> bytes:
    (size,) = _unpack("<I", data, 4)
    end, position = size + 8, 12
    kinds = []
    if end > len(data):
        raise _damaged()
    while position < end:
        kind, length = _unpack("<4sI", data, position)
        kinds.append(kind)
        position += 8 + length + length % 2
    if position != end or not kinds or kinds[0] not in (b"VP8 ", b"VP8L", b"VP8X"):
        raise _damaged()
    if not {b"VP8 ", b"VP8L", b"ANMF"} & set(kinds):
        raise _damaged()
    return data[:end]


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise _damaged()
    if width * height > PIXELS:
        raise Refused(
            "large", _("This picture has too many pixels. Please make it smaller."), "file"
        )


def _unpack(pattern: str, data: bytes, position: int) -> tuple:
    try:
        return struct.unpack_from(pattern, data, position)
    except struct.error:
        raise _damaged() from None
