"""Workbooks written row by row into a file: nothing of them is kept in memory, and nothing lies
beside the file that a crash would leave behind.

openpyxl draws the frame: titles, widths, formats. The rows go straight into the archive, in a
quarter of the time that its cells take.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from diedie_edu.common.spreadsheets.columns import Column
from diedie_edu.common.spreadsheets.writer import (
    Values,
    cell_value,
    clean_text,
    date_cell,
    saved,
    start_page,
    text_cell,
    write_csv,
)

END = b"</sheetData>"


@dataclass(frozen=True)
class Page:
    """A sheet: rows are taken one by one."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Values]


@dataclass(frozen=True)
class Styles:
    """Numbers of the formats of cells in the frame."""

    text: int
    day: int


def save_workbook(file: IO[bytes], *pages: Page) -> None:
    from openpyxl import Workbook

    book, sheets = Workbook(write_only=True), {}
    for number, page in enumerate(pages, 1):
        titles = [column.title for column in page.columns]
        first = start_page(book, page.title, page.columns, titles)
        sheets[f"xl/worksheets/sheet{number}.xml"] = page
    styles = Styles(text_cell(first, "").style_id, date_cell(first, date.min).style_id)
    with ZipFile(BytesIO(saved(book))) as frame, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name in frame.namelist():
            if name in sheets:
                _write_page(archive, name, frame.read(name), sheets[name], styles)
            else:
                archive.writestr(name, frame.read(name))


def write_xlsx(columns: Sequence[Column], rows: Iterable[Values], *, sheet: str = "") -> bytes:
    """A workbook of one sheet."""
    file = BytesIO()
    save_workbook(file, Page(sheet, columns, rows))
    return file.getvalue()


def save_list(
    file: IO[bytes],
    extension: str,
    columns: Sequence[Column],
    rows: Iterable[Values],
    *,
    sheet: str,
) -> None:
    """A list into a file, as "xlsx" or "csv"."""
    if extension == "csv":
        file.writelines(write_csv(columns, rows))
    else:
        save_workbook(file, Page(sheet, columns, rows))


def _write_page(archive: ZipFile, name: str, frame: bytes, page: Page, styles: Styles) -> None:
    from openpyxl.utils import get_column_letter

    head, tail = frame.split(END)
    letters = [get_column_letter(number) for number in range(1, len(page.columns) + 1)]
    with archive.open(name, "w", force_zip64=True) as sheet:
        sheet.write(head)
        for number, row in enumerate(page.rows, 2):
            cells = (
                _cell(f"{letter}{number}", cell_value(column, row.get(column.code)), styles)
                for letter, column in zip(letters, page.columns, strict=True)
            )
            sheet.write(f'<row r="{number}">{"".join(cells)}</row>'.encode())
        sheet.write(END + tail)


def _cell(place: str, value: str | int | Decimal | date, styles: Styles) -> str:
    """A text is text whatever it looks like."""
    if value == "":
        return ""
    if isinstance(value, str):
        text = escape(clean_text(value), {"\r": "&#13;"})
        kept = f'<is><t xml:space="preserve">{text}</t></is>'
        return f'<c r="{place}" s="{styles.text}" t="inlineStr">{kept}</c>'
    if isinstance(value, date):
        from openpyxl.utils.datetime import to_excel

        return f'<c r="{place}" s="{styles.day}"><v>{to_excel(value)}</v></c>'
    return f'<c r="{place}"><v>{value}</v></c>'
