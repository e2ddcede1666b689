"""What reading a list comes to: its rows, its faults, and what was left aside."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from diedie_edu.common.spreadsheets.columns import column_letter
from diedie_edu.common.spreadsheets.faults import Fault, Faults
from diedie_edu.common.spreadsheets.header import Header


@dataclass(frozen=True)
class Row:
    """One row of the list; `number` as the spreadsheet shows it. Absent columns have no value."""

    number: int
    values: dict[str, Any]


@dataclass
class Table:
    """What was read. `rows` holds the rows without fault; `unread` names sheets left aside."""

    header: Header
    rows: list[Row] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    unread: list[str] = field(default_factory=list)

    @property
    def sheet(self) -> str:
        return self.header.sheet.name

    @property
    def header_row(self) -> int:
        return self.header.row

    @property
    def unknown_columns(self) -> list[str]:
        """Columns that were not read, for the preview: F “备注”."""
        return [
            f"{column_letter(index)} “{self.header.titles[index]}”"
            for index in self.header.unknown()
        ]

    def add_fault(self, row: int, code: str, message: str | Promise) -> None:
        """A fault of a row already read, found by a rule of the caller; `code` may be empty."""
        self.add_fault_at(row, self.header.index_of(code) if code else None, message)

    def add_fault_at(self, row: int, index: int | None, message: str | Promise) -> None:
        """The same by the index of the column; None means the whole row."""
        letter = "" if index is None else column_letter(index)
        title = "" if index is None else self.header.titles[index]
        self.faults.add(Fault(self.sheet, row, letter, title, message))
