"""Bars that Word and PowerPoint draw themselves: sharp at any size, and their numbers editable."""

from docx.document import Document as WordDocument
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from pptx import Presentation
from pptx.chart.chart import Chart as DrawnChart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.opc.constants import CONTENT_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as REL
from pptx.slide import Slide
from pptx.util import Length, Pt

from diedie_edu.common.spreadsheets.writer import without_controls
from diedie_edu.office.papers.styles import TEXT_WIDTH
from diedie_edu.office.papers.tree import Chart

COLOURS = ("12594B", "C98B1F", "A93A1F")
HEIGHT = Mm(75)
FRAME = """<w:drawing {names}><wp:inline><wp:extent cx="{width}" cy="{height}"/>
<wp:docPr id="{number}" name="Chart {number}"/><wp:cNvGraphicFramePr/><a:graphic>
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="{key}"/>
</a:graphicData></a:graphic></wp:inline></w:drawing>"""
NAMES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{path}"'
    for prefix, path in (
        ("w", "wordprocessingml/2006/main"),
        ("wp", "drawingml/2006/wordprocessingDrawing"),
        ("a", "drawingml/2006/main"),
        ("c", "drawingml/2006/chart"),
        ("r", "officeDocument/2006/relationships"),
    )
)

NO_FRAME = f"<c:spPr {NAMES}><a:ln><a:noFill/></a:ln></c:spPr>"


def put_on_slide(
    chart: Chart, slide: Slide, box: tuple[Length, Length, Length, Length], size: float
) -> DrawnChart:
    """The bars with the value above each, letters of `size` points."""
    data = CategoryChartData()
    data.categories = [without_controls(label) for label in chart.labels]
    for name, values in chart.series:
        data.add_series(without_controls(name), values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *box, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", without_controls(chart.description))
    drawn: DrawnChart = frame.chart
    _style(drawn, len(chart.series), size)
    return drawn


def _style(drawn: DrawnChart, series: int, size: float) -> None:
    drawn.font.size, drawn.has_title = Pt(size), False
    drawn.has_legend = series > 1
    if drawn.legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    drawn.value_axis.visible = drawn.value_axis.has_major_gridlines = False
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap = 60, -5
    plot.has_data_labels = True
    drawn._chartSpace.txPr.addprevious(parse_xml(NO_FRAME))
    for one, colour in zip(plot.series, COLOURS, strict=False):
        one.format.fill.solid()
        one.format.fill.fore_color.rgb = RGBColor.from_string(colour)


def put_in_word(chart: Chart, document: WordDocument, line: Paragraph) -> None:
    """python-docx draws no charts: one is drawn on a slide that nobody sees, and its part and
    workbook go over to the Word file."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    box = (Length(0), Length(0), Length(TEXT_WIDTH), Length(HEIGHT))
    drawn = put_on_slide(chart, slide, box, 11).part
    number = document.part.next_id
    part = _part(document, f"/word/charts/chart{number}.xml", CONTENT_TYPE.DML_CHART, drawn.blob)
    book = drawn.chart_workbook.xlsx_part
    assert book is not None  # every chart was given its numbers
    name = f"/word/embeddings/chart{number}.xlsx"
    numbers = _part(document, name, CONTENT_TYPE.SML_SHEET, book.blob)
    part.load_rel(REL.PACKAGE, numbers, drawn.relate_to(book, REL.PACKAGE))
    key = document.part.relate_to(part, REL.CHART)
    xml = FRAME.format(
        names=NAMES, width=int(TEXT_WIDTH), height=int(HEIGHT), number=number, key=key
    )
    frame = parse_xml(xml)
    frame[0].docPr.set("descr", without_controls(chart.description))
    line.add_run()._r.append(frame)


def _part(document: WordDocument, name: str, kind: str, blob: bytes) -> Part:
    return Part(PackURI(name), kind, blob, document.part.package)
