"""PDFs as offices send them and as nobody should, written by a real library."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
PACKED = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
Change = Callable[[Any], object]


def written(change: Change = bool, **how: Any) -> bytes:
    """One empty page, and what `change` makes of it."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    change(pdf)
    file = io.BytesIO()
    pdf.save(file, **how)
    return file.getvalue()


def catalog(**more: object) -> Change:
    return lambda pdf: [setattr(pdf.Root, key, value) for key, value in more.items()]


def beside(**more: object) -> Change:
    """On the page, as something that is tapped."""

    def add(pdf: Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **more)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    return add


def of_page(**more: object) -> Change:
    return lambda pdf: [setattr(pdf.pages[0].obj, key, value) for key, value in more.items()]


def attached(pdf: Pdf) -> None:
    pdf.attachments["list.txt"] = pikepdf.AttachedFileSpec(pdf, b"hello")


def with_xfa(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(XFA=Stream(pdf, b"<xdp/>"), Fields=Array([]))


def odd_names(pdf: Pdf) -> None:
    """A page may call its fonts and pictures what it likes."""
    dots = Stream(pdf, b"\0\0\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    dots.ColorSpace, dots.BitsPerComponent = Name.DeviceRGB, 8
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].obj.Resources = Dictionary(
        XObject=Dictionary(JS=dots, XFA=dots), Font=Dictionary(AA=font, JavaScript=font)
    )


def words_in_pixels(pdf: Pdf) -> None:
    """What a scanner's compressed bytes may spell by chance."""
    pdf.pages[0].obj.Contents = Stream(pdf, b"\x00/JS /AA /JavaScript /Launch /OpenAction<<\xff")


def page_of_field(**more: object) -> Change:
    field = {"Subtype": Name.Widget, "T": "name", **more}
    return beside(**field)


SIGNATURE = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=b"\0" * 20)


def bomb(megabytes: int) -> bytes:
    """A packed object that unpacks to very much, in a few kilobytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = packer.compress(b" " * 1024**2) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = b"\x78\xda" + one * megabytes + b"\x03\x00"
    head = b"9 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n"
    objects = {
        1: b"1 0 obj<</Type/Catalog/Pages 2 0 R/Names 4 0 R>>endobj\n",
        2: b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        3: b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>endobj\n",
        9: head % len(packed) + packed + b"\nendstream endobj\n",
    }
    return _with_index(b"%PDF-1.5\n", objects)


def _with_index(body: bytes, objects: dict[int, bytes]) -> bytes:
    places = {4: (2, 9, 0)}
    for number, text in objects.items():
        places[number] = (1, len(body), 0)
        body += text
    places[10] = (1, len(body), 0)
    rows = b"".join(struct.pack(">BIH", *places.get(number, (0, 0, 0))) for number in range(11))
    head = b"10 0 obj<</Type/XRef/Size 11/W[1 4 2]/Root 1 0 R/Length %d>>stream\n" % len(rows)
    return body + head + rows + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % len(body)
