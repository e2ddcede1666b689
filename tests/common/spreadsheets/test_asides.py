"""Lines that are none of the list: left out and said, or asked; never read as people."""

import pytest

from diedie_edu.common.spreadsheets.answers import Answers
from diedie_edu.common.spreadsheets.reader import read_table
from tests.common.spreadsheets.files import COLUMNS, LIST, page_of, xlsx

TITLES = ["姓名", "联系电话", "户", "性别", "备注"]
PERSON = ["寅立春", "13812345678", "9-9-104", "女", "常来"]


def read(*lines, titles=TITLES, more=id, answers=None):
    file = xlsx(titles, PERSON, *lines, more=more)
    return read_table(file, COLUMNS, answers=answers or Answers())


CERTAIN = [
    ["合计"],
    ["合 计", 12],
    ["合计：", "12人"],
    ["小计", None, None, "男5女7"],
    [None, "总计", 3],
    ["共计12人"],
    ["共12人"],
    ["共 12 户 30 人"],
    ["本页小计", 20],
    ["以下空白"],
    ["（以下空白）"],
    ["——以下无正文——"],
    ["制表人"],
    ["制表人：子某"],
    ["制表人：", "子某", "审核人：", "丑某"],
    ["填表人", "子某", None, "日期", "2026年11月30日"],
    ["审核人：子某", None, "负责人签字："],
    [None, None, None, "负责人签字：________"],
    ["社区负责人（签字）：", None, None, "（盖章）"],
    ["备注：本表一式两份。"],
    ["说明：带*的必填"],
    ["注：数据截至2026年11月"],
    ["注1：常住人口含租户"],
    ["日期：2026年11月30日"],
    [None, None, None, None, "2026年11月30日"],
    ["联系电话：0757-81234567"],
    ["咨询电话：0757-81234567", "联系人：子某"],
    ["第1页 共3页"],
    ["第 2 页/共 3 页"],
    ["Page 1 of 3"],
    ["Total", 12],
    TITLES,
    ["Full name", "Phone", "Household", "Gender"],
]


@pytest.mark.parametrize("line", CERTAIN, ids=str)
@pytest.mark.parametrize("is_last", [True, False])
def test_a_line_that_is_certainly_none_is_left_out(line, is_last):
    table = read(line, *([] if is_last else [["卯立春"]]))

    assert [row.values["name"] for row in table.rows] == [
        "寅立春",
        *([] if is_last else ["卯立春"]),
    ]
    assert (list(table.aside), table.doubts, list(table.faults)) == ([3], {}, [])


ASKED = [
    ["合计", "13812345679"],
    ["制表人", "13812345679"],
    ["备注", "子某", "9-9-105", "女"],
    ["第一组"],
    ["3栋"],
    ["请各小组长于十二月一日以前交回居委会"],
]


@pytest.mark.parametrize("line", ASKED, ids=str)
def test_a_line_that_is_not_certain_is_asked_about(line):
    table = read(line)

    assert len(table.rows) == 1
    assert (list(table.doubts), table.aside) == ([3], {})


def test_what_was_answered_holds():
    line = ["合计", "13812345679"]

    as_row = read(line, answers=Answers(rows=frozenset([3])))
    as_none = read(line, answers=Answers(none=frozenset([3])))

    assert [row.values["name"] for row in as_row.rows] == ["寅立春", "合计"]
    assert (len(as_none.rows), list(as_none.aside)) == (1, [3])
    assert (as_row.doubts, as_none.doubts) == ({}, {})


ROWS = [
    ["合某", "13812345679"],
    ["完颜某", None, "9-9"],
    ["注某某"],
    ["寅雨水", None, None, None, "备注：合计两人"],
    ["寅雨水", "13812345679", None, "女", "制表人：子某"],
    ["小计某", None, "9-9-103", "女"],
]


@pytest.mark.parametrize("line", ROWS, ids=str)
def test_a_row_with_such_words_beside_its_name_stays_one(line):
    table = read(line)

    assert [row.values["name"] for row in table.rows] == ["寅立春", line[0]]
    assert (table.aside, table.doubts) == ({}, {})


@pytest.mark.parametrize(
    ("first", "is_asked"), [("负责人", True), ("制表人", False), ("组长", None), ("退休教师", None)]
)
def test_a_part_somebody_has_is_no_signature(first, is_asked):
    """In a column before the name that is not read."""
    file = xlsx(["职务", "姓名", "户"], ["组员", "寅立春", "9-9"], [first, "寅雨水"])

    table = read_table(file, COLUMNS)

    assert (3 in table.doubts, 3 in table.aside) == (is_asked is True, is_asked is False)


def test_a_heading_merged_over_the_list_is_none_of_it():
    table = read(["叠北片"], ["卯立春"], more=lambda book: page_of(book).merge_cells("A3:E3"))

    assert (list(table.aside), len(table.rows)) == ([3], 2)


def test_titles_in_two_rows_are_repeated_on_each_page():
    def merge(workbook):
        page = page_of(workbook)
        for first in (1, 4):
            page.merge_cells(start_row=first, end_row=first, start_column=2, end_column=3)
            page.merge_cells(start_row=first, end_row=first + 1, start_column=1, end_column=1)

    titles = [["姓名", "联系方式", None], [None, "手机", "户"]]
    file = xlsx(*titles, ["寅立春"], *titles, ["卯立春"], more=merge)

    table = read_table(file, COLUMNS)
    assert ([row.number for row in table.rows], list(table.aside)) == ([3, 6], [4, 5])


def test_numbers_of_columns_below_the_titles_are_asked_about():
    file = xlsx(TITLES, [1, 2, 3, 4, 5], PERSON)

    table = read_table(file, COLUMNS)
    assert (list(table.doubts), len(table.rows)) == ([2], 1)


def test_a_list_of_notes_alone_is_refused_or_asked():
    table = read_table(xlsx(LIST, ["第一组"]), COLUMNS)

    assert (table.rows, list(table.doubts)) == ([], [2])


def test_too_many_doubts_are_faults():
    table = read_table(xlsx(LIST, *[["第一组"]] * 52), COLUMNS)

    assert (len(table.doubts), table.faults.total) == (50, 2)
