"""A handout and a picture for the demo season, made here rather than kept as files."""

import struct
import zlib
from datetime import datetime

from diedie_edu.accounts.models import User
from residents_school.actions import materials
from residents_school.queries import lectures

COLOURS = ((18, 89, 75), (122, 79, 6), (146, 45, 92), (43, 74, 135))  # the four panes
SIDE = 160


def create_materials(staff: User, now: datetime) -> None:
    """With the next lecture, so that its page shows them."""
    lecture = lectures.next_lectures(now, 1)[0]
    handout = pdf([lecture.title, *lecture.outline.splitlines()])
    for title, data in (("讲课提纲", handout), ("四色窗", picture())):
        materials.add_material(
            lecture=lecture, data=data, file_name="", title=title, by=staff, now=now
        )


def pdf(lines: list[str]) -> bytes:
    """One A4 page in a font that every reader of PDFs brings along for Chinese."""
    shown = " 0 -36 Td ".join(f"<{line.encode('utf-16-be').hex()}> Tj" for line in lines)
    text = f"BT /F1 20 Tf 60 760 Td {shown} ET"
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(text)}>>stream\n{text}\nendstream",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        "/DescendantFonts[6 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R>>",
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[-25 -254 1000 880]"
        "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    ]
    return _with_index(bodies)


def _with_index(bodies: list[str]) -> bytes:
    whole, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(whole))
        whole += f"{number} 0 obj{body}endobj\n".encode()
    index = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(bodies) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{index}trailer<</Size {size}/Root 1 0 R>>"
    return whole + f"{end}\nstartxref\n{len(whole)}\n%%EOF\n".encode()


def picture() -> bytes:
    """The four panes of the mark, as a PNG."""
    half = SIDE // 2
    upper, lower = (
        b"\0" + bytes(COLOURS[row * 2]) * half + bytes(COLOURS[row * 2 + 1]) * half
        for row in range(2)
    )
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    pixels = zlib.compress(upper * half + lower * half)
    parts = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
