"""Every sort of pixels that offices and phones send, by what an eye sees before and after."""

import io
import struct

import pytest
from PIL import Image

from diedie_edu.common.documents import DocumentKind, read_document
from tests.support import scans
from tests.support.refusals import code_of
from tests.support.scans import COLOUR, GREY, plain, png, saved, tiff

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
MIDDLE = 32768
JPEG_IS_ABOUT = 2


def kept(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(read_document(data).data))


def pixels(data: bytes) -> list[int]:
    """The first two, as grey."""
    shown = kept(data).convert("L")
    return [shown.getpixel((x, 0)) for x in (0, 1)]  # type: ignore[misc]


def near(found: object, wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= JPEG_IS_ABOUT for a, b in zip(found, wanted, strict=True))  # type: ignore[call-overload]


SIXTEEN = {
    "png": png(16, GREY, struct.pack(">2H", MIDDLE, 65535)),
    "tiff, small end first": tiff(struct.pack("<2H", MIDDLE, 65535), bits=16),
    "tiff, large end first": tiff(struct.pack(">2H", MIDDLE, 65535), bits=16, order=">"),
    "tiff, white is nought": tiff(struct.pack("<2H", MIDDLE - 1, 0), bits=16, white_is_zero=True),
    "tiff of twelve bits": tiff(bytes([0x80, 0x0F, 0xFF]), bits=12),
    "png in colour": png(16, COLOUR, struct.pack(">6H", *[MIDDLE] * 3, *[65535] * 3)),
    "png, grey with depth": png(16, 4, struct.pack(">4H", MIDDLE, 65535, 65535, 65535)),
    "whole numbers": saved(Image.frombytes("I", (2, 1), struct.pack("2i", MIDDLE, 65535)), "tiff"),
    "parts of one": saved(Image.frombytes("F", (2, 1), struct.pack("2f", 0.5, 1.0)), "tiff"),
}


@pytest.mark.parametrize("data", SIXTEEN.values(), ids=SIXTEEN.keys())
def test_many_bits_become_eight(data: bytes) -> None:
    assert pixels(data) == [128, 255]


@pytest.mark.parametrize(("value", "shown"), [(0, 0), (257, 1), (4112, 16), (MIDDLE, 128)])
@pytest.mark.parametrize("kind", ["png", "tiff"])
def test_a_dark_page_stays_as_dark(kind: str, value: int, shown: int) -> None:
    assert pixels(plain("I;16", value, kind)) == [shown, shown]


def test_a_large_page_of_many_bits_is_made_smaller_and_stays_grey() -> None:
    shown = kept(saved(Image.new("I;16", (6000, 40), MIDDLE), "png"))
    assert (shown.size, shown.convert("L").getextrema()) == ((3000, 20), (128, 128))


@pytest.mark.parametrize(("bits", "grey"), [(1, 255), (2, 170), (4, 136)])
def test_few_bits_become_eight(bits: int, grey: int) -> None:
    assert pixels(png(bits, GREY, b"\x80")) == [grey, 0]


FAXES = {
    "ones are white": plain("1", 1, "tiff", compression="group4"),
    "noughts are white": tiff(b"\x00", bits=1, white_is_zero=True),
    "by group 3": plain("1", 1, "tiff", compression="group3"),
    "grey, noughts are white": tiff(b"\x00\x00", bits=8, white_is_zero=True),
}


@pytest.mark.parametrize("data", FAXES.values(), ids=FAXES.keys())
def test_the_paper_of_a_fax_is_white(data: bytes) -> None:
    assert read_document(data).kind == DocumentKind.PNG
    assert pixels(data) == [255, 255]


def test_a_thin_line_of_a_large_fax_is_still_there() -> None:
    page = Image.new("1", (6000, 90), 1)
    page.paste(0, (0, 41, 6000, 42))  # one dot high, where every second row is left out
    shown = kept(saved(page, "tiff", compression="group4")).convert("L")
    assert min(shown.crop((0, 15, 3000, 25)).getextrema()) < 200


