"""Cells of an .xlsx as programs write them: an error, an empty text and no value are three."""

import gc
import weakref

import pytest

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.reader import read_table
from diedie_edu.common.spreadsheets.sheet_xml import Known, SheetCells
from diedie_edu.common.spreadsheets.xml_member import Spent
from tests.common.spreadsheets.files import COLUMNS, faults, values
from tests.common.spreadsheets.raw import (
    NAME,
    STRICT,
    STRICT_OFFICE,
    TITLES,
    raw,
    rows,
)

UNREADABLE = (
    "Sheet “名单”, row {row}, column B “户”: This cell shows an error such as #N/A, or a formula "
    "without its result. Type the value itself into it."
)
FULL = '<calcPr calcId="191029" fullCalcOnLoad="1"/>'


def household(content: bytes) -> list[str]:
    return [row["household"] for row in values(content)]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2" t="e"><v>#N/A</v></c>',
        '<c t="e" r="B2"><f>A9</f><v>#REF!</v></c>',
        "<c r='B2' t='e'><v>#N/A</v></c>",
        '<c r="B2"\n t="e"/>',
        '<c r="B2"><f>A2&amp;1</f></c>',
        '<c r="B2"><f>A2&amp;1</f><v/></c>',
        '<c r="B2"><f>A2&amp;1</f><v></v></c>',
        '<c r="B2" t="str"><f>A2&amp;1</f></c>',
        '<c r="B2" t="n"><f t="shared" si="0"/><v></v></c>',
        '<c r="B2" t="s"><v>7</v></c>',
        '<c r="B2" t="s"><v>-1</v></c>',
        '<c r="B2"><v>12-3</v></c>',
        '<c r="B2"><v>nan</v></c>',
        '<c r="B2"><v>inf</v></c>',
        '<c r="B2"><v>1_0</v></c>',
        '<c r="B2"><v>1e999</v></c>',
        '<c r="B2" t="b"><v>2</v></c>',
        '<c r="B2" t="d"><v>gestern</v></c>',
        '<c r="B2" t="x"><v>12-3</v></c>',
        '<c r="B2" t="str"><v>#DIV/0!</v></c>',
        '<c r="B2" t="inlineStr"><is><t> ＃N／A </t></is></c>',
        '<c r="B2" t="inlineStr"><is><t>#GETTING_DATA</t></is></c>',
    ],
)
def test_a_cell_whose_value_the_file_does_not_hold_is_a_fault(cell):
    assert faults(raw(rows(cell))) == [UNREADABLE.format(row=2)]


@pytest.mark.parametrize(
    "cell",
    [
        "",
        '<c r="B2"/>',
        '<c r="B2" s="3"></c>',
        '<c r="B2"><v/></c>',
        '<c r="B2" t="str"><v></v></c>',
        '<c r="B2" t="str"><f>IF(C2="","",C2)</f><v></v></c>',
        '<c r="B2" t="str"><f>""</f><v/></c>',
        '<c r="B2" t="s"/>',
        '<c r="B2" t="inlineStr"/>',
        '<c r="B2" t="inlineStr"><is/></c>',
        '<c r="B2" t="inlineStr"><is><t/></is></c>',
        '<c r="B2" t="inlineStr"><is><rPh sb="0" eb="1"><t>hu</t></rPh></is></c>',
    ],
)
def test_an_empty_cell_and_a_formula_that_comes_to_nothing_are_empty(cell):
    assert household(raw(rows(cell))) == [""]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="B2" t="s"><v>0</v></c>', "12-3"),
        ('<c r="B2" t="s"><f>A9</f><v>1</v></c>', "东三栋"),
        ('<c r="B2" t="str"><f>A9</f><v>12-3</v></c>', "12-3"),
        ('<c r="B2"><f>A9</f><v>7</v></c>', "7"),
        ('<c r="B2"><v> 501 </v></c>', "501"),
        ('<c r="B2"><v>5.01E2</v></c>', "501"),
        ('<c r="B2" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="B2" t="inlineStr"><is><r><t>12</t></r><r><rPr/><t>-3</t></r></is></c>', "12-3"),
        ('<c r="B2" t="inlineStr"><is><t xml:space="preserve"> 12_x0041_ </t></is></c>', "12A"),
        ('<c r="B2" t="str"><v>_x005F_x0041_</v></c>', "_x0041_"),
        ('<c r="B2" t="inlineStr"><is><t>_x005F_x0041_</t></is></c>', "_x0041_"),
        ('<c r="B2" t="str"><v><![CDATA[<12>]]></v></c>', "<12>"),
        ('<c r="B2" t="str"><v>ERR:12</v></c>', "ERR:12"),
        ('<c><v>501</v></c>', "501"),
    ],
)  # fmt: skip
def test_a_value_is_read_however_it_is_written(cell, text):
    texts = "<si><t>12-3</t></si><si><r><t>东</t></r><r><t>三栋</t></r>"
    texts += '<rPh sb="0" eb="1"><t>dong</t></rPh><phoneticPr fontId="1"/></si>'

    assert household(raw(rows(cell), texts=texts)) == [text]


