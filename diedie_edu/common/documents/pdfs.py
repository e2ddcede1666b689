"""What a PDF holds."""

import re
import zlib

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.documents.sent_as import damaged
from diedie_edu.common.errors import Refused

ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|AA)\b"
    # A page to open at is an array; anything else is an action.
    rb"|/OpenAction\b(?!\s*\[)"
)
LOCKED = re.compile(rb"/Encrypt\b")
PACKED = re.compile(rb"/ObjStm\b.*?stream\r?\n(.*?)endstream", re.DOTALL)
UNPACKED = 8_000_000  # bytes that are looked through of all packed objects together
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def check_pdf(data: bytes) -> None:
    whole = data.rstrip(b"\x00\t\r\n\x0c ")
    if not whole.endswith(b"%%EOF") or b"startxref" not in whole[-1024:]:
        raise damaged()
    plain = _plain(whole)
    if LOCKED.search(plain):
        raise Refused("locked", _("This PDF is locked. Please save it without a password."), "file")
    if ACTIVE.search(plain) or ACTIVE.search(_plain(_unpacked(whole))):
        text = _("This PDF holds scripts or other files. Please print it to a new PDF first.")
        raise Refused("active", text, "file")


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
            raise damaged()
    return found
