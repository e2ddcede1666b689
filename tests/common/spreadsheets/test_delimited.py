import pytest

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.reader import read_table
from tests.common.spreadsheets.files import COLUMNS, faults, values

TEXT = "姓名,联系电话,户\r\n陈建城,13812345678,12-3\r\n王芳,,镕\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_csv_is_read_in_each_encoding_that_offices_use(encoding):
    assert [row["household"] for row in values(TEXT.encode(encoding))] == ["12-3", "镕"]


def test_rare_characters_come_through_gb18030():
    assert values("姓名,户\n王𠮷,x".encode("gb18030"))[0]["name"] == "王𠮷"


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，", "|"])
def test_the_delimiter_is_told_by_the_row_of_titles(delimiter):
    assert values(TEXT.replace(",", delimiter).encode())[0]["phone"] == "13812345678"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_commas_in_a_note_above_the_titles_are_no_delimiter(encoding):
    note = "填表说明：姓名写全名，手机写本人的，户写几座几梯几房，不清楚的，问居委会，谢谢，,\r\n"

    table = read_table((note + TEXT).encode(encoding), COLUMNS)
    assert (table.header_row, [row.number for row in table.rows]) == (2, [3, 4])


@pytest.mark.parametrize(
    "life", ["退休教师，教过语文，书法，会拉二胡；也会做饭", '"教师，语文，\n书法，二胡"']
)
def test_commas_in_the_text_of_a_cell_are_no_delimiter(life):
    [row] = values(f"姓名,联系电话,户\n巳惊蛰,13812345678,{life}\n".encode("gbk"))

    assert (row["phone"], row["household"]) == ("13812345678", life.strip('"'))


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
def test_the_line_by_which_excel_tells_the_delimiter_is_no_row(first):
    text = f"{first}\r\n" + TEXT.replace(",", ";")

    table = read_table(text.encode("utf-8-sig"), COLUMNS)
    assert (table.header_row, table.rows[0].number) == (1, 2)


def test_quotation_marks_that_do_not_fit_another_delimiter_do_no_harm():
    assert values('姓名;户\n陈建城;"三栋, ""东"""\n'.encode())[0]["household"] == '三栋, "东"'


def test_a_quoted_cell_holds_commas_quotes_and_line_breaks():
    file = '姓名,户\n陈建城,"三栋,\n""东"""\n王芳,x\n'.encode()

    table = read_table(file, COLUMNS)
    assert table.rows[0].values["household"] == '三栋,\n"东"'
    assert [row.number for row in table.rows] == [2, 3]


def test_blank_lines_count_as_rows():
    table = read_table("\n姓名,户\n\n陈建城,x\n\n\n".encode(), COLUMNS)

    assert (table.header_row, table.rows[0].number) == (2, 4)


def test_a_fault_in_a_csv_has_no_sheet():
    assert faults("姓名,手机\n陈建城,81234567".encode()) == [
        "Row 2, column B “手机”: Put the area code in front of a landline number, "
        "for example 0757-81234567."
    ]


def test_a_stray_comma_does_not_shift_a_row():
    assert faults("姓名,户\n陈建城,三栋,东\n王芳,x,,,".encode()) == [
        "Row 2: This row has more cells than there are column titles. Put a text that contains "
        "a comma into quotation marks, or save the list as .xlsx."
    ]


def test_a_quotation_mark_too_many_does_not_swallow_the_rest():
    with pytest.raises(Refused) as refused:
        read_table('姓名,户\n陈建城,"x\n王芳,y\n'.encode(), COLUMNS)

    assert str(refused.value).startswith(
        "Row 2 of this CSV file, or one before it, has a quotation mark too many. Open it in"
    )


def test_titles_without_rows_are_refused():
    with pytest.raises(Refused, match="There are no rows below"):
        read_table("姓名,户\n".encode(), COLUMNS)


def test_bytes_in_no_encoding_are_refused():
    with pytest.raises(Refused) as refused:
        read_table("姓名,户\n陈,".encode() + b"\xff\xff\x81", COLUMNS)

    assert refused.value.code == "file_encoding"