@pytest.mark.parametrize(
    "calculation",
    [FULL, "<calcPr fullCalcOnLoad='true'/>", '<calcPr calcCompleted="0"/>'],
)
def test_where_nobody_calculated_no_formula_counts(calculation):
    cells = [
        '<c r="B2"><f>A9</f><v>0</v></c>',
        '<c r="B3" t="str"><f>A9</f><v>12-3</v></c>',
        '<c r="B4" t="str"><f>A9</f><v></v></c>',
        '<c r="B5" t="str"><v>12-5</v></c>',
        '<c r="B6"><f t="array" ref="B6:B7">A9:A10</f><v>0</v></c>',
        '<c r="B7"><v>0</v></c>',
        '<c r="B8"><v>8</v></c>',
    ]

    table = read_table(raw(rows(*cells), calculation=calculation), COLUMNS)

    assert [str(fault) for fault in table.faults] == [
        UNREADABLE.format(row=row) for row in (2, 3, 4, 6, 7)
    ]
    assert [row.values["household"] for row in table.rows] == ["12-5", "8"]


@pytest.mark.parametrize("calculation", ["", '<calcPr calcId="1" fullCalcOnLoad="0"/>'])
def test_where_somebody_calculated_the_results_count(calculation):
    array = [
        '<c r="B2"><f t="array" ref="B2:B3">C2:C3</f><v>1</v></c>',
        '<c r="B3"><v>2</v></c>',
        '<c r="B4"><f>C4</f><v>3</v></c>',
    ]

    assert household(raw(rows(*array), calculation=calculation)) == ["1", "2", "3"]


def test_a_row_of_errors_alone_is_no_blank_row():
    errors = '<row r="3"><c r="A3" t="e"><v>#N/A</v></c><c r="B3" t="e"><v>#N/A</v></c></row>'

    sheet = rows("").replace("</sheetData>", errors + "</sheetData>")
    assert [fault.row for fault in read_table(raw(sheet), COLUMNS).faults] == [3, 3]


def test_an_error_in_a_column_that_nobody_reads_does_no_harm():
    assert household(raw(rows('<c r="B2"><v>5</v></c><c r="C2" t="e"><v>#N/A</v></c>'))) == ["5"]


def prefixed(xml: str) -> str:
    return xml.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")


LIST = rows('<c r="B2"><v>501</v></c>')


