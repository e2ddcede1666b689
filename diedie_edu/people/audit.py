"""The yearly audit pack: consents in force, withdrawn and erased, and who looked at whom.

Children's rules of 2019 and the audit duty of PIPL art. 54. No child is named: each stands under
its number, which the register answers for as long as the child is in it.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from operator import attrgetter, methodcaller
from typing import IO, Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from diedie_edu.common.days import moment, moment_text
from diedie_edu.common.spreadsheets.columns import CellType, Column, values_of
from diedie_edu.common.spreadsheets.outgoing import CHUNK
from diedie_edu.common.spreadsheets.workbooks import Page, save_workbook
from diedie_edu.people.access_pages import page_in_words
from diedie_edu.people.models import ChildAccess, Consent

Row = dict[str, Any]

SUMMARY = (Column("what", "项目 | What"), Column("number", "数量 | Number", CellType.INTEGER))


def _at(name: str) -> Callable[[Any], str]:
    """A moment in words, where there is one."""
    return lambda row: moment_text(at) if (at := attrgetter(name)(row)) else ""


CONSENTS = (
    Column("child_id", "孩子编号 | Number of the child"),
    Column("text", "同意书版本 | Text"),
    Column("given_at", "同意时间 | Given at", value=_at("given_at")),
    Column("way", "方式 | How", value=methodcaller("get_way_display")),
    Column("paper_reference", "纸质件存放处 | Where the paper lies"),
    Column("valid_until", "有效期至 | Valid until"),
    Column("ended_at", "终止时间 | Ended at", value=_at("ended_at")),
    Column("ending", "怎样终止 | How it ended", value=methodcaller("get_ending_display")),
    Column("erased_at", "删除时间 | Erased at", value=_at("child.erased_at")),
)
LOOKS = (
    Column("at", "时间 | When", value=_at("at")),
    Column("viewer", "查阅人 | Who looked", value=lambda row: str(row.viewer)),
    Column("child_number", "孩子编号 | Number of the child"),
    Column("page", "页面 | Page", value=lambda row: page_in_words(row.page)),
    Column("is_refused", "被拒绝 | Refused", CellType.BOOLEAN),
    Column("reason", "原因 | Why"),
)


def consents_of(year: int) -> QuerySet[Consent]:
    """Every consent that was in force on a day of the year, or erased in it."""
    start, end = _bounds(year)
    lived = Q(given_at__lt=end) & (Q(ended_at=None) | Q(ended_at__gte=start))
    erased = Q(child__erased_at__gte=start, child__erased_at__lt=end)
    return (
        Consent.objects.filter(lived | erased)
        .select_related("text", "child")
        .order_by("given_at", "pk")
    )


def accesses_of(year: int) -> QuerySet[ChildAccess]:
    start, end = _bounds(year)
    looks = ChildAccess.objects.filter(at__gte=start, at__lt=end)
    return looks.select_related("viewer").order_by("at", "pk")


def _bounds(year: int) -> tuple[datetime, datetime]:
    return moment(date(year, 1, 1)), moment(date(year + 1, 1, 1))


@transaction.atomic  # one state of the register, and the database's cursor
def save_pack(file: IO[bytes], year: int) -> None:
    """The year as a workbook of three sheets."""
    consents, looks = list(consents_of(year)), accesses_of(year)
    save_workbook(
        file,
        Page(_("Summary"), SUMMARY, _summary(year, consents, looks)),
        Page(_("Consents"), CONSENTS, values_of(CONSENTS, consents)),
        Page(_("Who looked"), LOOKS, values_of(LOOKS, looks.iterator(CHUNK))),
    )


def _summary(year: int, consents: list[Consent], looks: QuerySet[ChildAccess]) -> Iterator[Row]:
    _start, end = _bounds(year)
    last_day = date(year, 12, 31)
    in_force = [row for row in consents if row.ended_at is None and row.valid_until >= last_day]
    ended = [row for row in consents if row.ended_at is not None and row.ended_at < end]
    yield {"what": _("Consents in force at the end of the year"), "number": len(in_force)}
    for ending in Consent.Ending:
        number = sum(row.ending == ending for row in ended)
        yield {"what": _("Consents ended: %s") % ending.label, "number": number}
    erased = {row.child_id for row in consents if row.child.erased_at is not None}
    viewers = looks.order_by().values("viewer").distinct()
    yield {"what": _("Children erased"), "number": len(erased)}
    yield {"what": _("Looks at children's records"), "number": looks.count()}
    yield {"what": _("People who looked"), "number": viewers.count()}
