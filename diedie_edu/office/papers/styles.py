"""公文格式 (GB/T 9704-2012) as the styles of a Word file, written over the library's template."""

from dataclasses import dataclass

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

TITLE, SONG, HEI, KAI, FANG = "方正小标宋简体", "宋体", "黑体", "楷体", "仿宋"
# Each is on every Windows but the first; the others are what Macs, WPS and Linux know.
FALLBACKS = {
    TITLE: "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,宋体",
    SONG: "SimSun,STSong,Noto Serif CJK SC",
    HEI: "SimHei,STHeiti,Noto Sans CJK SC",
    KAI: "楷体_GB2312,KaiTi,STKaiti,Noto Serif CJK SC",
    FANG: "仿宋_GB2312,FangSong,STFangsong,Noto Serif CJK SC",
}
SIZE = 16.0  # 三号
LINE = 28.95  # points: 22 lines on a page
TEXT_WIDTH = Mm(210 - 28 - 26)
TEXT_HEIGHT = Mm(297 - 37 - 35)


@dataclass(frozen=True)
class Look:
    """Of one style: font, size and line in points (no line: as high as what stands in it)."""

    font: str = FANG
    size: float = SIZE
    bold: bool = False
    line: float | None = LINE
    align: ALIGN = ALIGN.JUSTIFY
    indent: int = 0  # characters, in the first line
    holds_next: bool = False  # never the last line of a page


LOOKS = {
    "Normal": Look(),
    "Title": Look(TITLE, 22, line=36, align=ALIGN.CENTER, holds_next=True),
    "Heading 1": Look(HEI, indent=2, holds_next=True),
    "Heading 2": Look(KAI, indent=2, holds_next=True),
    "Heading 3": Look(bold=True, indent=2, holds_next=True),
    "Heading 4": Look(indent=2, holds_next=True),
    "Body Text": Look(indent=2),
    "Caption": Look(HEI, 12, line=20, align=ALIGN.CENTER),
    "Table Text": Look(size=12, line=20, align=ALIGN.LEFT),
    "Table Title": Look(HEI, 12, line=20, align=ALIGN.CENTER),
    "Picture": Look(line=None, align=ALIGN.CENTER, holds_next=True),
    "Signing": Look(align=ALIGN.CENTER),
    "Footer": Look(SONG, 14, line=None, align=ALIGN.RIGHT),
}


def new_document() -> WordDocument:
    """An empty A4 page of a 公文 with all styles."""
    document = Document()
    _set_defaults(document)
    for name, look in LOOKS.items():
        _set_style(document, name, look)
    _set_page(document)
    _set_fonts(document)
    _set_settings(document)
    return document


def _set_defaults(document: WordDocument) -> None:
    """What a style leaves open. The template names the theme's fonts here, and a name by the theme
    wins over a font's own name."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert defaults is not None  # the template has them
    marks = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    marks.clear()
    _name_font(marks.get_or_add_rFonts(), FANG)
    # Were its Latin text Chinese too, LibreOffice would break lines inside numbers.
    marks.append(element("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))
    defaults.find(f"{qn('w:pPrDefault')}/{qn('w:pPr')}").clear()


def _set_style(document: WordDocument, name: str, look: Look) -> None:
    style = _empty_style(document, name)
    style.font.size, style.font.bold = Pt(look.size), look.bold
    _name_font(style.element.get_or_add_rPr().get_or_add_rFonts(), look.font)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = 1.0 if look.line is None else Pt(look.line)
    shape.alignment, shape.widow_control = look.align, True
    shape.keep_with_next = shape.keep_together = look.holds_next
    if look.indent:
        shape.first_line_indent = Pt(look.indent * look.size)
        by_characters = style.element.pPr.find(qn("w:ind"))
        by_characters.set(qn("w:firstLineChars"), str(100 * look.indent))
    if name.startswith("Heading"):
        style.element.pPr.append(element("w:outlineLvl", val=str(int(name[-1]) - 1)))


def _empty_style(document: WordDocument, name: str) -> ParagraphStyle:
    styles = document.styles
    if name not in styles:
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    style = styles[name]
    assert isinstance(style, ParagraphStyle)
    for part in (style.element.pPr, style.element.rPr):
        if part is not None:
            style.element.remove(part)
    return style


def _name_font(fonts: BaseOxmlElement, name: str) -> None:
    """For Latin letters too, or quotation marks and dashes would come out half as wide."""
    fonts.set(qn("w:hint"), "eastAsia")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def _set_page(document: WordDocument) -> None:
    """GB/T 9704 5.2: 37 mm above, 28 mm to the left, a text of 156 × 225 mm."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    page.header_distance, page.footer_distance = Mm(15), Mm(23)


def _set_fonts(document: WordDocument) -> None:
    """The table of fonts: what stands in where one is missing."""
    table = element("w:fonts")
    for name, others in FALLBACKS.items():
        font = element("w:font", name=name)
        font.append(element("w:altName", val=others))
        font.append(element("w:charset", val="86"))
        table.append(font)
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = serialize_part_xml(table)


def _set_settings(document: WordDocument) -> None:
    """Odd and even pages differ; no “compatibility mode” in the title of the window."""
    document.settings.odd_and_even_pages_header_footer = True
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    mode = settings.find(
        f"{qn('w:compat')}/{qn('w:compatSetting')}[@{qn('w:name')}='compatibilityMode']"
    )
    mode.set(qn("w:val"), "15")


def element(tag: str, /, **values: str) -> BaseOxmlElement:
    """An element of Word's XML with its values."""
    made = OxmlElement(tag)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made
