"""Slides for a meeting: 16:9, one message on each, and what shows it."""

from collections.abc import Iterable
from functools import singledispatch
from io import BytesIO

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Pptx
from pptx.slide import Slide as DrawnSlide
from pptx.table import _Cell
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Cm, Length, Pt

from diedie_edu.common.spreadsheets.writer import without_controls
from diedie_edu.office.papers.charts import put_on_slide
from diedie_edu.office.papers.paging import pages_of
from diedie_edu.office.papers.pictures import fit
from diedie_edu.office.papers.tree import (
    Chart,
    Deck,
    Number,
    Numbers,
    Picture,
    Points,
    Slide,
    Table,
    characters,
)

WIDTH, HEIGHT = Cm(33.867), Cm(19.05)
SIDE = Cm(1.8)
TITLE = (SIDE, Cm(0.9), Cm(30.2), Cm(2.2))
BODY = (SIDE, Cm(3.8), Cm(30.2), Cm(13.2))
FOOT = (SIDE, Cm(17.7), Cm(30.2), Cm(0.9))
LEAF, INK, SOFT = (RGBColor.from_string(hex) for hex in ("12594B", "22302B", "505C56"))
TINT, CARD = (RGBColor.from_string(hex) for hex in ("E1EFE7", "FFFFFF"))
FONT = "微软雅黑"
NUMBERS_IN_A_LINE = 3
TABLE_TEXT = Pt(16)


def write(deck: Deck) -> bytes:
    presentation = _wide(Presentation())
    _describe(presentation, deck)
    _cover(presentation, deck)
    pages = [page for slide in deck.slides for page in pages_of(slide)]
    for number, page in enumerate(pages, 2):
        _page(presentation, deck, page, number)
    out = BytesIO()
    presentation.save(out)
    return out.getvalue()


def _wide(presentation: Pptx) -> Pptx:
    """The template is 4:3: what its layouts hold moves along."""
    across = WIDTH / presentation.slide_width
    down = HEIGHT / presentation.slide_height
    master = presentation.slide_master
    for place in (master, *master.slide_layouts):
        for shape in place.placeholders:
            own = shape.element.spPr.xfrm
            if own is not None:
                own.off.x, own.ext.cx = int(own.off.x * across), int(own.ext.cx * across)
                own.off.y, own.ext.cy = int(own.off.y * down), int(own.ext.cy * down)
    presentation.slide_width, presentation.slide_height = WIDTH, HEIGHT
    _name_fonts(presentation)
    return presentation


def _name_fonts(presentation: Pptx) -> None:
    """In the theme, for Chinese too: `font.name` of the library names the Latin one alone."""
    theme = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    for script in ("latin", "ea"):
        for old in ("Calibri", ""):
            old_name, new_name = f'<a:{script} typeface="{old}"', f'<a:{script} typeface="{FONT}"'
            theme._blob = theme.blob.replace(old_name.encode(), new_name.encode())


def _describe(presentation: Pptx, deck: Deck) -> None:
    about = presentation.core_properties
    about.title, about.author = (
        without_controls(deck.title)[:250],
        without_controls(deck.unit)[:250],
    )
    about.language, about.last_modified_by = "zh-CN", ""


def _cover(presentation: Pptx, deck: Deck) -> None:
    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = LEAF
    title, below = slide.placeholders[0], slide.placeholders[1]
    _write(title.text_frame, deck.title, Pt(44), CARD, bold=True, align=PP_ALIGN.CENTER)
    _write(below.text_frame, f"{deck.unit}\n{deck.dated}", Pt(24), TINT, align=PP_ALIGN.CENTER)


def _page(presentation: Pptx, deck: Deck, page: Slide, number: int) -> None:
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    title = slide.shapes.title
    assert title is not None  # the layout is “Title Only”
    title.left, title.top, title.width, title.height = TITLE
    _write(title.text_frame, page.message, Pt(32), LEAF, bold=True)
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    show(page.shown, slide)
    foot = _box(slide, FOOT)
    _write(foot, f"{deck.unit}　{deck.dated}　{number}", Pt(12), SOFT, align=PP_ALIGN.RIGHT)


def _box(slide: DrawnSlide, box: tuple[Length, Length, Length, Length]) -> TextFrame:
    frame = slide.shapes.add_textbox(*box).text_frame
    frame.word_wrap = True
    return frame


