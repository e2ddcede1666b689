from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import load_workbook

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.reader import read_table
from diedie_edu.common.spreadsheets.writer import write_template
from tests.common.spreadsheets.files import COLUMNS, values


def filled_in(template: bytes) -> bytes:
    workbook = load_workbook(BytesIO(template))
    workbook.worksheets[0].append(["王芳", "13812345678"])
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_template_that_was_filled_in_is_read_without_its_example(language):
    with translation.override(language):
        template = write_template(COLUMNS)

    assert [row["name"] for row in values(filled_in(template))] == ["王芳"]


def test_a_template_that_was_not_filled_in_holds_nobody():
    with pytest.raises(Refused) as refused:
        read_table(write_template(COLUMNS), COLUMNS)

    assert refused.value.code == "no_rows"


def test_required_columns_are_marked_and_cells_below_are_text():
    with translation.override("zh-hans"):
        page = load_workbook(BytesIO(write_template(COLUMNS))).worksheets[0]

    assert [cell.value for cell in page[1]][:2] == ["姓名 *", "联系电话"]
    assert [cell.value for cell in page[2]][:4] == ["例：陈建城", "13800138000", "12-3-501", "男"]
    assert page.column_dimensions["B"].number_format == "@"


def test_the_second_sheet_says_what_goes_where():
    with translation.override("zh-hans"):
        page = load_workbook(BytesIO(write_template(COLUMNS))).worksheets[1]
    rows = list(page.iter_rows(values_only=True))

    assert page.title == "填表说明"
    assert rows[0] == ("列标题", "是否必填", "填写说明")
    assert rows[1][:2] == ("姓名", "必填")
    assert ("性别", None, "从中选一个：女、男") in rows
    assert len(rows) == len(COLUMNS) + 3
