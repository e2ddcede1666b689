#!/bin/sh
# What python-docx and python-pptx leave as their templates have it, found while writing papers in
# Chinese.
#
# Versions: python-docx 1.2.0, python-pptx 1.0.2, Pillow 12.0.0.
# 1. `font.name` of a style leaves the name by the theme beside it, which wins over it in Word; and
#    names no East-Asian font. Way out: empty the style's rPr first, then w:rFonts by hand.
# 2. `cell.width` leaves w:gridCol, by which LibreOffice draws. Way out: `column.width` as well.
# 3. A WebP picture is refused (UnrecognizedImageError; by python-pptx too). Way out: Pillow.
# 4. The template's files open in “compatibility mode” (14). Way out: w:compatSetting to 15.
# 5. python-pptx: a wider slide leaves layouts and master as wide as before. Way out: move them.
# 6. Its theme, where the fonts of titles, tables and charts are named, is bytes without an API.
# Seen: the lines of EXPECTED below. Ends with 1 and shows the difference if this changes.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"
cat > EXPECTED <<'TEXT'
a style's name by the theme stays beside font.name: True
font.name names an East-Asian font: False
cell.width moves the grid of the table: False
WebP is refused by python-docx: True
WebP is refused by python-pptx: True
compatibility mode of the template: 14
a wider slide widens its layouts: False
the theme is a part with an API: False
TEXT
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-docx==1.2.0 python-pptx==1.0.2 \
  pillow==12.0.0

cat > find.py <<'PY'
from io import BytesIO

import docx
import pptx
from docx.oxml.ns import qn
from docx.shared import Cm
from PIL import Image
from pptx.opc.constants import RELATIONSHIP_TYPE

def refused(add, *place):
    data = BytesIO()
    Image.new("RGB", (2, 2)).save(data, "WEBP")
    try:
        add(data, *place)
    except Exception:
        return True
    return False

paper = docx.Document()
style = paper.styles["Heading 1"]
style.font.name = "SimHei"
fonts = style.element.rPr.rFonts
print("a style's name by the theme stays beside font.name:", fonts.get(qn("w:asciiTheme")) is not None)
print("font.name names an East-Asian font:", fonts.get(qn("w:eastAsia")) is not None)
table = paper.add_table(1, 2)
before = table.columns[0].width
table.rows[0].cells[0].width = Cm(2)
print("cell.width moves the grid of the table:", table.columns[0].width != before)
print("WebP is refused by python-docx:", refused(paper.add_picture))
deck = pptx.Presentation()
slide = deck.slides.add_slide(deck.slide_layouts[5])
print("WebP is refused by python-pptx:", refused(slide.shapes.add_picture, 0, 0))
[mode] = paper.settings.element.xpath(".//w:compatSetting[@w:name='compatibilityMode']")
print("compatibility mode of the template:", mode.get(qn("w:val")))
title = deck.slide_master.placeholders[0]
before = title.width
deck.slide_width *= 2
print("a wider slide widens its layouts:", title.width != before)
theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
print("the theme is a part with an API:", type(theme).__name__ != "Part")
PY
venv/bin/python find.py > SEEN
diff EXPECTED SEEN && cat SEEN
