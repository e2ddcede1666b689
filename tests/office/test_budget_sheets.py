"""A budget as a spreadsheet: out with sums that are there, in from an office's own sheet."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from diedie_edu.accounts.models import User
from diedie_edu.common.money import times
from diedie_edu.office.lists.budgets import category_of, read
from diedie_edu.office.models import Version
from diedie_edu.office.papers import budget_book
from diedie_edu.office.queries.budgets import sections_of
from tests.support import office as short
from tests.support.papers import as_pdf, converted
from tests.support.sent_forms import forms_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
CSV = "csv:Text - txt - csv (StarCalc):44,34,76"  # commas, quotes, UTF-8
TITLE = "居民学校 2026 年经费预算"


@pytest.fixture
def draft(lead: User) -> Version:
    version = short.begin(short.make_document(), lead)
    short.add_line(version, unit="场", funds="党委拨款")
    short.add_line(version, title="=1+1", quantity=Decimal("0.5"), price=Decimal("0.33"))
    short.add_line(version, title="横幅", category="publicity", quantity=1, price=Decimal("80.40"))
    version.refresh_from_db()
    return version


@pytest.fixture
def written(draft: Version) -> bytes:
    return budget_book.write(draft, TITLE, sections_of(draft))


def own_sheet(*rows: tuple, merged: str = "A3:A4", hidden: int = 0) -> bytes:
    """As offices draw it: a title above, categories merged."""
    book = Workbook()
    page = book.active
    page.title = "预算"
    page.append(["居民学校2026年度经费预算表"])
    page.merge_cells("A1:F1")
    page.append(["科目", "项目", "数量", "单位", "单价（元）", "金额（元）"])
    for row in rows:
        page.append(row)
    page.merge_cells(merged)
    page.row_dimensions[hidden or len(rows) + 9].hidden = True
    file = BytesIO()
    book.save(file)
    return file.getvalue()


ROWS = (
    ("讲师费", "讲课费", 6, "场", 300, 1800),
    (None, "交通补贴", 6, "次", 50, 300),
    ("小计", None, None, None, None, 2100),
    ("茶水费", "茶水", None, None, None, "450元"),
    ("合  计", None, None, None, None, 2550),
    ("人民币大写：贰仟伍佰伍拾元整",),
    ("编制人：", "审核人："),
)


# --- Out --------------------------------------------------------------------------------


def test_numbers_are_numbers_and_sums_formulas_with_their_results(written: bytes) -> None:
    formulas = load_workbook(BytesIO(written)).active
    values = load_workbook(BytesIO(written), data_only=True).active
    assert formulas["G4"].value == "=ROUND(D4*F4,2)"
    assert formulas["G6"].value == "=SUM(G4:G5)"
    assert formulas["G9"].value == "=G6+G8"
    amounts = [values[f"G{row}"].value for row in range(4, 10)]
    assert amounts == [600, 0.17, 600.17, 80.4, 80.4, 680.57]
    assert (formulas["C5"].value, formulas["C5"].data_type) == ("'=1+1", "s")
    assert values["A1"].value == TITLE
    assert "陆佰捌拾元伍角柒分" in values["A10"].value


def test_paper_repeats_the_titles_and_holds_the_table(written: bytes) -> None:
    page = load_workbook(BytesIO(written)).active
    assert (page.print_title_rows, page.page_setup.paperSize) == ("$3:$3", 9)
    assert page.print_area == f"'{page.title}'!$A$1:$H$12"
    assert "B4:B5" in {str(cells) for cells in page.merged_cells.ranges}


def test_what_goes_out_comes_back_the_same(draft: Version, written: bytes) -> None:
    sheet = read(written)
    assert (sheet.faults, sheet.differences) == ([], [])
    told = [(row.category, row.title, row.quantity, row.price, row.funds) for row in sheet.lines]
    kept = draft.budgetline_rows.order_by("position")
    assert told == [(row.category, row.title, row.quantity, row.price, row.funds) for row in kept]


def test_libreoffice_prints_the_sums_and_gives_them_back(
    draft: Version, written: bytes, tmp_path: Path
) -> None:
    again = read(converted(written, "xlsx", CSV, tmp_path))
    assert (again.faults, again.differences) == ([], [])
    assert sum(times(row.quantity, row.price) for row in again.lines) == draft.total
    assert "680.57" in as_pdf(written, "xlsx", tmp_path)


# --- In ---------------------------------------------------------------------------------


def test_an_offices_own_sheet_is_read() -> None:
    sheet = read(own_sheet(*ROWS))
    assert (sheet.faults, sheet.differences) == ([], [])
    assert [(row.category, row.title, row.quantity * row.price) for row in sheet.lines] == [
        ("speaker", "讲课费", 1800),
        ("speaker", "交通补贴", 300),
        ("", "茶水", 450),  # of no known category: it is asked for
    ]


def test_sums_that_differ_are_said_with_both_numbers() -> None:
    rows = list(ROWS)
    rows[0] = ("讲师费", "讲课费", 6, "场", 300, 1900)
    rows[4] = ("总计", None, None, None, None, 2500)
    assert [str(words) for words in read(own_sheet(*rows)).differences] == [
        "第 3 行：表上写 ¥1,900.00，数量乘单价是 ¥1,800.00。",
        "第 5 行：表上合计 ¥2,100.00，各行相加是 ¥2,200.00。",
        "第 7 行：表上合计 ¥2,500.00，各行相加是 ¥2,650.00。",
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("讲师费", "讲课费", "六场", "场", 300, 1800), "工作表“预算”第3行C列“数量”"),
        (("讲师费", "讲课费", 6, "场", None, None), "F列“金额（元）”：请填这一行的单价或金额。"),
        (("讲师费", None, 6, "场", 300, 1800), "B列“项目”"),
        (("讲师费", "讲课费", 0, "场", 300, 1800), "C列“数量”：数量必须大于 0。"),
        (("讲师费", "讲课费", 1, "场", -300, -300), "E列“单价（元）”：预算里没有负数。"),
    ],
)
def test_a_fault_names_its_place_and_the_remedy(row: tuple, words: str) -> None:
    [fault] = read(own_sheet(row, *ROWS[1:])).faults
    assert words in fault


@pytest.mark.parametrize(
    ("word", "category"),
    [
        ("场地费", "venue"),
        ("讲师课酬", "speaker"),
        ("物资采购", "materials"),
        ("宣传印刷", "publicity"),
        ("助学金", "grants"),
        ("其他", "other"),
        ("宣传材料", ""),  # two of them
        ("茶水费", ""),
        ("", ""),
    ],
)
def test_words_of_offices_mean_a_category(word: str, category: str) -> None:
    assert category_of(word) == category


def send(client: Client, version: Version, content: bytes) -> str:
    upload = SimpleUploadedFile("预算.xlsx", content)
    return client.post(reverse("office:budget_upload", args=[version.pk]), {"file": upload}).text


def test_rows_that_are_hidden_in_the_file_are_said_beside_the_lines(
    draft: Version, as_user: Callable[[User], Client], lead: User
) -> None:
    page = send(as_user(lead), draft, own_sheet(*ROWS, hidden=4))
    assert "文件中有 1 行是隐藏的" in page
    assert "行号： 4" in page
    assert "是隐藏的" not in send(as_user(lead), draft, own_sheet(*ROWS))


def test_nothing_is_taken_before_it_is_looked_at(
    draft: Version, as_user: Callable[[User], Client], lead: User
) -> None:
    client = as_user(lead)
    rows = [*ROWS]
    rows[0] = ("讲师", "讲课费", 6, "场", 350, 2100)
    page = send(client, draft, own_sheet(*rows))
    assert "读到 3 行" in page
    assert "各行相加是 ¥2,400.00" in page
    assert draft.budgetline_rows.count() == 3
    address = reverse("office:budget", args=[draft.pk])
    [form] = [form for form in forms_on(page, address) if "lines-TOTAL_FORMS" in form.controls]
    assert form.controls["lines-4-category"].values == [""]
    assert "这个字段是必填项" in form.send(client).text
    form.typing({"lines-4-category": ["other"]}).send(client)
    rows_now = draft.budgetline_rows.order_by("position").values_list("title", "amount")
    assert dict(rows_now) == {
        "讲课费": 2100,  # the same line as before, with another price
        "=1+1": Decimal("0.17"),
        "交通补贴": 300,
        "横幅": Decimal("80.40"),
        "茶水": 450,
    }


def test_a_sheet_with_faults_changes_nothing(
    draft: Version, as_user: Callable[[User], Client], lead: User
) -> None:
    page = send(as_user(lead), draft, own_sheet(("讲师费", "讲课费", "六七", "场", 300, 1800)))
    assert "什么都没有改动" in page
    assert "第3行C列“数量”" in page
    assert draft.budgetline_rows.count() == 3
