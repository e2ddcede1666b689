"""Titles as offices and web forms write them: in several rows, merged, with their marks."""

import pytest

from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.reader import read_table
from tests.common.spreadsheets.files import COLUMNS, page_of, values, xlsx

NAME = Column("name", "学生姓名 | Child's name | 姓名", required=True)
GRADE = Column("grade", "年级 | Grade")
GUARDIAN = Column("guardian", "家长姓名 | Guardian's name | 监护人姓名")
PHONE = Column("phone", "家长电话 | Guardian's phone | 联系电话 | 监护人电话", CellType.PHONE)
PUPILS = [NAME, GRADE, GUARDIAN, PHONE]


def merged(*ranges):
    def merge(workbook):
        for one in ranges:
            page_of(workbook).merge_cells(one)

    return merge


def test_titles_merged_down_and_across_are_read_from_the_lower_row():
    file = xlsx(
        ["居民登记表"],
        ["序号", "姓名", "性别", "联系方式", None, "住房"],
        [None, None, None, "联系电话", "邮箱", "户"],
        [1, "丑立春", "女", "13812345678", "a@b.cn", "9-9-102"],
        more=merged("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2"),
    )

    table = read_table(file, COLUMNS)

    assert table.header_row == 3
    [row] = table.rows
    assert row.number == 4
    assert row.values == {
        "name": "丑立春",
        "gender": "f",
        "phone": "13812345678",
        "household": "9-9-102",
    }
    assert table.unknown_columns == ["A “序号”", "E “联系方式 邮箱”"]


def test_without_merges_the_rows_of_titles_are_the_same():
    lines = "姓名,性别,联系方式,\n,,手机,邮箱\n丑惊蛰,女,13812345678,c@d.cn\n"

    [row] = read_table(lines.encode(), COLUMNS).rows
    assert (row.number, row.values["name"], row.values["phone"]) == (3, "丑惊蛰", "13812345678")


def test_three_rows_of_titles():
    file = xlsx(
        ["基本情况", None, "住房和联系", None],
        ["姓名", "性别", "联系方式", None],
        [None, None, "手机", "户"],
        ["丑立春", "女", "13812345678", "9-9"],
        more=merged("A1:B1", "C1:D1", "A2:A3", "B2:B3", "C2:D2"),
    )

    [row] = read_table(file, COLUMNS).rows
    assert (row.number, row.values["household"]) == (4, "9-9")


@pytest.mark.parametrize("is_merged", [True, False])
def test_what_stands_above_a_title_says_whose_name_it_is(is_merged):
    file = xlsx(
        ["学生", None, "家长", None],
        ["姓名", "年级", "姓名", "电话"],
        ["丑小满", "三年级", "丑大满", "13812345678"],
        more=merged("A1:B1", "C1:D1") if is_merged else id,
    )

    assert values(file, PUPILS) == [
        {"name": "丑小满", "grade": "三年级", "guardian": "丑大满", "phone": "13812345678"}
    ]


def test_somebody_elses_name_is_not_taken_for_the_residents():
    file = xlsx(
        ["姓名", "户", "紧急联系人", None],
        [None, None, "姓名", "电话"],
        ["丑立春", "9-9", "子立春", "13812345678"],
        more=merged("A1:A2", "B1:B2", "C1:D1"),
    )

    table = read_table(file, COLUMNS)

    assert table.rows[0].values == {"name": "丑立春", "household": "9-9"}
    assert table.unknown_columns == ["C “紧急联系人 姓名”", "D “紧急联系人 电话”"]


def test_a_note_with_words_of_titles_above_them_is_none():
    file = xlsx(
        ["单位：示例社区", None, None, "负责人：子某"],
        ["姓名", "手机", "户", "性别"],
        ["丑立春", "13812345678", "9-9", "女"],
    )

    [row] = values(file)
    assert (row["name"], row["gender"]) == ("丑立春", "f")


def test_a_row_below_one_row_of_titles_stays_a_row():
    file = xlsx(["姓名", "手机", "备注"], ["丑立春", None, "电话"], ["丑雨水", None, None])

    assert [row["name"] for row in values(file)] == ["丑立春", "丑雨水"]


@pytest.mark.parametrize(
    "title",
    [
        *("★姓名", "*姓名", "姓名*", "※ 姓名", "☆姓名☆", "●姓名", "姓名（必填）", "姓名【必填】"),
        *("[必填]姓名", "姓名(必填)", "姓名必填", "姓名:", "姓　名", "姓 名：", "1、您的姓名："),
        *(
            "1. 您的姓名",
            "1.您的姓名？",
            "Q1. 您的姓名",
            "Q1：姓名",
            "第1题：您的姓名",
            "（1）姓名",
        ),
        *("1）您的姓名", "①姓名", "一、姓名", "请填写您的姓名", "请输入姓名", "您的真实姓名是？"),
        *(
            "1、请填写您的真实姓名：*",
            "姓名/Name",
            "姓名\nFull name",
            "您的姓名是什么？",
            "姓名［单选］",
        ),
    ],
)
def test_a_title_is_known_in_spite_of_its_marks(title):
    assert values(xlsx([title, "手机"], ["丑立春", ""]))[0]["name"] == "丑立春"


@pytest.mark.parametrize(
    "title", ["您的手机？", "2、您的手机：", "联系电话（手机）", "手机/联系电话"]
)
def test_a_title_of_several_words_is_known(title):
    assert values(xlsx(["姓名", title], ["丑立春", "13812345678"]))[0]["phone"] == "13812345678"


@pytest.mark.parametrize("title", ["姓名/手机", "户主姓名", "姓名（家长）", "紧急联系人姓名"])
def test_what_is_not_certain_is_not_read(title):
    table = read_table(xlsx(["姓名", "户", title], ["丑立春", "9-9", "子某"]), COLUMNS)

    assert table.unknown_columns == [f"C “{title}”"]
    assert table.rows[0].values == {"name": "丑立春", "household": "9-9"}
