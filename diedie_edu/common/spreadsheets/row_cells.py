"""The cells of one row after another, as values of their columns."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.cells import check_readable, end_parser_of, is_blank, parser_of
from diedie_edu.common.spreadsheets.columns import Column
from diedie_edu.common.spreadsheets.filled_down import FilledDown
from diedie_edu.common.spreadsheets.header import Header
from diedie_edu.common.spreadsheets.needed import for_each_row, lacking_in

_SAYS_NOTHING = _("This word says nothing. Enter what is meant, or delete the whole row.")
_TOO_MANY_CELLS = _(
    "This row has more cells than there are column titles. Put a text that contains a comma "
    "into quotation marks, or save the list as .xlsx."
)


@dataclass
class Cells:
    """Values by code; what is wrong, at the index of a column or with the whole row; and where a
    word for “nothing” counts as an empty cell."""

    values: dict[str, Any] = field(default_factory=dict)
    refusals: list[tuple[int | None, Refused]] = field(default_factory=list)
    as_empty: list[int] = field(default_factory=list)


class RowReader:
    """Rows come in order; what is the same for all is looked up once."""

    def __init__(self, header: Header):
        self._header = header
        self._parsers = [
            (index, one, parser_of(for_each_row(one))) for index, one in header.columns.items()
        ]
        self._parsers += [
            (index, column, end_parser_of(column)) for index, column in header.read_besides()
        ]
        self._merged = FilledDown(header)
        # Notes beside a list in a workbook do no harm; in CSV a stray comma has shifted the row.
        self._width = len(header.titles) if header.sheet.is_delimited else None

    def read(self, number: int, cells: list[Any]) -> Cells:
        found = Cells()
        if self._width is not None and not all(map(is_blank, cells[self._width :])):
            found.refusals.append((None, Refused("too_many_cells", _TOO_MANY_CELLS)))
        for index, column, parse in self._parsers:
            try:
                cell = self._cell(number - 1, index, cells)
                if not is_blank(cell) and column.is_told_nothing(cell):
                    cell = _as_empty(column)
                    found.as_empty.append(index)
                found.values[column.code] = parse(cell)
            except Refused as refusal:
                found.refusals.append((index, refusal))
        columns, index_of = self._header.known.columns, self._header.index_of
        for lacking, message in lacking_in(found.values, columns, index_of):
            found.refusals.append((lacking, Refused("required", message)))
        return found

    def _cell(self, row: int, index: int, cells: list[Any]) -> Any:
        cell = cells[index] if index < len(cells) else None
        check_readable(cell)
        return self._merged.cell(row, index, cell) if self._merged else cell


def _as_empty(column: Column) -> str:
    """Raises `Refused` (`says_nothing`)."""
    if column.required and not column.unless:
        raise Refused("says_nothing", _SAYS_NOTHING)
    return ""
