#!/bin/sh
# What Pillow makes of scans, and pikepdf of a PDF's warnings, found while reading uploaded papers.
#
# Versions: Pillow 12.3.0, pikepdf 10.18.0.
# - A grey TIFF of sixteen bits in which white is nought (PhotometricInterpretation 0) is read as if
#   black were: the page comes negative. Of one and of eight bits it is turned round.
# - A PNG of sixteen bits in colour keeps the colour that is clear (tRNS) in sixteen bits, and its
#   pixels in eight: nothing is clear then. (In grey of sixteen bits the two fit.)
# - convert("L") of sixteen bits cuts off at 255: grey paper turns white.
# - Pdf.get_warnings() empties the list: asked twice, it says that all is well.
# Ways out: scale by the file's own white; turn round by tag 262; shift the clear colour by eight bits
# before the pixels are unpacked; keep what get_warnings() gave.
# Seen: the lines of EXPECTED below. Ends with 1 and shows the difference if this changes.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"
cat > EXPECTED <<'TEXT'
white is nought, 8 bits, stored 0: 255
white is nought, 16 bits, stored 0: 0
the clear colour of 16 bits: alpha 255
32768 of 65535 as L: 255
warnings, asked twice: True False
TEXT
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pillow==12.3.0 pikepdf==10.18.0
cat > find.py <<'PY'
import io, struct, zlib
import pikepdf
from PIL import Image

def tiff(bits, pixels):
    tags = [(256, 1), (257, 1), (258, bits), (259, 1), (262, 0), (273, 8), (277, 1), (278, 1)]
    tags += [(279, len(pixels))]
    data = pixels.ljust(2, b"\0")
    rows = b"".join(struct.pack("<HHIHH", tag, 3, 1, value, 0) for tag, value in tags)
    head = b"II*\0" + struct.pack("<I", 8 + len(data))
    return head + data + struct.pack("<H", len(tags)) + rows + b"\0\0\0\0"

def png(pixels, clear):
    head = struct.pack(">IIBBBBB", 1, 1, 16, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"tRNS", clear), (b"IDAT", zlib.compress(b"\0" + pixels)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )

def opened(data):
    return Image.open(io.BytesIO(data))

for bits in (8, 16):
    print(f"white is nought, {bits} bits, stored 0:", opened(tiff(bits, b"\0\0")).getpixel((0, 0)))
colour = struct.pack(">3H", 1000, 1000, 1000)
print("the clear colour of 16 bits: alpha", opened(png(colour, colour)).convert("RGBA").getpixel((0, 0))[3])
print("32768 of 65535 as L:", Image.new("I;16", (1, 1), 32768).convert("L").getpixel((0, 0)))
file = io.BytesIO()
pdf = pikepdf.new()
pdf.add_blank_page()
pdf.save(file)
wrong = file.getvalue().replace(b"startxref\n", b"startxref\n9")
pdf = pikepdf.open(io.BytesIO(wrong), suppress_warnings=True)
print("warnings, asked twice:", bool(pdf.get_warnings()), bool(pdf.get_warnings()))
PY
venv/bin/python find.py > found 2>&1 || true
diff EXPECTED found && echo "as expected"
