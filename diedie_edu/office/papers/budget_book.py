"""A budget as a workbook that Excel, WPS and LibreOffice open: numbers are numbers, sums are
formulas with their results stored, so that whoever only reads it sees the sums too."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from diedie_edu.common.money import in_words
from diedie_edu.common.spreadsheets.cells import guarded
from diedie_edu.common.spreadsheets.writer import sheet_title, without_controls
from diedie_edu.office.models import BudgetLine, Version
from diedie_edu.office.rules.budgets import Section

WIDTHS = (6, 14, 34, 9, 7, 12, 14, 18)
LAST = len(WIDTHS) - 1
QUANTITY, PRICE, AMOUNT = 3, 5, 6
FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
CELL = FONT | {"border": 1, "text_wrap": True}
MONEY = CELL | {"num_format": "#,##0.00", "align": "right"}
FORMATS: dict[str, dict[str, Any]] = {
    "title": FONT | {"font_name": "黑体", "font_size": 16, "align": "center"},
    "plain": FONT,
    "head": CELL | {"bold": True, "align": "center", "bg_color": "#F3E7D3"},
    "text": CELL | {"num_format": "@"},
    "centre": CELL | {"align": "center"},
    "number": CELL | {"num_format": "General"},
    "money": MONEY,
    "sum": CELL | {"bold": True, "bg_color": "#FAF4E8"},
    "sum_money": MONEY | {"bold": True, "bg_color": "#FAF4E8"},
}


def write(version: Version, title: str, sections: Sequence[Section]) -> bytes:
    """A sheet of A4 across, whose titles stand on every page."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.calc_on_load = False  # the results stand there: the mark for "to be done" would lie
        _Page(book, sheet_title(title)).fill(version, title, sections)
    return file.getvalue()


class _Page:
    """The one sheet, written from top to bottom; `row` counts from 0."""

    def __init__(self, book: Workbook, name: str) -> None:
        self.sheet = book.add_worksheet(name)
        self.formats = {key: book.add_format(look) for key, look in FORMATS.items()}
        self.row = 0

    def fill(self, version: Version, title: str, sections: Sequence[Section]) -> None:
        self._set_up()
        self._across(title, "title", height=32)
        facts = {"number": version.number, "state": version.get_state_display()}
        self._across(_("Version %(number)s · %(state)s · in yuan") % facts, "plain")
        for column, word in enumerate(titles()):
            self._text(column, word, "head")
        self.sheet.repeat_rows(self.row)
        self.sheet.freeze_panes(self.row + 1, 0)
        self.row += 1
        subtotals = [self._section(section) for section in sections]
        self._sum(_("Total"), "+".join(subtotals) or "0", version.total)
        self._across(_("In words: %(words)s") % {"words": in_words(version.total)}, "plain")
        self.row += 1
        self._across(signatures(), "plain", height=28)
        self.sheet.print_area(0, 0, self.row - 1, LAST)

    def _set_up(self) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C&P / &N")
        for column, width in enumerate(WIDTHS):
            self.sheet.set_column(column, column, width)

    def _section(self, section: Section) -> str:
        """The cell of its subtotal."""
        first = self.row
        for line in section.lines:
            self._line(line)
        label, last = str(section.category.label), self.row - 1
        if last > first:
            self.sheet.merge_range(first, 1, last, 1, clean(label), self.formats["text"])
        else:
            self.sheet.write_string(first, 1, clean(label), self.formats["text"])
        cell = xl_rowcol_to_cell(self.row, AMOUNT)
        self._sum(_("Subtotal"), f"SUM({xl_range(first, AMOUNT, last, AMOUNT)})", section.subtotal)
        return cell

    def _line(self, line: BudgetLine) -> None:
        self.sheet.write_number(self.row, 0, line.position, self.formats["centre"])
        self._text(2, line.title)
        self.sheet.write_number(self.row, QUANTITY, float(line.quantity), self.formats["number"])
        self._text(4, line.unit)
        self.sheet.write_number(self.row, PRICE, float(line.price), self.formats["money"])
        quantity, price = (xl_rowcol_to_cell(self.row, column) for column in (QUANTITY, PRICE))
        self._formula(f"ROUND({quantity}*{price},2)", line.amount, "money")
        self._text(7, line.funds)
        self.row += 1

    def _sum(self, word: str, formula: str, result: Decimal) -> None:
        for column in range(LAST + 1):
            self._text(column, word if column == 0 else "", "sum")
        self._formula(formula, result, "sum_money")
        self.row += 1

    def _formula(self, formula: str, result: Decimal, look: str) -> None:
        cell = (self.row, AMOUNT, f"={formula}", self.formats[look])
        self.sheet.write_formula(*cell, value=float(result))

    def _text(self, column: int, text: str, look: str = "text") -> None:
        self.sheet.write_string(self.row, column, clean(text), self.formats[look])

    def _across(self, text: str, look: str, height: int = 20) -> None:
        self.sheet.set_row(self.row, height)
        self.sheet.merge_range(self.row, 0, self.row, LAST, clean(text), self.formats[look])
        self.row += 1


def clean(text: str) -> str:
    """A text is text whatever it looks like."""
    return guarded(without_controls(text))


def titles() -> tuple[str, ...]:
    return (
        *(
            _("No."),
            pgettext("of money", "Category"),
            pgettext("of money", "What for"),
            _("Quantity"),
        ),
        *(
            pgettext("of a quantity", "Unit"),
            _("Price (yuan)"),
            _("Amount (yuan)"),
            _("Source of funds"),
        ),
    )


def signatures() -> str:
    """Room for whoever signs on paper."""
    words = (
        *(_("Drawn up by"), pgettext("on paper", "Checked by")),
        *(pgettext("on paper", "Approved by"), pgettext("of a signature", "Day")),
    )
    return "　".join(f"{word}：______________" for word in words)