def test_a_fax_of_unequal_dots_gets_its_shape_back() -> None:
    data = saved(Image.new("1", (1728, 1100), 1), "tiff", compression="group4", dpi=(204, 98))
    assert kept(data).size == (1728, round(1100 * 204 / 98))


CLEAR = {
    "png": plain("RGBA", (0, 0, 0, 0), "png"),
    "webp": plain("RGBA", (0, 0, 0, 0), "webp", lossless=True),
    "tiff": plain("RGBA", (0, 0, 0, 0), "tiff"),
    "grey": plain("LA", (0, 0), "png"),
    "table of colours": plain("P", 0, "png", transparency=0),
    "gif": plain("P", 0, "gif", transparency=0),
    "table with depth": plain("PA", (0, 0), "tiff"),
    "one grey": png(8, GREY, b"\x00\x00", (b"tRNS", b"\0\0")),
    "one grey of two bits": png(2, GREY, b"\x50", (b"tRNS", b"\0\1")),
    "one grey of sixteen bits": png(16, GREY, b"\x00\x64" * 2, (b"tRNS", b"\x00\x64")),
    "one colour of sixteen bits": png(16, COLOUR, b"\x00\x64" * 6, (b"tRNS", b"\x00\x64" * 3)),
    "one of two": png(1, GREY, b"\x00", (b"tRNS", b"\0\0")),
}


@pytest.mark.parametrize("data", CLEAR.values(), ids=CLEAR.keys())
def test_what_is_clear_is_the_paper(data: bytes) -> None:
    shown = kept(data)
    assert shown.mode == "RGB"
    assert near(shown.getpixel((0, 0)), WHITE)


def test_half_clear_ink_is_half_as_dark() -> None:
    assert kept(plain("RGBA", (0, 0, 0, 128), "png")).getpixel((0, 0)) == (127, 127, 127)


def test_a_bitmap_whose_fourth_byte_is_nothing_is_not_clear() -> None:
    """As screenshots of Windows are copied."""
    head = struct.pack("<IiiHHIIiiII", 108, 1, 1, 1, 32, 3, 4, 0, 0, 0, 0)
    masks = struct.pack("<4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000) + b"BGRs" + b"\0" * 48
    body = head + masks + bytes([30, 20, 10, 0])
    data = b"BM" + struct.pack("<IHHI", 14 + len(body), 0, 0, 14 + 108) + body
    assert kept(data).getpixel((0, 0)) == (10, 20, 30)


INKS = {
    "jpeg": plain("CMYK", (0, 0, 0, 0), "jpeg"),
    "tiff": plain("CMYK", (0, 0, 0, 0), "tiff"),
    "lab": plain("LAB", (255, 128, 128), "tiff"),
}


@pytest.mark.parametrize("data", INKS.values(), ids=INKS.keys())
def test_no_ink_is_white(data: bytes) -> None:
    assert near(kept(data).getpixel((0, 0)), WHITE)


@pytest.mark.parametrize(
    ("ink", "shown"), [((255, 0, 0, 0), (0, 255, 255)), ((0, 0, 0, 255), BLACK)]
)
@pytest.mark.parametrize("kind", ["jpeg", "tiff"])
def test_ink_has_its_colour(kind: str, ink: tuple[int, ...], shown: tuple[int, ...]) -> None:
    assert near(kept(plain("CMYK", ink, kind)).getpixel((0, 0)), shown)


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "tiff"])
def test_colours_are_those_of_the_profile(kind: str) -> None:
    """This profile's first number is green."""
    data = plain("RGB", (255, 0, 0), kind, icc_profile=scans.swapped_profile())
    red, green, _blue = kept(data).getpixel((0, 0))  # type: ignore[misc]
    assert (red < 10, green > 245) == (True, True)
    assert "icc_profile" not in kept(data).info


