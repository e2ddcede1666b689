"""Word files by 公文格式 (GB/T 9704), read back as Word has them."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from diedie_edu.office.papers import word
from diedie_edu.office.papers.styles import LOOKS
from diedie_edu.office.papers.tree import Heading, numbered
from tests.support.papers import CHART, TITLES, UGLY, as_pdf, paper


@pytest.fixture(scope="module")
def written() -> bytes:
    return word.write(paper())


@pytest.fixture
def document(written: bytes):
    return Document(BytesIO(written))


def line_of(document, text: str):
    return next(line for line in document.paragraphs if text in line.text)


def test_page_is_a4_with_the_margins_of_the_standard(document) -> None:
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]


@pytest.mark.parametrize(
    ("style", "font", "points", "line"),
    [
        ("Title", "方正小标宋简体", 22, 36),
        ("Heading 1", "黑体", 16, 28.95),
        ("Heading 2", "楷体", 16, 28.95),
        ("Heading 3", "仿宋", 16, 28.95),
        ("Body Text", "仿宋", 16, 28.95),
        ("Footer", "宋体", 14, 1.0),
    ],
)
def test_styles_name_the_fonts_of_the_standard(document, style, font, points, line) -> None:
    found = document.styles[style]
    fonts = found.element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == font
    assert not [name for name in fonts.attrib if "Theme" in name]  # would win over the font
    assert found.font.size.pt == points
    spacing = found.paragraph_format.line_spacing
    assert (spacing if isinstance(spacing, float) else spacing.pt) == line


def test_missing_fonts_have_others_to_stand_in(written: bytes) -> None:
    table = ZipFile(BytesIO(written)).read("word/fontTable.xml").decode()
    for look in LOOKS.values():
        assert f'w:name="{look.font}"' in table
    assert "仿宋_GB2312" in table
    assert "方正小标宋_GBK" in table


def test_text_begins_two_characters_in(document) -> None:
    indent = document.styles["Body Text"].element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"
    assert line_of(document, "第二段").style.name == "Body Text"


def test_levels_are_numbered_each_under_the_one_above(document) -> None:
    headings = [line.text for line in document.paragraphs if line.style.name.startswith("Heading")]
    expected = ["一、基本情况", "（一）活动开展", "1. 主要指标", "（二）宣传", "二、存在问题"]
    assert headings == expected
    deep = [block.text for block in numbered([Heading("", 1), Heading("", 2), Heading("", 4)])]
    assert deep == ["一、", "（一）", "（1）"]


def test_no_heading_ends_a_page(document) -> None:
    for level in "1234":
        assert document.styles[f"Heading {level}"].paragraph_format.keep_with_next
    assert line_of(document, "主要指标").paragraph_format.keep_with_next is None  # by its style


def test_table_repeats_its_titles_and_splits_no_row(document) -> None:
    [table] = document.tables
    title, *rows = table.rows
    assert tuple(cell.text for cell in title.cells) == TITLES
    assert title._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in rows)
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in title.cells)


def test_what_means_something_in_xml_stays_and_what_must_not_be_there_goes(document) -> None:
    assert line_of(document, UGLY).text == f"“三治融合”教育基地，{UGLY}，终身学习。"
    assert document.tables[0].rows[1].cells[0].text == f"指标0 {UGLY}"


def test_language_is_chinese(document) -> None:
    [language] = document.styles.element.xpath("./w:docDefaults//w:lang")
    assert language.get(qn("w:eastAsia")) == "zh-CN"


def test_unit_and_date_stand_under_the_stamp(document) -> None:
    unit, dated = document.paragraphs[-2:]
    assert (unit.text, dated.text) == ("叠二社区居民学校项目组", "2026年12月10日")
    assert unit.paragraph_format.left_indent == dated.paragraph_format.left_indent
    assert unit.paragraph_format.space_before.pt >= 28.95  # a stamp reaches one line above
    assert unit.paragraph_format.keep_with_next
    assert document.paragraphs[-3].paragraph_format.keep_with_next


def test_pages_are_numbered_at_the_outer_side(document) -> None:
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "RIGHT"), (section.even_page_footer, "LEFT")):
        [line] = footer.paragraphs
        assert line.alignment.name == side
        [field] = line._p.xpath("./w:fldSimple")
        assert field.get(qn("w:instr")) == "PAGE"


def test_pictures_and_charts_are_described(document, written: bytes) -> None:
    described = [found.get("descr") for found in document.element.body.xpath(".//wp:docPr")]
    assert described == [CHART.description, f"居民在听课，{UGLY}"]
    names = ZipFile(BytesIO(written)).namelist()
    assert any(name.startswith("word/charts/") for name in names)
    assert any(name.startswith("word/embeddings/") for name in names)  # its numbers stay editable


def test_libreoffice_prints_the_titles_on_every_page_of_the_table(written: bytes, tmp_path) -> None:
    *pages, _end = as_pdf(written, "docx", tmp_path).split("\f")
    with_rows = [page for page in pages if "每人只计一次" in page]
    assert len(with_rows) > 1
    assert all("定义" in page for page in with_rows)
    assert UGLY in pages[0]
    lines = [[line.strip() for line in page.split("\n") if line.strip()] for page in pages]
    assert [page[-1].replace(" ", "") for page in lines] == [
        f"—{n}—" for n in range(1, len(lines) + 1)
    ]
    assert not [page[-2] for page in lines if page[-2].startswith(("一、", "（", "1. ", "二、"))]
    assert lines[-1][-2].replace(" ", "") == "2026年12月10日"
