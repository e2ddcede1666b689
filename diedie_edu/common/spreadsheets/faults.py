"""What is wrong in a table, where, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

MAX_KEPT = 1000


@dataclass(frozen=True)
class Fault:
    """One thing to correct. The message carries the remedy, and never what stands in the cell.

    `column` is the letter; `title` is the header as it stands in the file. `sheet` is empty
    for CSV, `column` is empty where a whole row is meant.
    """

    sheet: str
    row: int
    column: str
    title: str
    message: str | Promise

    def __str__(self) -> str:
        pattern = pgettext("place of a fault, and what is wrong", "{place}: {message}")
        return pattern.format(place=self.place, message=self.message)

    @property
    def place(self) -> str:
        """Sheet “Residents”, row 5, column C “Phone”."""
        if self.sheet and self.column:
            pattern = _("Sheet “{sheet}”, row {row}, column {column} “{title}”")
        elif self.sheet:
            pattern = _("Sheet “{sheet}”, row {row}")
        elif self.column:
            pattern = _("Row {row}, column {column} “{title}”")
        else:
            pattern = _("Row {row}")
        return pattern.format(sheet=self.sheet, row=self.row, column=self.column, title=self.title)


class Faults:
    """Faults in the order of finding; all are counted, the first MAX_KEPT are kept."""

    def __init__(self) -> None:
        self.total = 0
        self._kept: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self.total += 1
        if len(self._kept) < MAX_KEPT:
            self._kept.append(fault)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._kept)

    def __bool__(self) -> bool:
        return self.total > 0
