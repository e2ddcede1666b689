"""Forty files that somebody might send instead of a paper, each by what is wrong with it."""

import io
import struct
import zipfile
import zlib

from pikepdf import Dictionary, Encryption, Name
from PIL import Image

from residents_school.demo.handouts import pdf
from tests.support.pdfs import (
    PACKED,
    SCRIPT,
    attached,
    beside,
    bomb,
    catalog,
    of_page,
    with_xfa,
    written,
)

PDF = pdf(["户口簿"])
HTML = b"<!doctype html><script>alert(1)</script>"
CATALOG = b"/Type/Catalog"


def drawn(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(file, kind)
    return file.getvalue()


def archive(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(name, HTML)
    return packed.getvalue()


def png(width: int, height: int, pixels: bytes = b"\0" * 7, colour: int = 2) -> bytes:
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)),
        (b"IDAT", zlib.compress(pixels)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


def acting(action: bytes) -> bytes:
    return PDF.replace(CATALOG, CATALOG + action)


JPEG, PNG = drawn("jpeg"), drawn("png")
# What is wrong with it, and the code of the refusal.
HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "only zeros": (b"\0" * 64, "kind"),
    "web page": (HTML, "kind"),
    "web page with a PDF's first words": (b"%PDF-1.4\n" + HTML, "damaged"),
    "drawing with a script": (b'<svg xmlns="x" onload="alert(1)"/>', "kind"),
    "XML with an entity": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "x">]>', "kind"),
    "archive": (archive("x.html"), "kind"),
    "Word document": (archive("word/document.xml"), "kind"),
    "spreadsheet": (archive("xl/workbook.xml"), "kind"),
    "old Word document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "kind"),
    "program of Windows": (b"MZ\x90\x00" + b"\0" * 64, "kind"),
    "program of Linux": (b"\x7fELF" + b"\0" * 64, "kind"),
    "shell script": (b"#!/bin/sh\nrm -rf /\n", "kind"),
    "PostScript": (b"%!PS-Adobe-3.0\n", "kind"),
    "drawing of another program": (b"8BPS" + bytes(60), "kind"),
    "bitmap cut short": (drawn("bmp")[:200], "damaged"),
    "scan cut short": (drawn("tiff")[:200], "damaged"),
    "photograph that only phones open": (b"\0\0\0\x18ftypheic" + bytes(40), "of_phones"),
    "sound in a RIFF": (b"RIFF\0\0\0\0WAVEfmt ", "kind"),
    "blank before a PDF": (b" " + PDF, "kind"),
    "PDF cut short": (PDF[: len(PDF) // 2], "damaged"),
    "archive behind a PDF": (PDF + archive("x.html"), "damaged"),
    "web page behind a PDF": (PDF + HTML, "damaged"),
    "PDF without its index": (PDF.replace(b"startxref", b"startxxxx"), "damaged"),
    "PDF with a script": (written(catalog(OpenAction=SCRIPT)), "active"),
    "PDF with a script in other letters": (acting(b"/AA<</O<</J#53(x)>>>>"), "active"),
    "PDF that starts a program": (acting(b"/OpenAction<</S/Launch/F(cmd)>>"), "active"),
    "PDF with a file inside": (written(attached), "active"),
    "PDF with a film": (written(beside(Subtype=Name.RichMedia)), "active"),
    "PDF with a form of one program": (written(with_xfa), "active"),
    "PDF with a packed script": (written(of_page(AA=Dictionary(O=SCRIPT)), **PACKED), "active"),
    "PDF with a packed file": (written(attached, **PACKED), "active"),
    "PDF that unpacks without end": (bomb(64), "damaged"),
    "PDF with a password": (written(encryption=Encryption(owner="x", user="y")), "locked"),
    "JPEG cut short": (JPEG[: len(JPEG) // 2], "damaged"),
    "first words of a JPEG": (b"\xff\xd8\xff" + HTML, "damaged"),
    "PNG cut short": (PNG[: len(PNG) // 2], "damaged"),
    "PNG without a width": (png(0, 1, b"\0"), "damaged"),
    "PNG of another kind of colour": (png(2, 1, colour=5), "damaged"),
    "PNG that unpacks without end": (png(40_000, 40_000, b"\0"), "large"),
}
assert len(HOSTILE) == 40
