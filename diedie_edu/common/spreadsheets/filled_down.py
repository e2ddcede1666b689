"""The value of a merged cell for each row that it spans."""

from typing import Any

from diedie_edu.common.spreadsheets.cells import is_blank
from diedie_edu.common.spreadsheets.header import Header


class FilledDown:
    """Hands the value of a merged cell to each row it spans, in the columns that want it.

    Only true merges count: an empty cell below a filled one may as well mean "nothing". CSV
    has no merges, so there the cells stay empty.
    """

    def __init__(self, header: Header):
        wanted = {index for index, column in header.columns.items() if column.fills_down}
        self._last_rows = {
            first: last_row
            for first, (last_row, _last_column) in header.sheet.merged
            if first[1] in wanted
        }
        self._open: dict[int, tuple[int, Any]] = {}

    def __bool__(self) -> bool:
        return bool(self._last_rows)

    def cell(self, row: int, column: int, cell: Any) -> Any:
        """The cell's value at a position from zero; rows come in order."""
        if last_row := self._last_rows.get((row, column)):
            self._open[column] = (last_row, cell)
        last_row, value = self._open.get(column, (-1, None))
        return value if row <= last_row and is_blank(cell) else cell
