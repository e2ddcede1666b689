"""Slides for a meeting, read back as PowerPoint has them."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from pptx import Presentation

from diedie_edu.office.papers import slides
from diedie_edu.office.papers.paging import pages_of
from diedie_edu.office.papers.tree import Deck, Number, Numbers, Points, Slide
from tests.support.papers import CHART, UGLY, as_pdf, picture, table


@pytest.fixture(scope="module")
def written() -> bytes:
    numbers = tuple(Number("1,234", "参加活动的居民（人）", "目标 50") for _ in range(4))
    shown = (
        Slide(f"全年服务 1,234 人，{UGLY}", Numbers(numbers)),
        Slide("指标都有来历", table(10)),
        Slide("二月场次最多", CHART),
        Slide("讲座现场", picture()),
        Slide("还有两件事", Points((f"联络{UGLY}\x00", "文件一份"))),
    )
    return slides.write(Deck("工作总结", "居民学校项目组", "2026年12月10日", shown))


@pytest.fixture
def deck(written: bytes):
    return Presentation(BytesIO(written))


def texts(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_slides_are_wide_and_a_long_table_goes_on(deck) -> None:
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles[2:4] == ["指标都有来历（1/2）", "指标都有来历（2/2）"]
    assert len(titles) == 7
    for layout in deck.slide_layouts:
        for place in layout.placeholders:
            assert place.left + place.width <= deck.slide_width


def test_no_point_runs_off_its_slide() -> None:
    long = "活动开展情况、居民反馈和下一步打算。" * 30
    pages = pages_of(Slide("要点", Points(("短", long, "短"))))
    assert [page.message for page in pages] == ["要点（1/3）", "要点（2/3）", "要点（3/3）"]
    said = "".join(line for page in pages for line in page.shown.lines)
    assert said == f"短{long}短"


def test_chinese_has_a_font_everywhere(deck, written: bytes) -> None:
    theme = ZipFile(BytesIO(written)).read("ppt/theme/theme1.xml").decode()
    assert theme.count('<a:ea typeface="微软雅黑"') == 2  # of titles and of texts
    runs = deck.slides[1].shapes.title.text_frame._txBody.xpath(".//a:rPr")
    assert {run.get("lang") for run in runs} == {"zh-CN"}


def test_what_means_something_in_xml_stays_and_what_must_not_be_there_goes(deck) -> None:
    assert UGLY in deck.slides[1].shapes.title.text
    assert f"联络{UGLY}\n文件一份" in texts(deck.slides[6])


def test_pictures_and_charts_are_described(deck) -> None:
    described = [
        shape._element.xpath(".//p:cNvPr")[0].get("descr")
        for number in (4, 5)
        for shape in deck.slides[number].shapes
        if shape.has_chart or shape.shape_type.name == "PICTURE"
    ]
    assert described == [CHART.description, f"居民在听课，{UGLY}"]


def test_libreoffice_shows_every_slide(written: bytes, tmp_path) -> None:
    *pages, _end = as_pdf(written, "pptx", tmp_path).split("\f")
    assert len(pages) == 7
    assert UGLY in pages[1]
