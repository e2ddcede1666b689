"""An empty list to fill in: titles, a row of examples, and a sheet that explains each column."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from diedie_edu.common.spreadsheets.columns import Column, Kind
from diedie_edu.common.spreadsheets.examples import marked
from diedie_edu.common.spreadsheets.writer import (
    Values,
    body_cell,
    cell_value,
    header_cell,
    lay_out,
    saved,
    sheet_title,
    text_cell,
)


def write_template(
    columns: Sequence[Column], examples: Sequence[Values] = (), *, sheet: str = ""
) -> bytes:
    """A workbook whose first sheet the reader takes as it is, example rows left out."""
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet(sheet_title(sheet or _("List")))
    page.freeze_panes = "A2"
    lay_out(page, columns)
    page.append([header_cell(page, _title(column)) for column in columns])
    for example in examples:
        page.append(_example_row(page, columns, example))
    _explain(workbook.create_sheet(sheet_title(_("How to fill in"))), columns)
    return saved(workbook)


def _title(column: Column) -> str:
    return f"{column.title} *" if column.required else column.title


def _example_row(page: WriteOnlyWorksheet, columns: Sequence[Column], example: Values) -> list:
    first, *others = columns
    mark = marked(str(cell_value(first, example.get(first.code))))
    return [
        text_cell(page, mark),
        *(body_cell(page, column, example.get(column.code)) for column in others),
    ]


def _explain(page: WriteOnlyWorksheet, columns: Sequence[Column]) -> None:
    for letter, width in zip("ABC", (18, 12, 70), strict=True):
        page.column_dimensions[letter].width = width
    titles = (_("Column title"), _("Required or not"), _("What goes into it"))
    page.append([header_cell(page, title) for title in titles])
    for column in columns:
        must = _("must be filled") if column.required else ""
        page.append([text_cell(page, text) for text in (column.title, must, explanation(column))])
    page.append([])
    page.append([text_cell(page, _("Rows that begin with “Example” are not imported."))])


def explanation(column: Column) -> str:
    """What goes into the column, in one line."""
    if column.help:
        return str(column.help)
    if column.choices:
        pattern = (
            _("One or more of: {words}") if column.kind is Kind.CHOICES else _("One of: {words}")
        )
        return pattern.format(words=column.words_of_choices())
    return str(_EXPLAINED.get(column.kind, ""))


_EXPLAINED = {
    Kind.DATE: gettext_lazy("A date, for example 2012-09-01"),
    Kind.PHONE: gettext_lazy("A mobile, or a landline with its area code such as 0757-81234567"),
    Kind.INTEGER: gettext_lazy("A whole number"),
    Kind.TIME: gettext_lazy("A time of day, for example 09:30"),
    Kind.MOMENT: gettext_lazy("A day and a time, for example 2026-11-20 08:00"),
    Kind.BOOLEAN: gettext_lazy("Yes or no"),
}
