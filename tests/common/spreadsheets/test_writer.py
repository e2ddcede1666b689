import csv
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from diedie_edu.common.spreadsheets.cells import guarded, tidy, unguarded
from diedie_edu.common.spreadsheets.workbooks import write_xlsx
from diedie_edu.common.spreadsheets.writer import safe_file_name, sheet_title, write_csv
from tests.common.spreadsheets.files import COLUMNS, GENDER, HOUSEHOLD, NAME, NUMBER, TOPICS, values

ROW = {
    "name": "陈建城",
    "phone": "13812345678",
    "household": "12-3-501",
    "gender": "m",
    "born": date(1958, 3, 9),
    "seats": 2,
    "price": Decimal("12.50"),
    "sms": True,
    "topics": ["calligraphy", "painting"],
    "number": "11010519491231002X",
}
EMPTY = {column.code: "" for column in COLUMNS} | {
    "name": "王芳", "born": None, "seats": None, "price": None, "sms": None, "topics": [],
}  # fmt: skip
RUNS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "  =1",
    "　=1",
    "\n=1",
]
SIGNS = st.sampled_from("=+-@＝＋－＠'\t\r\n 　_x0041_1E,;\"、ab陈")
# What the reader keeps of a text, and does not take for a spoilt number.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | SIGNS, max_size=20).map(tidy)
TEXTS = TEXTS.filter(lambda text: not re.fullmatch(r"\d(\.\d+)?[eE]\+\d+", text))


def csv_of(columns, rows) -> bytes:
    return b"".join(write_csv(columns, rows))


@pytest.mark.parametrize("write", [write_xlsx, csv_of])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_list_comes_back_as_it_was(write, language):
    with translation.override(language):
        file = write(COLUMNS, [ROW, EMPTY])

    assert values(file) == [ROW, EMPTY]


@settings(max_examples=40)
@given(st.lists(TEXTS, min_size=1, max_size=20))
@pytest.mark.parametrize("write", [write_xlsx, csv_of])
def test_every_text_comes_back_as_it_was(write, texts):
    rows = [{"name": "陈建城", "household": text} for text in texts]
    columns = [NAME, replace(HOUSEHOLD, takes_any_word=True)]

    assert values(write(columns, rows), columns) == rows


@given(st.text(SIGNS))
def test_the_guard_is_undone_whatever_it_stood_before(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).lstrip(" 　\n").startswith(tuple("=+-@＝＋－＠\t\r"))


@pytest.mark.parametrize("text", RUNS)
def test_no_cell_can_run_as_a_formula(text):
    columns = [NAME, HOUSEHOLD]
    rows = [{"name": "陈建城", "household": text}]

    [_, line] = csv.reader(StringIO(csv_of(columns, rows).decode("utf-8-sig"), newline=""))
    sheet = load_workbook(BytesIO(write_xlsx(columns, rows))).active

    assert line[1] == f"'{text}"
    assert (sheet["B2"].data_type, sheet["B2"].value[:1]) == ("s", "'")


def test_ordinary_texts_are_written_as_they_are():
    rows = [{"name": "陈建城", "household": text} for text in ("12-3", "3＋1房", "a=b", "O'Neil")]

    for row in csv.reader(StringIO(csv_of([NAME, HOUSEHOLD], rows).decode("utf-8-sig"))):
        assert not row[1].startswith("'")


def test_digits_stay_text_and_dates_are_dates():
    sheet = load_workbook(BytesIO(write_xlsx(COLUMNS, [ROW]))).active
    cells = {column.code: cell for column, cell in zip(COLUMNS, sheet[2], strict=True)}

    assert (cells["phone"].data_type, cells["phone"].number_format) == ("s", "@")
    assert (cells["number"].value, cells["number"].number_format) == ("11010519491231002X", "@")
    assert (cells["born"].is_date, cells["born"].number_format) == (True, "yyyy-mm-dd")
    assert cells["seats"].value == 2


def test_the_header_stays_in_sight_and_columns_are_wide_enough():
    with translation.override("zh-hans"):
        sheet = load_workbook(BytesIO(write_xlsx([NAME, NUMBER], [], sheet="居民[1]"))).active

    assert [cell.value for cell in sheet[1]] == ["姓名", "证件号码"]
    assert (sheet.title, sheet.freeze_panes, sheet["A1"].font.bold) == ("居民 1", "A2", True)
    assert sheet.column_dimensions["B"].width >= 10
    assert sheet.column_dimensions["B"].number_format == "@"


def test_a_csv_begins_with_the_mark_by_which_excel_knows_utf_8():
    assert csv_of([NAME], [{"name": "陈建城"}]) == "\ufeffFull name\r\n陈建城\r\n".encode()


def test_words_are_written_in_the_readers_language():
    rows = [{"gender": "f", "topics": ["painting", "calligraphy"]}]

    with translation.override("zh-hans"):
        lines = csv_of([GENDER, TOPICS], rows).decode("utf-8-sig").splitlines()

    assert lines == ["性别,专题", "女,绘画、书法"]


def test_characters_that_no_workbook_holds_are_left_out():
    rows = [{"name": "陈建城", "household": "12\x00-\x0b3"}]

    assert values(write_xlsx([NAME, HOUSEHOLD], rows))[0]["household"] == "12-3"


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("居民名册 2026-11-23", "居民名册 2026-11-23.xlsx"),
        ("../../etc/passwd", "etc passwd.xlsx"),
        ('a\\b:c*d?e"f<g>h|i', "a b c d e f g h i.xlsx"),
        ("名单\r\nSet-Cookie: x", "名单 Set-Cookie x.xlsx"),
        ("..", "list.xlsx"),
        ("名" * 200, "名" * 80 + ".xlsx"),
    ],
)
def test_a_file_name_is_safe_everywhere(stem, name):
    assert safe_file_name(stem, "xlsx") == name


@pytest.mark.parametrize(
    ("title", "kept"), [("a/b:[c]", "a b c"), ("'x'", "x"), ("", "1"), ("名" * 40, "名" * 31)]
)
def test_a_sheet_has_a_name_that_excel_accepts(title, kept):
    assert sheet_title(title) == kept
