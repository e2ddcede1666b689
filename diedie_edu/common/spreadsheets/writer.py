"""Writing lists that Excel and WPS open safely and that come back unchanged through the reader."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from diedie_edu.common.days import local
from diedie_edu.common.spreadsheets.cells import guarded
from diedie_edu.common.spreadsheets.columns import (
    CellType,
    Column,
    columns_to_read,
    columns_to_write,
    in_readers_language,
    marked,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Values = Mapping[str, Any]
"""One row by column code (`columns.values_of`); what is absent stays empty."""

AS_TEXT, AS_DATE = "@", "yyyy-mm-dd"
_WIDTHS = {
    CellType.TEXT: 18,
    CellType.CHOICES: 30,
    CellType.PHONE: 16,
    CellType.DATE: 13,
    CellType.MOMENT: 18,
}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Readers of .xlsx take _x0041_ for "A"; a text that holds such a thing must say so.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e]+')


def cell_value(column: Column, value: Any) -> str | int | Decimal | date:
    """A value as it is written; texts guarded against being run as a formula."""
    if value is None or value == "":
        return ""
    if column.type is CellType.INTEGER:
        return int(value)
    if column.type is CellType.AMOUNT:
        return Decimal(value)
    if column.type is CellType.DATE:
        return value
    if column.type is CellType.TIME:
        return f"{value:%H:%M}"
    if column.type is CellType.MOMENT:
        return f"{local(value):%Y-%m-%d %H:%M}"
    return guarded(_text(column, value))


def _text(column: Column, value: Any) -> str:
    if column.type is CellType.BOOLEAN:
        return in_readers_language("是 | yes" if value else "否 | no")
    if column.type is CellType.CHOICES:
        return "、".join(_word(column, key) for key in value)
    if column.type is CellType.CHOICE:
        return _word(column, value)
    return str(value)


def _word(column: Column, key: str) -> str:
    words = column.choices.get(key)
    return in_readers_language(words) if words else str(key)


def write_csv(columns: Sequence[Column], rows: Iterable[Values]) -> Iterator[bytes]:
    """The list as UTF-8 with a BOM, by which Excel knows it, line by line."""
    yield _csv_line([guarded(column.title) for column in columns]).encode("utf-8-sig")
    for row in rows:
        cells = [cell_value(column, row.get(column.code)) for column in columns]
        yield _csv_line(cells).encode("utf-8", errors="replace")


def _csv_line(cells: Sequence[Any]) -> str:
    line = StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue()


def saved(workbook: "Workbook") -> bytes:
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def start_page(
    workbook: "Workbook", title: str, columns: Sequence[Column], header: Iterable[str]
) -> "WriteOnlyWorksheet":
    """A sheet with its header, widths, and the text format for cells that people will add."""
    from openpyxl.utils import get_column_letter

    page = workbook.create_sheet(sheet_title(title or _("List")))
    page.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        dimension = page.column_dimensions[get_column_letter(number)]
        dimension.width = max(_WIDTHS.get(column.type, 10), 2 * len(column.title) + 2)
        dimension.number_format = AS_DATE if column.type is CellType.DATE else AS_TEXT
    page.append([_header_cell(page, text) for text in header])
    return page


def _header_cell(page: "WriteOnlyWorksheet", title: str) -> "Cell":
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = text_cell(page, guarded(title))
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", start_color="F3E7D3")
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _body_cell(
    page: "WriteOnlyWorksheet", column: Column, value: Any
) -> "Cell | int | Decimal | None":
    written = cell_value(column, value)
    if isinstance(written, str):
        return text_cell(page, written) if written else None
    return date_cell(page, written) if isinstance(written, date) else written


def date_cell(page: "WriteOnlyWorksheet", day: date) -> "Cell":
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, day)
    cell.number_format = AS_DATE
    return cell


def text_cell(page: "WriteOnlyWorksheet", text: str) -> "Cell":
    """A cell that is text whatever it looks like."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, clean_text(text))
    cell.data_type = "s"
    cell.number_format = AS_TEXT
    return cell


def clean_text(text: str) -> str:
    """What every reader takes as this text."""
    return _LOOKS_ESCAPED.sub("_x005F_", without_controls(text))


def without_controls(text: str) -> str:
    """What may stand in any XML."""
    return _NOT_XML.sub("", text)


def sheet_title(title: str) -> str:
    """A name that Excel accepts for a sheet: 31 characters without []:*?/\\ ."""
    return re.sub(r"[\[\]:*?/\\]+", " ", title).strip(" '")[:31] or "1"


def safe_file_name(stem: str, extension: str) -> str:
    """A name that every system accepts for a download: "居民名册 2026-11-23.xlsx"."""
    name = " ".join(_NOT_IN_FILE_NAMES.sub(" ", stem).split()).strip(" .")[:80].rstrip(" .")
    return f"{name or 'list'}.{extension}"


def write_template(columns: Sequence[Column], *, sheet: str = "") -> bytes:
    """An empty list to fill in: the reader takes its first sheet as it is, without the row of
    examples; the second says what goes into each column."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    columns = columns_to_write(columns_to_read(columns))
    titles = [f"{column.title} *" if column.required else column.title for column in columns]
    page = start_page(workbook, sheet, columns, titles)
    first, *others = columns
    mark = marked(str(cell_value(first, first.shown_example())))
    examples = (_body_cell(page, column, column.shown_example()) for column in others)
    page.append([text_cell(page, mark), *examples])
    _explain(workbook.create_sheet(sheet_title(_("How to fill in"))), columns)
    return saved(workbook)


def _explain(page: "WriteOnlyWorksheet", columns: Sequence[Column]) -> None:
    for letter, width in zip("ABC", (18, 12, 70), strict=True):
        page.column_dimensions[letter].width = width
    titles = (_("Column title"), _("Required or not"), _("What goes into it"))
    page.append([_header_cell(page, title) for title in titles])
    for column in columns:
        must = _("must be filled") if column.required else ""
        texts = (column.title, must, column.explanation())
        page.append([text_cell(page, text) for text in texts])
    page.append([])
    page.append([text_cell(page, _("Rows that begin with “Example” are not imported."))])
