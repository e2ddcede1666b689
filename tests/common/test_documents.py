"""What a file really is, and what it must not be."""

import io
import struct
import zipfile
import zlib
from base64 import b64decode

import pytest

from diedie_edu.common.documents import DocumentKind, read_document
from diedie_edu.portal.demo.handouts import pdf, picture
from tests.refusals import code_of

# One white pixel each, as common programs write them.
JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwc"
    "KDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAA"
    "AAAAAAAAAAD/2gAIAQEAAD8AVN//2Q=="
)
WEBP = b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
GOOD = {"pdf": pdf(["提纲"]), "png": picture(), "jpeg": JPEG, "webp": WEBP}
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def archive() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("x.html", HTML)
    return packed.getvalue()


@pytest.mark.parametrize("kind", GOOD)
def test_whole_files_are_known_by_their_content(kind: str) -> None:
    document = read_document(GOOD[kind])
    assert (document.kind, document.data) == (DocumentKind(kind), GOOD[kind])


@pytest.mark.parametrize(
    "data",
    [HTML, SVG, archive(), b"MZ\x90\x00", b"GIF89a", b"\x00" * 64, b"%!PS-Adobe", b" %PDF-1.4"],
    ids=["html", "svg", "zip", "exe", "gif", "nothing", "ps", "pdf-later"],
)
def test_anything_else_is_refused(data: bytes) -> None:
    assert code_of(lambda: read_document(data)) == "kind"


def test_an_empty_file_is_refused() -> None:
    assert code_of(lambda: read_document(b"")) == "empty"


@pytest.mark.parametrize("kind", GOOD)
def test_a_file_cut_short_is_refused_wherever_it_is_cut(kind: str) -> None:
    whole = GOOD[kind].rstrip()
    for length in range(12, len(whole) - 1, 7):
        assert code_of(lambda cut=whole[:length]: read_document(cut)) == "damaged"


@pytest.mark.parametrize("rider", [archive(), HTML], ids=["zip", "html"])
@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_no_second_file_rides_behind_a_pdf_or_png(kind: str, rider: bytes) -> None:
    assert code_of(lambda: read_document(GOOD[kind] + rider)) == "damaged"


@pytest.mark.parametrize("kind", ["jpeg", "webp"])
def test_what_a_camera_hangs_behind_a_picture_is_cut_off(kind: str) -> None:
    assert read_document(GOOD[kind] + archive()).data == GOOD[kind]


@pytest.mark.parametrize(
    "name", [b"/JavaScript", b"/JS", b"/J#61vaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia"]
)
def test_a_pdf_that_acts_is_refused(name: bytes) -> None:
    acting = GOOD["pdf"].replace(b"/Type/Catalog", b"/Type/Catalog/OpenAction<<" + name + b" ()>>")
    assert code_of(lambda: read_document(acting)) == "active"


def test_html_behind_a_pdfs_first_words_is_refused() -> None:
    assert code_of(lambda: read_document(b"%PDF-1.4\n" + HTML)) == "damaged"


def png(width: int, height: int, pixels: bytes, colour: int = 2) -> bytes:
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)),
        (b"IDAT", zlib.compress(pixels)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (png(2, 1, b"\0" * 7), None),
        (png(2, 1, b"\0" * 6), "damaged"),
        (png(2, 1, b"\0" * 9_000_000), "damaged"),
        (png(2, 1, b"\0" * 7, colour=5), "damaged"),
        (png(0, 1, b"\0"), "damaged"),
        (png(40_000, 40_000, b"\0"), "large"),
        (picture().replace(b"IDAT", b"IDAX"), "damaged"),
    ],
    ids=["good", "short", "bomb", "colour", "no-width", "huge", "checksum"],
)
def test_a_pngs_pixels_are_what_its_head_promises(data: bytes, code: str | None) -> None:
    assert code_of(lambda: read_document(data)) == code
