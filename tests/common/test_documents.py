"""What a file really is, and what it must not be."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

from diedie_edu.common.documents import DocumentKind, read_document
from diedie_edu.common.documents.pictures import LONGEST_SIDE
from residents_school.demo.handouts import pdf, picture
from tests.support.refusals import code_of

PICTURES = ("png", "jpeg", "webp")


def drawn(kind: str, size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(file, kind, **more)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(read_document(data).data))


GOOD = {"pdf": pdf(["提纲"])} | {kind: drawn(kind) for kind in PICTURES}
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def archive() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("x.html", HTML)
    return packed.getvalue()


@pytest.mark.parametrize("kind", GOOD)
def test_whole_files_are_known_by_their_content(kind: str) -> None:
    assert read_document(GOOD[kind]).kind == DocumentKind(kind)


def test_a_pdf_is_kept_as_it_is() -> None:
    assert read_document(GOOD["pdf"]).data == GOOD["pdf"]


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_keeps_its_format_and_size(kind: str) -> None:
    kept = opened(GOOD[kind])
    assert (kept.format, kept.size) == (kind.upper(), (40, 30))


@pytest.mark.parametrize("kind", PICTURES)
def test_where_and_by_whom_it_was_taken_is_dropped(kind: str) -> None:
    exif = Image.Exif()
    exif[Base.Artist] = "Chan Siu-fong"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (23.0, 1.0, 2.0)
    taken = drawn(kind, exif=exif)
    assert b"Chan Siu-fong" in taken
    assert not opened(taken).getexif()
    assert b"Chan Siu-fong" not in read_document(taken).data


def test_notes_in_a_png_are_dropped() -> None:
    notes = PngInfo()
    notes.add_text("Comment", "12-3-501")
    assert b"12-3-501" not in read_document(drawn("png", pnginfo=notes)).data


def test_a_photograph_stands_upright() -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    assert opened(drawn("jpeg", exif=exif)).size == (30, 40)


def test_a_large_photograph_is_made_smaller() -> None:
    assert opened(drawn("jpeg", (2 * LONGEST_SIDE, 90))).size == (LONGEST_SIDE, 45)


@pytest.mark.parametrize(
    "data",
    [HTML, SVG, archive(), b"MZ\x90\x00", b"\x00" * 64, b"%!PS-Adobe", b" %PDF-1.4"],
    ids=["html", "svg", "zip", "exe", "nothing", "ps", "pdf-later"],
)
def test_anything_else_is_refused(data: bytes) -> None:
    assert code_of(lambda: read_document(data)) == "kind"


def test_an_empty_file_is_refused() -> None:
    assert code_of(lambda: read_document(b"")) == "empty"


@pytest.mark.parametrize("kind", GOOD)
def test_a_file_cut_short_is_refused(kind: str) -> None:
    whole = GOOD[kind].rstrip()
    for part in (0.5, 0.8):
        cut = whole[: int(part * len(whole))]
        assert code_of(lambda cut=cut: read_document(cut)) == "damaged"


@pytest.mark.parametrize("rider", [archive(), HTML], ids=["zip", "html"])
def test_no_second_file_rides_behind_a_pdf(rider: bytes) -> None:
    assert code_of(lambda: read_document(GOOD["pdf"] + rider)) == "damaged"


@pytest.mark.parametrize("rider", [archive(), HTML], ids=["zip", "html"])
@pytest.mark.parametrize("kind", PICTURES)
def test_what_rides_behind_a_picture_is_left_behind(kind: str, rider: bytes) -> None:
    assert rider not in read_document(GOOD[kind] + rider).data


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
        (png(2, 1, b"\0" * 7, colour=5), "damaged"),
        (png(0, 1, b"\0"), "damaged"),
        (png(40_000, 40_000, b"\0"), "large"),
        (png(20_000, 9_000, b"\0"), "large"),
        (picture().replace(b"IDAT", b"IDAX"), "damaged"),
    ],
    ids=["good", "colour", "no-width", "huge", "bomb", "checksum"],
)
def test_pictures_that_promise_what_they_do_not_hold(data: bytes, code: str | None) -> None:
    assert code_of(lambda: read_document(data)) == code
