from io import BytesIO

import pytest
from django.utils import translation

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import column_index, column_letter
from diedie_edu.common.spreadsheets.faults import MAX_KEPT
from diedie_edu.common.spreadsheets.reader import read_table
from tests.common.spreadsheets.files import (
    COLUMNS,
    HOUSEHOLD,
    LIST,
    NAME,
    PHONE,
    faults,
    page_of,
    values,
    xlsx,
)


def test_rows_come_with_the_numbers_that_the_spreadsheet_shows():
    table = read_table(xlsx(LIST, ["陈建城", 13812345678], [], ["王芳", ""]), COLUMNS)

    assert (table.sheet, table.header_row) == ("居民", 1)
    assert [(row.number, row.values["name"]) for row in table.rows] == [(2, "陈建城"), (4, "王芳")]


def test_rows_that_are_none_of_the_list_are_left_aside():
    sheet = xlsx(LIST, ["陈建城", ""], ["合计", "1 人"], ["王芳", ""])
    table = read_table(sheet, COLUMNS)

    assert [row.number for row in table.rows] == [2, 4]
    assert table.aside == {3: ["合计", "1 人"]}


def test_an_uploaded_file_is_read_from_its_beginning():
    file = BytesIO(xlsx(LIST, ["陈建城", ""]))
    file.read(10)

    assert len(read_table(file, COLUMNS).rows) == 1


def test_a_column_that_is_not_there_has_no_value():
    assert values(xlsx(LIST, ["陈建城", ""])) == [{"name": "陈建城", "phone": ""}]


def test_title_lines_above_the_header_are_passed_over():
    def merge(workbook):
        page_of(workbook).merge_cells("A1:B1")

    file = xlsx(
        ["叠二社区居民花名册"], ["填表人：", "日期："], [], LIST, ["陈建城", ""], more=merge
    )

    table = read_table(file, COLUMNS)
    assert (table.header_row, table.rows[0].number) == (4, 5)


@pytest.mark.parametrize(
    "title", ["姓 名", "姓名*", "姓名：", "姓名（必填）", "姓名\n(2-50)", "full NAME"]
)
def test_titles_are_known_in_spite_of_decoration(title):
    assert values(xlsx([title, "手机"], ["陈建城", ""]))[0]["name"] == "陈建城"


def test_blank_rows_and_columns_around_the_list_are_passed_over():
    file = xlsx([], [None, None, *LIST], [None, None, "陈建城", ""], [None, " ", "　"], [""])

    table = read_table(file, COLUMNS)
    assert [row.number for row in table.rows] == [3]


def test_a_fault_beside_empty_columns_has_the_right_letter():
    file = xlsx([None, None, *LIST], [None, None, "陈建城", "12"])

    assert faults(file)[0].startswith(
        "Sheet “居民”, row 2, column D “联系电话”: This is not a phone"
    )


def test_a_merged_household_counts_for_each_of_its_members():
    def merge(workbook):
        page_of(workbook).merge_cells("B2:B3")

    file = xlsx(["姓名", "户"], ["陈建城", "12-3"], ["王芳", None], ["李明", None], more=merge)

    assert [row["household"] for row in values(file)] == ["12-3", "12-3", ""]


def test_a_merged_cell_counts_once_where_the_column_does_not_fill_down():
    def merge(workbook):
        page_of(workbook).merge_cells("B2:B3")

    file = xlsx(LIST, ["陈建城", 13812345678], ["王芳", None], more=merge)

    assert [row["phone"] for row in values(file)] == ["13812345678", ""]


def test_the_sheet_with_the_list_is_found_and_the_others_are_named():
    def add_list(workbook):
        page = workbook.create_sheet("名单")
        page.append(LIST)
        page.append(["陈建城", 13812345678])

    table = read_table(xlsx(["填表说明"], ["姓名", "二至五十字"], more=add_list), COLUMNS)

    assert (table.sheet, table.unread, len(table.rows)) == ("名单", ["居民"], 1)


def test_hidden_sheets_are_left_alone():
    def hide(workbook):
        page_of(workbook).sheet_state = "hidden"
        page = workbook.create_sheet("名单")
        page.append(LIST)
        page.append(["王芳", ""])

    assert values(xlsx(LIST, ["陈建城", ""], more=hide))[0]["name"] == "王芳"


def test_a_second_list_is_not_silently_left_out():
    def add_list(workbook):
        page = workbook.create_sheet("二栋")
        page.append(LIST)
        page.append(["王芳", ""])

    assert faults(xlsx(LIST, ["陈建城", ""], sheet="一栋", more=add_list)) == [
        "Sheet “一栋”, row 1: The sheet “二栋” holds a list as well. Put all rows onto one sheet."
    ]


def test_an_empty_second_sheet_with_titles_does_no_harm():
    def add_titles(workbook):
        workbook.create_sheet("空", 0).append(LIST)

    table = read_table(xlsx(LIST, ["陈建城", ""], more=add_titles), COLUMNS)
    assert (table.sheet, len(table.rows)) == ("居民", 1)


