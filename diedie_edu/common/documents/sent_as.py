"""What came in, by its first bytes, and what is said of what cannot be kept."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused


class SentAs(StrEnum):
    """As Pillow calls them, but for PDF."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    TIFF = "tiff"
    BMP = "bmp"
    GIF = "gif"


STARTS = {
    b"%PDF-": SentAs.PDF,
    b"\x89PNG\r\n\x1a\n": SentAs.PNG,
    b"\xff\xd8\xff": SentAs.JPEG,
    b"II*\0": SentAs.TIFF,
    b"MM\0*": SentAs.TIFF,
    b"II+\0": SentAs.TIFF,  # with addresses of eight bytes
    b"MM\0+": SentAs.TIFF,
    b"GIF87a": SentAs.GIF,
    b"GIF89a": SentAs.GIF,
    b"BM": SentAs.BMP,
}
# ISO 14496-12 files that hold a photograph, by their brand: HEIC, HEIF, AVIF.
OF_PHONES = (b"hei", b"hev", b"mif1", b"msf1", b"avi")


def sent_as(data: bytes) -> SentAs:
    """Raises `Refused` (`empty`, `of_phones`, `kind`)."""
    if not data:
        raise Refused("empty", _("This file is empty. Please choose it again."), "file")
    for start, kind in STARTS.items():
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return SentAs.WEBP
    if data[4:8] == b"ftyp" and data[8:12].startswith(OF_PHONES):
        raise Refused("of_phones", OF_PHONES_TEXT, "file")
    raise Refused("kind", KIND_TEXT, "file")


OF_PHONES_TEXT = _(
    "This photograph is in a format of newer phones (HEIC) that most computers cannot open. "
    "Please send a screenshot of it; or set the phone's camera to “Most Compatible” (on an "
    "iPhone: Settings, Camera, Formats) and take it again."
)
KIND_TEXT = _("Only PDF files and pictures (PNG, JPEG, WebP, TIFF, BMP, GIF) can be kept here.")


def damaged() -> Refused:
    text = _("This file is damaged or holds something else. Please save it anew and try again.")
    return Refused("damaged", text, "file")


def too_many_pixels() -> Refused:
    text = _("This picture has too many pixels. Please make it smaller.")
    return Refused("large", text, "file")
