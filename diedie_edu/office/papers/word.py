"""A paper as a Word file by 公文格式 (GB/T 9704-2012), which Word, WPS and LibreOffice open."""

from functools import singledispatch
from io import BytesIO

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.section import _Footer
from docx.shared import Length, Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Row
from docx.text.paragraph import Paragraph

from diedie_edu.common.spreadsheets.writer import without_controls
from diedie_edu.office.papers.charts import put_in_word
from diedie_edu.office.papers.pictures import fit
from diedie_edu.office.papers.styles import SIZE, TEXT_WIDTH, element, new_document
from diedie_edu.office.papers.tree import (
    Chart,
    Heading,
    Paper,
    Picture,
    Signatures,
    Table,
    Text,
    characters,
    numbered,
)

PICTURE_HEIGHT = Mm(100)
NARROWEST, PADDING, ROOM = 3, 1.5, 36  # of columns, in characters of 12 points


def write(paper: Paper) -> bytes:
    document = new_document()
    _describe(document, paper)
    _number_pages(document)
    _paragraph(document, paper.title, "Title").paragraph_format.space_after = Pt(SIZE)
    for block in numbered(paper.blocks):
        put(block, document)
    _sign(document, paper)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _describe(document: WordDocument, paper: Paper) -> None:
    about = document.core_properties
    about.title, about.author = (
        without_controls(paper.title)[:250],
        without_controls(paper.unit)[:250],
    )
    about.language, about.comments = "zh-CN", ""


def _number_pages(document: WordDocument) -> None:
    """GB/T 9704 7.5: — 1 — at the outer side, one character in."""
    section = document.sections[0]
    _number(section.footer, ALIGN.RIGHT)
    _number(section.even_page_footer, ALIGN.LEFT)


def _number(footer: _Footer, side: ALIGN) -> None:
    footer.is_linked_to_previous = False
    line = footer.paragraphs[0]
    line.style, line.alignment = "Footer", side
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
    line.add_run("— ")
    field = element("w:fldSimple", instr="PAGE")
    field.append(line.add_run("1")._r)
    line._p.append(field)
    line.add_run(" —")


def _paragraph(document: WordDocument, text: str, style: str) -> Paragraph:
    return document.add_paragraph(without_controls(text), style)


@singledispatch
def put(block: object, document: WordDocument) -> None:
    """Writes one block; each kind has its own way below."""
    raise TypeError(block)


@put.register
def _heading(block: Heading, document: WordDocument) -> None:
    _paragraph(document, block.text, f"Heading {block.level}")


@put.register
def _text(block: Text, document: WordDocument) -> None:
    for line in without_controls(block.text).splitlines():
        if line.strip():
            _paragraph(document, line.strip(), "Body Text")


@put.register
def _table(block: Table, document: WordDocument) -> None:
    if block.caption:
        _paragraph(document, block.caption, "Caption").paragraph_format.keep_with_next = True
    table = document.add_table(1 + len(block.rows), len(block.titles), "Table Grid")
    table.autofit = False
    widths = _widths(block)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, texts in zip(table.rows, (block.titles, *block.rows), strict=True):
        _fill(row, texts, widths, block.numeric)
    _repeat_title(table)
    _paragraph(document, "", "Table Text")


def _fill(row: _Row, texts: tuple[str, ...], widths: list[Length], numeric: frozenset[int]) -> None:
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    for place, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
        cell.width = width
        line = cell.paragraphs[0]
        line.text, line.style = without_controls(text), "Table Text"
        if place in numeric:
            line.alignment = ALIGN.RIGHT


def _widths(block: Table) -> list[Length]:
    """The width of the text, shared out by what stands in each column; what is short stays in one
    line as long as the longer columns can give way."""
    asked = [
        PADDING + max(NARROWEST, *(characters(text) for text in column))
        for column in zip(block.titles, *block.rows, strict=True)
    ]
    while sum(asked) > ROOM and max(asked) > PADDING + NARROWEST:
        asked[asked.index(max(asked))] -= 0.5
    return [Length(int(TEXT_WIDTH * one / sum(asked))) for one in asked]


def _repeat_title(table: WordTable) -> None:
    """On each page, and never alone at the foot of one."""
    row = table.rows[0]
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for cell in row.cells:
        cell.paragraphs[0].style = "Table Title"
        cell.paragraphs[0].alignment = None
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        cell._tc.get_or_add_tcPr().append(
            element("w:shd", val="clear", color="auto", fill="EDEDED")
        )


@put.register
def _picture(block: Picture, document: WordDocument) -> None:
    data, ratio = fit(block.data)
    line = _paragraph(document, "", "Picture")
    width = min(int(TEXT_WIDTH), int(PICTURE_HEIGHT / ratio))
    shape = line.add_run().add_picture(data, width)
    shape._inline.docPr.set("descr", without_controls(block.description))
    _paragraph(document, block.caption, "Caption")


@put.register
def _chart(block: Chart, document: WordDocument) -> None:
    put_in_word(block, document, _paragraph(document, "", "Picture"))
    _paragraph(document, block.title, "Caption")


@put.register
def _signatures(block: Signatures, document: WordDocument) -> None:
    text = "　".join(f"{label}：________" for label in block.labels)
    _paragraph(document, text, "Normal").paragraph_format.space_before = Pt(SIZE)


def _sign(document: WordDocument, paper: Paper) -> None:
    """GB/T 9704 7.3.5.1: the date four characters from the right, the unit centred above it, and
    a stamp of 42 mm over both: two lines free above, the last lines of the text on its page."""
    right = max(4 + characters(paper.dated) / 2, characters(paper.unit) / 2)
    for text, before in ((paper.unit, 3 * SIZE), (paper.dated, 0)):
        line = _paragraph(document, text, "Signing")
        line.paragraph_format.left_indent = max(0, int(TEXT_WIDTH - 2 * right * Pt(SIZE)))
        line.paragraph_format.space_before = Pt(before)
        line.paragraph_format.keep_with_next = text is paper.unit
    _hold_to_signing(document)


def _hold_to_signing(document: WordDocument) -> None:
    """No page that bears the stamp alone."""
    body = [one for one in document.element.body if one.tag == qn("w:p")]
    if len(body) > 3:
        Paragraph(body[-3], document._body).paragraph_format.keep_with_next = True
