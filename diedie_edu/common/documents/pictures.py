"""One picture: decoded, upright, no larger than needed, and written anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageOps

from diedie_edu.common.documents.kinds import Document, DocumentKind
from diedie_edu.common.documents.pixels import as_seen, match_clear, may_shrink
from diedie_edu.common.documents.sent_as import SentAs, damaged, too_many_pixels

PIXELS = 60_000_000  # more is a bomb, not a photograph
LONGEST_SIDE = 3000  # enough to read an A4 page, and soon loaded on a phone
SIZE = (LONGEST_SIDE, LONGEST_SIDE)
QUALITY = 88
# What Pillow raises for files that are damaged; its decoders let some of Python's through.
DAMAGED = (OSError, SyntaxError, ValueError, EOFError, OverflowError, IndexError, TypeError)
# What browsers do not show, and drawings of few colours, are kept as this.
PLAIN = DocumentKind.PNG


def read_picture(data: bytes, kind: SentAs) -> Document:
    """Its pixels alone. Of one that moves, what it shows first. Raises `Refused`."""
    with opened_as(data, kind) as opened:
        shown = upright(opened)
    is_kept_so = kind in (SentAs.PNG, SentAs.JPEG, SentAs.WEBP)
    return written(shown, DocumentKind(kind) if is_kept_so else PLAIN)


@contextmanager
def opened_as(data: bytes, kind: SentAs) -> Iterator[Image.Image]:
    """Raises `Refused` (`large`, `damaged`) for whatever is found in the block."""
    try:
        with Image.open(BytesIO(data), formats=[kind.value]) as opened:
            check_pixels(opened)
            yield opened
    except Image.DecompressionBombError:
        raise too_many_pixels() from None
    except DAMAGED:
        raise damaged() from None


def check_pixels(opened: Image.Image) -> None:
    """Before anything is unpacked."""
    if opened.width * opened.height > PIXELS:
        raise too_many_pixels()


def upright(opened: Image.Image) -> Image.Image:
    """As it was held when taken; a JPEG is unpacked no larger than needed."""
    match_clear(opened)
    if may_shrink(opened):
        opened.thumbnail(SIZE)
    opened.load()
    ImageOps.exif_transpose(opened, in_place=True)
    shown = as_seen(opened)
    shown.thumbnail(SIZE)
    shown.info.clear()  # comments and places, which some formats would write again
    return shown


def written(picture: Image.Image, kind: DocumentKind) -> Document:
    out = BytesIO()
    picture.save(out, kind.value, quality=QUALITY)
    return Document(kind, out.getvalue())