def test_a_missing_column_is_named():
    assert faults(xlsx(["联系电话", "户"], [13812345678, "12-3"])) == [
        "Sheet “居民”, row 1: The column “Full name” is missing. "
        "Add it, with its title in this row."
    ]


def test_a_column_that_stands_there_twice_is_named():
    assert faults(xlsx(["姓名", "手机", "联系电话"], ["陈建城", "", ""])) == [
        "Sheet “居民”, row 1, column C “联系电话”: Column B has the same title. "
        "Rename or delete one of the two."
    ]


def test_columns_that_nobody_asked_for_are_reported():
    table = read_table(xlsx(["序号", *LIST, "备注"], [1, "陈建城", "", "党员"]), COLUMNS)

    assert table.unknown_columns == ["A “序号”", "D “备注”"]
    assert not table.faults


def test_every_bad_cell_is_named_and_its_row_left_out():
    file = xlsx(
        ["姓名", "联系电话", "性别"],
        ["陈建城", 13812345678, "男"],
        ["王", 1381234567, "？"],
        [None, 13812345678, None],
    )

    table = read_table(file, COLUMNS)

    assert [row.number for row in table.rows] == [2]
    assert [(fault.row, fault.column, fault.title) for fault in table.faults] == [
        (3, "A", "姓名"),
        (3, "B", "联系电话"),
        (3, "C", "性别"),
        (4, "A", "姓名"),
    ]
    assert str(list(table.faults)[3]) == (
        "Sheet “居民”, row 4, column A “姓名”: This cell is empty. "
        "Fill it in, or delete the whole row."
    )


def test_no_fault_repeats_what_stands_in_a_cell():
    secret = "机密内容"
    row = ["姓名1" + secret, secret, secret, secret, secret, secret, secret]
    titles = ["姓名", "联系电话", "性别", "出生日期", "人数", "接收短信", "专题"]

    messages = faults(xlsx(titles, row))

    assert len(messages) == 7
    assert secret not in "".join(messages)


def test_a_fault_is_told_in_chinese():
    with translation.override("zh-hans"):
        [message] = faults(xlsx(LIST, ["陈建城", "81234567"]))

    assert message == ("工作表“居民”第2行B列“联系电话”：座机号码前请加上区号，例如0757-81234567。")


def test_a_rule_of_the_caller_names_its_place_in_the_same_way():
    table = read_table(xlsx(LIST, ["陈建城", ""], ["王芳", ""]), COLUMNS)

    table.refuse(3, Refused("taken", "Somebody else has this phone.", "phone"))
    table.refuse(3, Refused("twin", "This person stands in row 2 as well.", "not a column"))

    assert list(map(str, table.faults)) == [
        "Sheet “居民”, row 3, column B “联系电话”: Somebody else has this phone.",
        "Sheet “居民”, row 3: This person stands in row 2 as well.",
    ]


def test_cells_that_show_an_error_are_not_taken_for_empty():
    def formula(workbook):
        page = page_of(workbook)
        page["B2"], page["B3"] = "#N/A", "=A2&1"

    file = xlsx(LIST, ["陈建城"], ["王芳"], more=formula)

    assert faults(file) == [
        f"Sheet “居民”, row {row}, column B “联系电话”: This cell shows an error such as #N/A, or "
        "a formula without its result. Type the value itself into it."
        for row in (2, 3)
    ]


def test_all_faults_are_counted_and_the_first_are_kept():
    table = read_table(xlsx(LIST, *[["王", ""]] * (MAX_KEPT + 5)), COLUMNS)

    assert (table.faults.total, len(list(table.faults))) == (MAX_KEPT + 5, MAX_KEPT)


def test_the_templates_examples_are_not_people():
    file = xlsx(LIST, ["例：陈建城", "13800138000"], ["Example: 王芳", ""], ["李明", ""])

    assert [row["name"] for row in values(file)] == ["李明"]


def test_a_list_longer_than_allowed_is_refused():
    with pytest.raises(Refused) as refused:
        read_table(xlsx(LIST, *[["陈建城", ""]] * 4), COLUMNS, max_rows=3)

    assert refused.value.code == "too_many_rows"
    assert str(refused.value) == "The list has more than 3 rows. Split it into several files."


@pytest.mark.parametrize("rows", [[LIST], [LIST, ["", " "]]])
def test_titles_without_rows_are_refused(rows):
    with pytest.raises(Refused) as refused:
        read_table(xlsx(*rows), COLUMNS)

    assert str(refused.value) == "On the sheet “居民” there are no rows below the column titles."


@pytest.mark.parametrize(
    "rows", [[["陈建城", 13812345678]], [[]], [["x"]] * 10 + [LIST, ["陈建城", ""]]]
)
def test_a_file_without_titles_is_refused(rows):
    with pytest.raises(Refused) as refused:
        read_table(xlsx(*rows), [NAME, PHONE, HOUSEHOLD])

    assert str(refused.value) == (
        "No sheet has a row with the column titles among its first 10 rows. "
        "Copy your list into the template, or name the columns: Full name."
    )


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (16383, "XFD")])
def test_columns_have_the_letters_of_the_spreadsheet(index, letter):
    assert column_letter(index) == letter
    assert column_index(letter) == index
