"""Grants as a list: out to whoever pays them, back with the day of each payment. Each row goes
through the action behind the page's button, so nobody is paid twice."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import covered, name_key
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.plans import Entry, RowByRow
from edu_base.actions import grants
from edu_base.actions.grants import Told
from edu_base.models import Award, Fact, GrantFact
from edu_base.models.schemes import PROGRAMME
from edu_base.rules.grants import name_of

MOST_ROWS = 500


def columns(_today: date) -> list[Column]:
    return [
        Column(
            "number",
            "助学金编号 | No. of the award",
            CellType.INTEGER,
            required=True,
            value=attrgetter("pk"),
            example=12,
        ),
        Column(
            "full_name",
            "姓名 | Full name | 学生姓名 | 受助人 | 受助人姓名 | 领款人",
            required=True,
            value=name_of,
            covered=covered,
            example="王小明",
        ),
        Column("fund", "助学金 | Grant", value=attrgetter("fund.title_zh"), is_read=False),
        Column("year", "年度 | Year", value=attrgetter("fund.year"), is_read=False),
        Column(
            "amount",
            "金额（元） | Amount in yuan | 发放金额 | 助学金金额",
            CellType.AMOUNT,
            help=_("As it was exported; another amount is refused."),
            example=Decimal("3000.00"),
        ),
        Column(
            "paid_on",
            "发放日期 | Paid on | 发放时间 | 付款日期 | 支付日期",
            CellType.DATE,
            help=_("Empty: not paid yet."),
            example=date(2026, 9, 20),
        ),
        Column(
            "note", "凭证号 | Voucher | 凭证编号 | 凭证号码", max_length=120, example="记字 8 号"
        ),
    ]


def awards_to_list(user: User, today: date) -> QuerySet[Award]:
    """Those that stand, the newest fund first."""
    payment = GrantFact.objects.filter(award=OuterRef("pk"), fact=Fact.PAID, stands=True)
    rows = Award.objects.filter(stands=True).annotate(
        paid_on=Subquery(payment.values("on")), note=Subquery(payment.values("note"))
    )
    about = rows.select_related("fund", "application__person")
    return about.order_by("-fund__year", "fund", "application__person__sort_key", "pk")


@dataclass
class PaymentEntry(Entry):
    award: Any = None


class PaymentsPlan(RowByRow):
    """An award is known by its number, and its name says that the number is right. The same day
    and voucher again is the same payment; anything else would be a second one."""

    def prepare(self) -> None:
        numbers = {row.values["number"] for row in self.table.rows}
        found = awards_to_list(self.by, self.now.date()).filter(pk__in=numbers)
        self.awards: dict[int, Any] = {row.pk: row for row in found}

    def shown(self, entry: PaymentEntry) -> tuple[str, str]:
        return covered(name_of(entry.award)), f"{entry.award.fund.title} {entry.award.fund.year}"

    def entry(self, row: Row) -> PaymentEntry:
        values = row.values
        self.check_alone(row, values["number"], _TWIN, "number")
        found = self.awards.get(values["number"])
        if found is None or not _is_named(found, values["full_name"]):
            raise Refused("unknown", _UNKNOWN, "number")
        if values.get("amount") not in (None, "", found.amount):
            raise Refused("other_amount", _OTHER_AMOUNT, "amount")
        told = values.get("paid_on"), values.get("note") or ""
        is_new = told[0] is not None and told != (found.paid_on, found.note or "")
        return PaymentEntry(row, is_new, award=found)

    def carry_out(self, entry: PaymentEntry, by: User, now: datetime) -> None:
        values = entry.row.values
        told = Told(values["paid_on"], values.get("note") or "")
        grants.record(awards=[entry.award], fact=Fact.PAID, told=told, by=by, now=now)


def _is_named(award: Award, name: str) -> bool:
    own = name_of(award)
    return name == covered(own) or name_key(name) == name_key(own)


_TWIN = _("Row {row} is about the same award. Keep only one of the two rows.")
_UNKNOWN = _("There is no award with this number and name. Take both from the exported list.")
_OTHER_AMOUNT = _("Another amount was awarded. Please ask who has written this.")

PAYMENTS_LIST = ListKind(
    slug="grants",
    title=_("Grants and their payment"),
    permission=Permission.KEEP_APPLICANTS,
    programme=PROGRAMME,
    columns=columns,
    rows=awards_to_list,
    plan=PaymentsPlan,
    headings=(_("Person"), _("Grant")),
    seen_at="edu_base:fund_list",
    max_rows=MOST_ROWS,
)
