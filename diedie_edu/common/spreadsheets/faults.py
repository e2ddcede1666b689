"""What is wrong in a file: with one cell (`Fault`), or with all of it (`Refused`)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from diedie_edu.common.errors import Refused

MAX_KEPT = 1000
FIELD = "file"


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


_SAVE_AS = _(
    "Open it in Excel or WPS, choose “Save as”, type “Excel workbook (.xlsx)”, "
    "and upload the new file."
)


def empty_file() -> Refused:
    return _refused("file_empty", _("The file is empty. Choose the file that holds your list."))


def too_big(megabytes: int) -> Refused:
    message = _(
        "The file is larger than {megabytes} MB. Take pictures out of it or split the list, "
        "and upload it again."
    )
    return _refused("file_too_big", format_lazy(message, megabytes=megabytes))


def unpacks_too_big() -> Refused:
    return _refused(
        "file_unpacks_too_big",
        _(
            "The file unpacks to far more than a list needs, so it was not opened. "
            "Copy the list into a new workbook and upload that."
        ),
    )


def too_spread_out(last_cell: str) -> Refused:
    message = _(
        "A sheet of the file reaches as far as cell {cell}. Delete the columns and rows "
        "outside your list, save the file and upload it again."
    )
    return _refused("sheet_too_spread_out", format_lazy(message, cell=last_cell))


def protected() -> Refused:
    return _refused(
        "file_protected",
        _(
            "The file is protected by a password. Take the password off in Excel or WPS, "
            "save the file and upload it again."
        ),
    )


def damaged() -> Refused:
    return _refused("file_damaged", _("The file is damaged and cannot be read."), _SAVE_AS)


def web_page() -> Refused:
    return _refused(
        "file_web_page",
        _("Behind its name this file is a web page, as some office systems export them."),
        _SAVE_AS,
    )


def other_format() -> Refused:
    return _refused(
        "file_other_format", _("This file is not an Excel workbook or a CSV file."), _SAVE_AS
    )


def unknown_encoding() -> Refused:
    return _refused("file_encoding", _("The characters of this CSV file cannot be read."), _SAVE_AS)


def broken_quotes(row: int) -> Refused:
    message = _("Row {row} of this CSV file, or one before it, has a quotation mark too many.")
    return _refused("file_quotes", format_lazy(message, row=row), _SAVE_AS)


def no_header(titles: str) -> Refused:
    message = _(
        "No sheet has a row with the column titles among its first 10 rows. "
        "Copy your list into the template, or name the columns: {titles}."
    )
    return _refused("no_header", format_lazy(message, titles=titles))


def no_rows(sheet: str) -> Refused:
    if not sheet:
        return _refused("no_rows", _("There are no rows below the column titles."))
    message = _("On the sheet “{sheet}” there are no rows below the column titles.")
    return _refused("no_rows", format_lazy(message, sheet=sheet))


def too_many_rows(limit: int) -> Refused:
    message = _("The list has more than {limit} rows. Split it into several files.")
    return _refused("too_many_rows", format_lazy(message, limit=f"{limit:,}"))


def _refused(code: str, what: str | Promise, remedy: str | Promise = "") -> Refused:
    sentences = pgettext_lazy("what is wrong, and the remedy", "{what} {remedy}")
    message = format_lazy(sentences, what=what, remedy=remedy) if remedy else what
    return Refused(code, message, FIELD)