@pytest.mark.parametrize("profile", [b"nothing", b"\0" * 200])
def test_a_damaged_profile_costs_no_picture(profile: bytes) -> None:
    assert kept(plain("RGB", (10, 20, 30), "png", icc_profile=profile)).getpixel((0, 0)) == (
        10,
        20,
        30,
    )


# Where the corner that was at the left on top is found, by the number in the EXIF data.
CORNERS = {1: "lt", 2: "rt", 3: "rb", 4: "lb", 5: "lt", 6: "rt", 7: "rb", 8: "lb"}


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "tiff"])
@pytest.mark.parametrize("number", CORNERS)
def test_a_picture_stands_as_it_was_held(number: int, kind: str) -> None:
    page = Image.new("RGB", (48, 32), "white")
    page.paste("black", (0, 0, 8, 8))
    exif = Image.Exif()
    exif[274] = number
    shown = kept(saved(page, kind, exif=exif)).convert("L")
    assert shown.size == ((48, 32) if number < 5 else (32, 48))
    across, down = CORNERS[number]
    corner = (3 if across == "l" else shown.width - 4, 3 if down == "t" else shown.height - 4)
    assert shown.getpixel(corner) < 40
    assert not kept(saved(page, kind, exif=exif)).getexif()


def test_the_first_of_two_pictures_of_a_phone_is_kept() -> None:
    data = plain(
        "RGB", (255, 0, 0), "MPO", save_all=True, append_images=[Image.new("RGB", (16, 16))]
    )
    assert near(kept(data).getpixel((0, 0)), (254, 0, 0))


@pytest.mark.parametrize(
    ("kind", "form"), [("gif", "PNG"), ("bmp", "PNG"), ("tiff", "JPEG"), ("webp", "WEBP")]
)
def test_what_is_sent_is_kept_as_what_browsers_show(kind: str, form: str) -> None:
    shown = kept(plain("RGB", (200, 30, 30), kind))
    assert shown.format == form
    assert near(shown.getpixel((0, 0)), (200, 30, 30)) or kind in ("webp", "gif")


def test_all_pages_of_a_scan_are_kept_as_a_pdf() -> None:
    pages = [Image.new(mode, (830, 1170), 1) for mode in ("1", "L", "RGB")]
    data = saved(pages[0], "tiff", save_all=True, append_images=pages[1:])
    found = read_document(data)
    assert (found.kind, found.data.count(b"/Type /Page\n")) == (DocumentKind.PDF, 3)
    assert read_document(found.data).kind == DocumentKind.PDF


def test_a_preview_in_a_scan_is_no_page() -> None:
    small = Image.new("L", (16, 16), 9)
    small.encoderinfo = {"tiffinfo": {254: 1}}  # type: ignore[attr-defined]
    data = saved(Image.new("L", (64, 64), 200), "tiff", save_all=True, append_images=[small])
    assert (read_document(data).kind, kept(data).size) == (DocumentKind.PNG, (64, 64))


def test_very_many_pages_are_asked_for_in_parts() -> None:
    pages = [Image.new("1", (16, 16)) for _ in range(41)]
    data = saved(pages[0], "tiff", save_all=True, append_images=pages[1:])
    assert code_of(lambda: read_document(data)) == "many_pages"


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"])
def test_photographs_that_only_phones_open_are_named(brand: bytes) -> None:
    data = b"\0\0\0\x18ftyp" + brand + b"\0" * 40
    assert code_of(lambda: read_document(data)) == "of_phones"


def test_a_cameras_raw_data_is_named() -> None:
    assert (
        code_of(lambda: read_document(plain("L", 1, "tiff", tiffinfo={50706: b"\1\4\0\0"})))
        == "raw"
    )


@pytest.mark.parametrize("kind", ["gif", "bmp", "tiff"])
def test_a_file_cut_short_is_refused(kind: str) -> None:
    whole = saved(Image.linear_gradient("L").convert("RGB"), kind)
    for part in (0.01, 0.5, 0.8):
        assert (
            code_of(lambda part=part: read_document(whole[: int(part * len(whole))])) == "damaged"
        )
