"""Workbooks of before 2007: errors, empty texts and hidden rows are told apart there too."""

import struct
from datetime import date

import pytest

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.reader import Table, read_table
from tests.common.spreadsheets.biff import (
    EMPTY_TEXT,
    ERROR,
    begin,
    blank,
    column_about,
    compound,
    error,
    formula,
    label,
    merged,
    number,
    record,
    row_about,
    truth,
    xls,
)
from tests.common.spreadsheets.files import COLUMNS

TITLES = label(0, 0, "姓名") + label(0, 1, "户")
NAME = label(1, 0, "陈建城")
RECALCULATE = 2


def read(*cells: bytes, **more) -> Table:
    return read_table(xls(TITLES, NAME, *cells, **more), COLUMNS)


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_table(content, COLUMNS)
    return refused.value.code


@pytest.mark.parametrize(
    "cell",
    [
        error(1, 1),
        formula(1, 1, ERROR),
        formula(1, 1, 0.0, RECALCULATE),  # as Apache POI writes it
        formula(1, 1, EMPTY_TEXT, RECALCULATE),
        label(1, 1, "#VALUE!"),
    ],
)
def test_a_cell_whose_value_the_file_does_not_hold_is_a_fault(cell):
    [fault] = read(cell).faults

    assert (fault.row, fault.column) == (2, "B")
    assert "#N/A" in str(fault)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (blank(1, 1), ""),
        (formula(1, 1, EMPTY_TEXT), ""),
        (formula(1, 1, 501.0), "501"),
        (formula(1, 1, 501.0, RECALCULATE), "501"),
        (number(1, 1, 12.5), "12.5"),
        (truth(1, 1, True), "TRUE"),
        (label(1, 1, "东三栋"), "东三栋"),
    ],
)
def test_a_value_is_read_as_it_is(cell, text):
    assert [row.values["household"] for row in read(cell).rows] == [text]


@pytest.mark.parametrize(
    "form", [14, 28, 31, 36, 57, 'yyyy"年"m"月"d"日"', "[$-804]aaaa", 'm"月"d"日"']
)
def test_days_are_known_by_their_format(form):
    table = read_table(
        xls(
            label(0, 0, "姓名"),
            label(0, 1, "出生日期"),
            NAME,
            number(1, 1, 21265, 2),
            formats=[form],
        ),
        COLUMNS,
    )

    assert [row.values["born"] for row in table.rows] == [date(1958, 3, 21)]


def test_days_may_be_counted_from_1904():
    titles = label(0, 0, "姓名") + label(0, 1, "出生日期")

    table = read_table(
        xls(titles, NAME, number(1, 1, 21265 - 1462, 2), formats=[14], is_1904=True), COLUMNS
    )

    assert [row.values["born"] for row in table.rows] == [date(1958, 3, 21)]


def test_hidden_rows_and_columns_are_told():
    more = [label(2, 0, "王芳"), label(3, 0, "李明"), column_about(1, hidden=True)]
    about = [
        row_about(1),
        row_about(2, hidden=True),
        row_about(3, height=0),
        row_about(9, hidden=True),
    ]

    table = read(*more, *about)

    assert (table.hidden, table.hidden_columns) == ([3, 4], ["B “户”"])
    assert len(table.rows) == 3


def test_a_merged_household_counts_for_each_of_its_members():
    table = read(label(1, 1, "12-3"), label(2, 0, "王芳"), merged(1, 2, 1, 1))

    assert [row.values["household"] for row in table.rows] == ["12-3", "12-3"]


def test_hidden_sheets_are_named_and_not_read():
    assert read(label(1, 1, "1"), hidden=label(0, 0, "姓名")).unread == ["备用"]


def test_cells_with_a_border_far_away_do_no_harm():
    assert len(read(label(1, 1, "1"), blank(65_535, 255)).rows) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (compound("Book", begin(5, 0x0500) + record(10)), "file_of_1995"),
        (compound("Workbook", begin(5, 0x0500) + record(10)), "file_of_1995"),
        (compound("WordDocument", b"x"), "file_word"),
        (compound("PowerPoint Document", b"x"), "file_slides"),
        (compound("EncryptedPackage", b"x"), "file_protected"),
        (compound("VisioDocument", b"x"), "file_other_format"),
        (record(0x0009, struct.pack("<HH", 2, 0x10)), "file_of_1995"),
        (record(0x0209, struct.pack("<HHH", 3, 0x10, 0)), "file_of_1995"),
        (record(0x0409, struct.pack("<HHH", 4, 0x10, 0)), "file_of_1995"),
        (begin(0x10, 0x0500), "file_of_1995"),
    ],
)
def test_what_is_no_such_workbook_is_named(content, code):
    assert refusal(content) == code


def test_a_protected_workbook_is_named():
    protected = compound("Workbook", begin(5) + record(0x002F, bytes(54)) + record(10))

    assert refusal(protected) == "file_protected"
