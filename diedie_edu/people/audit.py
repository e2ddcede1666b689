"""The yearly audit pack: consents in force, withdrawn and erased, and who looked at whom.

Children's rules of 2019 and the audit duty of PIPL art. 54. No child is named: each stands under
its number, which the register answers for as long as the child is in it.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook

from diedie_edu.common.days import moment, moment_text
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.writer import (
    body_cell,
    header_cell,
    lay_out,
    saved,
    sheet_title,
)
from diedie_edu.people.models import ChildAccess, Consent

Row = dict[str, Any]

SUMMARY = (Column("what", ("项目", "What")), Column("number", ("数量", "Number"), CellType.INTEGER))
CONSENTS = (
    Column("number", ("孩子编号", "Number of the child")),
    Column("text", ("同意书版本", "Text")),
    Column("given", ("同意时间", "Given at")),
    Column("way", ("方式", "How")),
    Column("paper", ("纸质件存放处", "Where the paper lies")),
    Column("until", ("有效期至", "Valid until")),
    Column("ended", ("终止时间", "Ended at")),
    Column("ending", ("怎样终止", "How it ended")),
    Column("erased", ("删除时间", "Erased at")),
)
LOOKS = (
    Column("at", ("时间", "When")),
    Column("who", ("查阅人", "Who looked")),
    Column("number", ("孩子编号", "Number of the child")),
    Column("page", ("页面", "Page")),
    Column("reason", ("原因", "Why")),
)


def consents_of(year: int) -> QuerySet[Consent]:
    """Every consent that was in force on a day of the year, or erased in it."""
    start, end = _bounds(year)
    lived = Q(given_at__lt=end) & (Q(ended_at=None) | Q(ended_at__gte=start))
    erased = Q(erased_at__gte=start, erased_at__lt=end)
    return Consent.objects.filter(lived | erased).select_related("text").order_by("given_at", "pk")


def accesses_of(year: int) -> QuerySet[ChildAccess]:
    start, end = _bounds(year)
    looks = ChildAccess.objects.filter(at__gte=start, at__lt=end)
    return looks.select_related("viewer").order_by("at", "pk")


def _bounds(year: int) -> tuple[datetime, datetime]:
    return moment(date(year, 1, 1)), moment(date(year + 1, 1, 1))


def audit_pack(year: int) -> bytes:
    """The year as a workbook of three sheets."""
    consents, looks = list(consents_of(year)), list(accesses_of(year))
    book = Workbook(write_only=True)
    _sheet(book, _("Summary"), SUMMARY, _summary(year, consents, looks))
    _sheet(book, _("Consents"), CONSENTS, map(_consent, consents))
    _sheet(book, _("Who looked"), LOOKS, map(_look, looks))
    return saved(book)


def _sheet(book: Workbook, title: str, columns: tuple[Column, ...], rows: Iterable[Row]) -> None:
    page = book.create_sheet(sheet_title(title))
    page.freeze_panes = "A2"
    lay_out(page, columns)
    page.append([header_cell(page, column.title) for column in columns])
    for row in rows:
        page.append([body_cell(page, column, row[column.code]) for column in columns])


def _summary(year: int, consents: list[Consent], looks: list[ChildAccess]) -> Iterator[Row]:
    _start, end = _bounds(year)
    last_day = date(year, 12, 31)
    in_force = [row for row in consents if row.ended_at is None and row.valid_until >= last_day]
    ended = [row for row in consents if row.ended_at is not None and row.ended_at < end]
    yield {"what": _("Consents in force at the end of the year"), "number": len(in_force)}
    for ending in Consent.Ending:
        number = sum(row.ending == ending for row in ended)
        yield {"what": _("Consents ended: %s") % ending.label, "number": number}
    erased = {row.child_number for row in consents if row.erased_at is not None}
    yield {"what": _("Children erased"), "number": len(erased)}
    yield {"what": _("Looks at children's records"), "number": len(looks)}
    yield {"what": _("People who looked"), "number": len({row.viewer_id for row in looks})}


def _consent(row: Consent) -> Row:
    return {
        "number": row.child_number,
        "text": str(row.text),
        "given": moment_text(row.given_at),
        "way": row.get_way_display(),
        "paper": row.paper_reference,
        "until": f"{row.valid_until:%Y-%m-%d}",
        "ended": moment_text(row.ended_at) if row.ended_at else "",
        "ending": row.get_ending_display(),
        "erased": moment_text(row.erased_at) if row.erased_at else "",
    }


def _look(row: ChildAccess) -> Row:
    return {
        "at": moment_text(row.at),
        "who": row.viewer.display_name,
        "number": row.child_number,
        "page": row.page,
        "reason": row.reason,
    }