def _write(
    frame: TextFrame,
    text: str,
    size: Length,
    colour: RGBColor,
    *,
    bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> None:
    frame.text = without_controls(text)
    for line in frame.paragraphs:
        _dress(line, size, colour, bold)
        line.alignment = align


def _dress(line: _Paragraph, size: Length, colour: RGBColor, bold: bool) -> None:
    for run in line.runs:
        run.font.size, run.font.bold, run.font.color.rgb = size, bold, colour
        run._r.get_or_add_rPr().set("lang", "zh-CN")


@singledispatch
def show(shown: object, slide: DrawnSlide) -> None:
    """Draws what a slide shows; each kind has its own way below."""
    raise TypeError(shown)


@show.register
def _numbers(shown: Numbers, slide: DrawnSlide) -> None:
    left, top, width, height = BODY
    columns = min(len(shown.items), NUMBERS_IN_A_LINE)
    lines = -(-len(shown.items) // NUMBERS_IN_A_LINE)
    gap, high = Cm(0.8), min(Length(height // lines), Cm(7))
    wide = (width - gap * (columns - 1)) // columns
    top = Length(top + (height - lines * high) // 2)
    for place, number in enumerate(shown.items):
        down, across = divmod(place, NUMBERS_IN_A_LINE)
        spot = Length(left + across * (wide + gap)), Length(top + down * high)
        _number(slide, number, (*spot, Length(wide), Length(high - gap)))


def _number(slide: DrawnSlide, number: Number, box: tuple[Length, Length, Length, Length]) -> None:
    shape = slide.shapes.add_textbox(*box)
    shape.fill.solid()
    shape.fill.fore_color.rgb = TINT
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.text = without_controls("\n".join((number.value, number.label, number.note)).strip())
    looks = ((Pt(54), LEAF, True), (Pt(20), INK, False), (Pt(14), SOFT, False))
    for line, look in zip(frame.paragraphs, looks, strict=False):
        _dress(line, *look)
        line.alignment = PP_ALIGN.CENTER


@show.register
def _points(shown: Points, slide: DrawnSlide) -> None:
    frame = _box(slide, BODY)
    _write(frame, "\n".join(shown.lines), Pt(24), INK)
    for line in frame.paragraphs:
        line.space_after = Pt(12)
        shape = line._p.get_or_add_pPr()
        shape.set("marL", str(Cm(1)))
        shape.set("indent", str(-Cm(1)))
        shape.append(shape.makeelement(qn("a:buChar"), {"char": "•"}))


@show.register
def _table(shown: Table, slide: DrawnSlide) -> None:
    rows, columns = 1 + len(shown.rows), len(shown.titles)
    left, top, width, _height = BODY
    table = slide.shapes.add_table(rows, columns, left, top, width, Length(Cm(1.3) * rows)).table
    asked = [
        max(4.0, *map(characters, texts)) for texts in zip(shown.titles, *shown.rows, strict=True)
    ]
    for column, one in zip(table.columns, asked, strict=True):
        column.width = Length(int(width * one / sum(asked)))
    for row, texts in zip(table.rows, (shown.titles, *shown.rows), strict=True):
        _fill(row.cells, texts, shown.numeric, is_title=texts is shown.titles)


def _fill(
    cells: Iterable[_Cell], texts: tuple[str, ...], numeric: frozenset[int], *, is_title: bool
) -> None:
    colour, ground = (CARD, LEAF) if is_title else (INK, TINT)
    for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        align = PP_ALIGN.RIGHT if place in numeric else PP_ALIGN.LEFT
        _write(cell.text_frame, text, TABLE_TEXT, colour, bold=is_title, align=align)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        cell.fill.solid()
        cell.fill.fore_color.rgb = ground


@show.register
def _chart(shown: Chart, slide: DrawnSlide) -> None:
    put_on_slide(shown, slide, BODY, 16)


@show.register
def _picture(shown: Picture, slide: DrawnSlide) -> None:
    """As large as it fits, in the middle, its caption below."""
    data, ratio = fit(shown.data)
    left, top, width, height = BODY
    room = height - Cm(1.2)
    wide = min(width, int(room / ratio))
    picture = slide.shapes.add_picture(data, Length(left + (width - wide) // 2), top, Length(wide))
    picture._element.nvPicPr.cNvPr.set("descr", without_controls(shown.description))
    below = _box(slide, (left, Length(top + height - Cm(1)), width, Cm(1)))
    _write(below, shown.caption, Pt(16), SOFT, align=PP_ALIGN.CENTER)