@pytest.mark.parametrize(
    "content",
    [
        raw(LIST, main=STRICT, office=STRICT_OFFICE),
        raw(LIST, target="/xl/worksheets/sheet1.xml"),
        raw(LIST, target="../xl/worksheets/./sheet1.xml"),
        raw(LIST, target="worksheets/SHEET1.xml"),
        raw(LIST, target="worksheets\\sheet1.xml"),
        raw(LIST, encoding="utf-16"),
        raw(LIST.replace('<row r="1">', "<row>").replace('<row r="2">', "<row>")),
        raw(LIST.replace(' r="A1"', "").replace(' r="B1"', "").replace(' r="A2"', "")),
        raw(
            "",
            **{
                "xl/worksheets/sheet1.xml": '<x:worksheet xmlns:x="http://schemas.openxmlformats.'
                f'org/spreadsheetml/2006/main">{prefixed(LIST)}</x:worksheet>'
            },
        ),
        raw(f"<sheetPr/><!-- a -->{LIST}<?x y?>"),
        raw(
            LIST,
            **{
                "xl/other.xml": "no <xml",
                "xl/media/picture.png": "not looked at",
            },
        ),
    ],
)
def test_a_workbook_is_read_whichever_program_wrote_it(content):
    assert household(content) == ["501"]


@pytest.mark.parametrize(
    "sheet",
    [
        LIST.replace('r="B2"', 'r="A2"'),
        LIST.replace('<c r="B2">', '<c r="B7">'),
        LIST.replace('r="B2"', 'r="XFE2"'),
        LIST.replace('r="B2"', 'r="B1048577"').replace('<row r="2">', "<row>"),
        LIST.replace('r="B2"', 'r="2"'),
        LIST + '<mergeCells><mergeCell ref="A:B"/></mergeCells>',
    ],
)
def test_what_no_program_writes_is_damaged(sheet):
    with pytest.raises(Refused) as refused:
        read_table(raw(sheet), COLUMNS)

    assert refused.value.code == "file_damaged"


def test_formulas_of_formats_are_none_of_the_cells():
    more = (
        '<conditionalFormatting sqref="A1"><cfRule type="expression"><formula>1</formula></cfRule>'
        "</conditionalFormatting><extLst><ext><x14:f xmlns:x14='urn:x'>1</x14:f></ext></extLst>"
    )

    assert household(raw(LIST + more)) == ["501"]


def test_rows_in_any_order_come_in_their_own():
    two = '<row r="3"><c r="A3" t="str"><v>王芳</v></c></row>'
    sheet = f"<sheetData>{TITLES.format(title='户')}{two}<row r='2'>{NAME}</row></sheetData>"

    assert [row["name"] for row in values(raw(sheet))] == ["陈建城", "王芳"]


def test_rows_and_columns_that_nobody_sees_are_told():
    """By a filter or by hand; or so flat that nothing is left to see."""
    sheet = rows(*[f'<c r="B{n}"><v>1</v></c>' for n in range(2, 8)])
    for row, about in {3: 'hidden="1"', 4: "hidden='true'", 5: 'ht="0"', 6: 'ht="15"'}.items():
        sheet = sheet.replace(f'<row r="{row}"', f'<row r="{row}" {about} customHeight="1"')
    columns = '<cols><col min="1" max="1" width="9"/><col min="2" max="3" width="0"/></cols>'

    table = read_table(raw(columns + sheet), COLUMNS)

    assert (table.hidden, table.hidden_columns) == ([3, 4, 5], ["B “户”"])
    assert len(table.rows) == 6


def test_hidden_rows_are_left_out_where_that_is_asked_for():
    sheet = rows('<c r="B2" t="e"/>', '<c r="B3"><v>3</v></c>')
    sheet = sheet.replace('<row r="2"', '<row r="2" hidden="1"')

    table = read_table(raw(sheet), COLUMNS, without_hidden=True)

    assert (table.hidden, table.faults.total) == ([2], 0)
    assert [row.number for row in table.rows] == [3]


def test_a_sheet_goes_with_the_last_who_holds_it():
    """A worker that loads lists does not look for circles."""
    cells = SheetCells(Spent(), Known())
    gc.disable()
    try:
        cells.parse([b"<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"])
        held = weakref.ref(cells)
        assert cells.rows == {1: [1.0]}
        del cells
        assert held() is None
    finally:
        gc.enable()
