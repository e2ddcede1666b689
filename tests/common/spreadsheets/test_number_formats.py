"""Numbers that a format shows as days, times and moments."""

from datetime import date, time
from typing import Any

import pytest

from diedie_edu.common.days import local
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.number_formats import Shown, shown_by
from diedie_edu.common.spreadsheets.reader import read_table
from tests.common.spreadsheets.files import BORN, HOUSEHOLD, NAME
from tests.common.spreadsheets.raw import raw, rows, styled

STARTS = Column("starts", "开始 | Starts", CellType.TIME)
MEETS = Column("meets", "时间 | Meets", CellType.MOMENT)
DAY = 21265  # 1958-03-21
MOMENT = 46354.395833333  # 2026-11-28 09:30, as sums of floats miss it
HALF_PAST_NINE = time(9, 30)
DAYS = [
    *(14, 15, 16, 17, *range(27, 32), 36, *range(50, 55), 57, 58),
    *("yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "yyyy年m月d日;@", "[$-804]yyyy\\.mm\\.dd"),
    *("[DBNum1][$-804]yyyy年m月d日", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "[$-804]aaaa;@"),
    *('m"月"d"日"', "[Red]d/m/yy", "e-mm-dd", "MM/DD/YYYY", "yyyy/m/d h:mm"),
]
TIMES = [
    *(18, 19, 20, 21, 22, 32, 33, 34, 35, 45, 47, 55, 56),
    *("h:mm", '上午/下午h"时"mm"分"', "[$-F400]h:mm:ss AM/PM", "hh时mm分", "h:mm A/P", "mm:ss.0"),
    *("[h]:mm", "[HH]:MM:SS", 46),
]
NUMBERS = [
    *(0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 37, 44, 48, 49, "General", "G/通用格式", "@", "0.00E+00"),
    *('#,##0.00"元";[Red]-#,##0.00', '0"day"', "0\\d", "_ * #,##0_ ", "[$¥-804]#,##0", "000000"),
]


def of(column: Column, number: float, form: int | str, **more: Any) -> Any:
    """What a number in this column comes to, or why it is a fault."""
    sheet = rows(f'<c r="B2" s="1"><v>{number!r}</v></c>', title=column.title)
    table = read_table(raw(sheet, styles=styled(form), **more), [NAME, column])
    return [str(fault.message) for fault in table.faults] or table.rows[0].values[column.code]


@pytest.mark.parametrize("form", DAYS)
def test_a_day_is_known_by_its_format(form):
    assert of(BORN, DAY, form) == date(1958, 3, 21)
    assert of(BORN, DAY - 43 / 86_400, form) == date(1958, 3, 21)


@pytest.mark.parametrize("form", TIMES)
def test_a_time_is_known_by_its_format(form):
    assert of(STARTS, 0.395833333, form) == HALF_PAST_NINE


@pytest.mark.parametrize("form", NUMBERS)
def test_a_number_stays_one(form):
    assert shown_by(form) is Shown.NUMBER
    assert of(HOUSEHOLD, 501, form) == "501"


@pytest.mark.parametrize("form", [14, 20, 22, 31, 46, 57, "yyyy-mm-dd", "[h]:mm"])
def test_a_day_or_time_in_a_column_of_texts_is_a_question(form):
    assert "turned this entry into a date or time" in of(HOUSEHOLD, 46357, form)[0]


@pytest.mark.parametrize("form", [0, 14, 20, 22, "yyyy/m/d h:mm"])
def test_a_moment_is_read_to_the_minute_under_any_format(form):
    assert f"{local(of(MEETS, MOMENT, form)):%Y-%m-%d %H:%M}" == "2026-11-28 09:30"
    if form:
        assert of(STARTS, MOMENT, form) == HALF_PAST_NINE


@pytest.mark.parametrize("form", [0, 14, 31])
def test_a_day_alone_is_no_moment_and_no_time(form):
    assert "Write the day and the time" in of(MEETS, 46354, form)[0]
    assert "Write the time of day" in of(STARTS, 46354, form)[0]


def test_midnight_is_a_moment_where_it_is_shown():
    assert f"{local(of(MEETS, 46354.9999999, 22)):%Y-%m-%d %H:%M}" == "2026-11-29 00:00"


@pytest.mark.parametrize("form", [14, 20, 22, 46])
def test_a_time_is_no_day(form):
    assert "not a date we can read" in of(BORN, 0.5, form)[0]


def test_a_day_with_another_time_is_a_question():
    assert "Write the day alone" in of(BORN, DAY - 1 / 3, 14)[0]


@pytest.mark.parametrize("form", [17, 27, 36, 50, 52, 57, 'yyyy"年"m"月"', "mmm-yy"])
def test_the_first_of_a_month_where_only_the_month_is_shown_is_a_question(form):
    assert "Only the year and month are known" in of(BORN, 21245, form)[0]  # 1958-03-01


def test_days_may_be_counted_from_1904():
    about = '<workbookPr date1904="1"/>'

    assert of(BORN, DAY - 1462, 14, about=about) == date(1958, 3, 21)


@pytest.mark.parametrize("number", [60, 1, -1, 2_958_466, 1e300])
def test_what_is_no_day_of_our_times_is_none(number):
    assert "not a date we can read" in of(BORN, number, 14)[0]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1958-03-21", date(1958, 3, 21)),
        ("1958-03-20T15:59:17.000Z", date(1958, 3, 21)),
        ("1958-03-21T00:00:00", date(1958, 3, 21)),
    ],
)
def test_a_day_in_words_of_xml_is_read(written, day):
    sheet = rows(f'<c r="B2" t="d" s="1"><v>{written}</v></c>', title="出生日期")

    [row] = read_table(raw(sheet, styles=styled(14)), [NAME, BORN]).rows
    assert row.values["born"] == day


def test_a_format_of_many_signs_is_no_trap():
    assert shown_by("[" * 100_000) is Shown.NUMBER
    assert shown_by('"' * 100_000 + "yyyy") is Shown.NUMBER
