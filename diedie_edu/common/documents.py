"""What an uploaded file really is, by its content: a picture or a PDF, and nothing that acts.

A name or a type that a browser sends says nothing. Pictures are decoded and written anew, so that
nothing but pixels is kept: not where they were taken, and no second file that rides along. A PDF
must end as one, open without a password and hold no scripts, launches or files, in packed objects
neither; it is served without the right to run anything all the same.
"""

import re
import zlib
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from diedie_edu.common.errors import Refused

PIXELS = 60_000_000  # more is a bomb, not a photograph
LONGEST_SIDE = 3000  # enough to read an A4 page, and soon loaded on a phone
ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|AA)\b"
    # A page to open at is an array; anything else is an action.
    rb"|/OpenAction\b(?!\s*\[)"
)
LOCKED = re.compile(rb"/Encrypt\b")
PACKED = re.compile(rb"/ObjStm\b.*?stream\r?\n(.*?)endstream", re.DOTALL)
UNPACKED = 8_000_000  # bytes that are looked through of all packed objects together
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
# What Pillow raises for files that are damaged; its decoders let some of Python's through.
DAMAGED = (OSError, SyntaxError, ValueError, EOFError, OverflowError, IndexError, TypeError)


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
    """A file that may be kept: what it is, and the bytes to keep of it."""

    kind: DocumentKind
    data: bytes


def read_document(data: bytes) -> Document:
    """Raises `Refused` for what is no whole PDF, PNG, JPEG or WebP, and for what acts."""
    if not data:
        raise Refused("empty", _("This file is empty. Please choose it again."), "file")
    kind = _kind_of(data)
    return Document(kind, _picture(kind, data) if kind.is_picture else _pdf(data))


def _kind_of(data: bytes) -> DocumentKind:
    if data.startswith(b"%PDF-"):
        return DocumentKind.PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return DocumentKind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return DocumentKind.JPEG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return DocumentKind.WEBP
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
    plain = _plain(whole)
    if LOCKED.search(plain):
        raise Refused("locked", _("This PDF is locked. Please save it without a password."), "file")
    if ACTIVE.search(plain) or ACTIVE.search(_plain(_unpacked(whole))):
        text = _("This PDF holds scripts or other files. Please print it to a new PDF first.")
        raise Refused("active", text, "file")
    return data


def _plain(text: bytes) -> bytes:
    """Names as they are read: /J#53 is /JS."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)


def _unpacked(whole: bytes) -> bytes:
    """The objects that lie packed in others; what cannot be unpacked no reader opens either."""
    found = b""
    for packed in PACKED.finditer(_plain(whole)):
        try:
            found += zlib.decompressobj().decompress(packed[1], UNPACKED - len(found)) + b"\n"
        except zlib.error:
            continue
        if len(found) >= UNPACKED:
            raise _damaged()
    return found


def _picture(kind: DocumentKind, data: bytes) -> bytes:
    """Its pixels alone, upright, in its own format."""
    try:
        with Image.open(BytesIO(data), formats=[kind.value]) as opened:
            _check_pixels(opened)
            return _written(_upright(opened), kind)
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except DAMAGED:
        raise _damaged() from None


def _check_pixels(opened: Image.Image) -> None:
    """Before anything is unpacked."""
    if opened.width * opened.height > PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> Refused:
    text = _("This picture has too many pixels. Please make it smaller.")
    return Refused("large", text, "file")


def _upright(opened: Image.Image) -> Image.Image:
    """As it was held when taken; a JPEG is unpacked no larger than needed."""
    opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    turned = _in_eight_bits(ImageOps.exif_transpose(opened))
    return turned.convert("RGBA" if turned.has_transparency_data else "RGB")


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """Grey scans in sixteen bits, of which many scanners fill the lower ones alone: the brightest
    becomes white. Pillow itself cuts them off, and the page would be white all over."""
    if not picture.mode.startswith("I"):
        return picture
    _darkest, brightest = picture.getextrema()
    scale = 255 / max(brightest, 1)  # type: ignore[operator]
    grey = picture.convert("I").point(lambda value: value * scale).convert("L")
    grey.info.clear()
    return grey


def _written(picture: Image.Image, kind: DocumentKind) -> bytes:
    picture.info.clear()  # comments and places, which some formats would write again
    out = BytesIO()
    picture.save(out, kind.value, quality=88)
    return out.getvalue()
