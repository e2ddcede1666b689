"""Scans and faxes of one page or several (TIFF), which browsers do not show.

One page is kept as a picture, several as a PDF, all of them.
"""

from collections.abc import Iterator
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image

from diedie_edu.common.documents.kinds import Document, DocumentKind
from diedie_edu.common.documents.pictures import (
    PLAIN,
    QUALITY,
    check_pixels,
    opened_as,
    upright,
    written,
)
from diedie_edu.common.documents.sent_as import SentAs, damaged, too_many_pixels
from diedie_edu.common.errors import Refused

MOST_PAGES = 40
ALL_PIXELS = 400_000_000  # forty pages of A4 at 300 dots an inch
A4_INCHES = 11.69  # its longer side
SORT, SMALLER, MASK = 254, 1, 4  # NewSubfileType of TIFF 6.0: a preview, a mask
RAW = 50706  # DNGVersion: a camera's own data, of which the first page is a small preview
FEW_COLOURS = ("1", "P", "PA", "L", "LA")


def read_pages(data: bytes) -> Document:
    """Raises `Refused` (`large`, `damaged`, `raw`, `many_pages`)."""
    with opened_as(data, SentAs.TIFF) as opened:
        if RAW in opened.tag_v2:  # type: ignore[attr-defined]
            raise Refused("raw", RAW_TEXT, "file")
        kind = PLAIN if opened.mode in FEW_COLOURS else DocumentKind.JPEG
        pages = list(_pages(opened))
    if not pages:
        raise damaged()
    return written(pages[0], kind) if len(pages) == 1 else _bound(pages)


def _pages(opened: Image.Image) -> Iterator[Image.Image]:
    number, left = 0, ALL_PIXELS
    while _turn_to(opened, number):
        if number >= MOST_PAGES:
            raise Refused("many_pages", MANY_PAGES_TEXT % {"most": MOST_PAGES}, "file")
        check_pixels(opened)
        left -= opened.width * opened.height
        if left < 0:
            raise too_many_pixels()
        number += 1
        if not opened.tag_v2.get(SORT, 0) & (SMALLER | MASK):  # type: ignore[attr-defined]
            yield _in_shape(upright(opened), opened)


def _turn_to(opened: Image.Image, number: int) -> bool:
    try:
        opened.seek(number)
    except EOFError:
        return False
    return True


def _in_shape(page: Image.Image, opened: Image.Image) -> Image.Image:
    """A fax has twice as many dots across as down."""
    across, down = map(float, opened.info.get("dpi", (1, 1)))
    if not (across > 0 and down > 0) or not 1.05 < max(across / down, down / across) < 4:
        return page
    if across > down:
        return page.resize((page.width, round(page.height * across / down)))
    return page.resize((round(page.width * down / across), page.height))


def _bound(pages: list[Image.Image]) -> Document:
    out, first = BytesIO(), pages[0]
    inch = max(first.size) / A4_INCHES
    first.save(out, "PDF", save_all=True, append_images=pages[1:], resolution=inch, quality=QUALITY)
    return Document(DocumentKind.PDF, out.getvalue())


RAW_TEXT = _("This is a camera's raw data. Please save the photograph as JPEG and try again.")
MANY_PAGES_TEXT = _(
    "This file has more than %(most)d pages. Please scan to PDF, or send it in parts."
)
