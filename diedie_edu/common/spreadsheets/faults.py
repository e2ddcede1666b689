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


# Why a whole file is sent back: one sentence what it is, one what to do.
OF_FILE = {
    "file_empty": _("The file is empty. Choose the file that holds your list."),
    "file_too_big": _(
        "The file is larger than {megabytes} MB. Take pictures out of it or split the list, "
        "and upload it again."
    ),
    "file_unpacks_too_big": _(
        "The file unpacks to far more than a list needs, so it was not opened. "
        "Copy the list into a new workbook and upload that."
    ),
    "sheet_too_spread_out": _(
        "A sheet of the file reaches as far as cell {cell}. Delete the columns and rows "
        "outside your list, save the file and upload it again."
    ),
    "file_protected": _(
        "The file is protected by a password. Take the password off in Excel or WPS, "
        "save the file and upload it again."
    ),
    "no_header": _(
        "No sheet has a row with the column titles among its first 10 rows. "
        "Copy your list into the template, or name the columns: {titles}."
    ),
    "no_rows_in_csv": _("There are no rows below the column titles."),
    "no_rows": _("On the sheet “{sheet}” there are no rows below the column titles."),
    "file_mixed": _(
        "Row {row} of this CSV file is in another encoding than the rest, so its characters would "
        "come out wrong. Copy the list into one workbook, read it over, and upload that."
    ),
    "list_is_hidden": _(
        "No visible sheet holds the list, and these sheets are hidden in the file: {sheets}. Show "
        "the sheet with the list, save the file and upload it again."
    ),
    "file_word": _(
        "This is a text document, as Word or WPS writes it. Copy its table into the template, and "
        "upload that."
    ),
    "file_slides": _(
        "These are slides, as PowerPoint or WPS makes them. Copy the list into the template, and "
        "upload that."
    ),
    "file_pdf": _(
        "This is a PDF, from which no list can be read safely. Ask for the workbook it was made "
        "from, or fill in the template."
    ),
    "file_picture": _(
        "This is a picture, from which no list can be read safely. Ask for the workbook, or fill "
        "in the template."
    ),
    "file_numbers": _(
        "This is a document of Apple Numbers. Export it there as an Excel workbook, and upload "
        "that."
    ),
    "file_archive": _(
        "This is a packed folder. Unpack it, and upload the list that lies in it by itself."
    ),
    "too_many_rows": _("The list has more than {limit} rows. Split it into several files."),
}
CURED_BY_SAVING = {
    "file_damaged": _("The file is damaged and cannot be read."),
    "file_web_page": _(
        "Behind its name this file is a web page, as some office systems export them."
    ),
    "file_xml_table": _("Behind its name this file is an Excel 2003 XML table."),
    "file_of_1995": _("This workbook is in the format of Excel 95 or older."),
    "file_binary_workbook": _("This is a binary Excel workbook (.xlsb)."),
    "file_open_document": _("This is an OpenDocument table (.ods), as LibreOffice saves it."),
    "file_other_format": _("This file is not an Excel workbook or a CSV file."),
    "file_encoding": _("The characters of this CSV file cannot be read."),
    "file_quotes": _(
        "Row {row} of this CSV file, or one before it, has a quotation mark too many."
    ),
}
_SAVE_AS = _(
    "Open it in Excel or WPS, choose “Save as”, type “Excel workbook (.xlsx)”, "
    "and upload the new file."
)


def refused(code: str, **words: object) -> Refused:
    """A file that is no list; `words` are those of its sentence."""
    if code in OF_FILE:
        return Refused(code, format_lazy(OF_FILE[code], **words), FIELD)
    sentences = pgettext_lazy("what is wrong, and the remedy", "{what} {remedy}")
    what = format_lazy(CURED_BY_SAVING[code], **words)
    return Refused(code, format_lazy(sentences, what=what, remedy=_SAVE_AS), FIELD)
