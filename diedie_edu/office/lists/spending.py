"""What was paid as a list: out for the books, in from the sheet that was kept so far. Each row goes
through the action behind the page's form, so no receipt is paid twice."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.belonging import within
from diedie_edu.common.errors import Refused
from diedie_edu.common.manifests import programmes
from diedie_edu.common.spreadsheets.columns import CellType, Column, comparable
from diedie_edu.common.spreadsheets.known import Known
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.plans import Entry, RowByRow
from diedie_edu.office.actions import spending
from diedie_edu.office.actions.spending import Paid
from diedie_edu.office.models import BudgetItem, Expense
from diedie_edu.office.queries.balances import budgets
from diedie_edu.office.queries.spending import kept_budgets, titled
from diedie_edu.office.rules.spending import plain_number

MOST_ROWS = 500
RECEIPTS = {
    Expense.Receipt.DIGITAL: "数电票 | digital invoice",
    Expense.Receipt.INVOICE: "发票 | invoice with code and number",
    Expense.Receipt.OTHER: "其他 | another receipt | 收据 | 签领单",
}


def columns(_today: date) -> list[Column]:
    return [
        Column(
            "number",
            "编号 | No.",
            CellType.INTEGER,
            value=attrgetter("pk"),
            help=_("Only from an exported list. Leave it empty for what is new."),
        ),
        *_of_line(),
        Column(
            "paid_on",
            "付款日期 | Paid on | 支付日期 | 日期 | 支出日期 | 报销日期 | 付款时间",
            CellType.DATE,
            required=True,
        ),
        Column(
            "payee",
            "收款人 | Paid to | 收款单位 | 收款方 | 收款人或单位 | 领款人",
            required=True,
            max_length=60,
        ),
        Column(
            "amount",
            "金额（元） | Sum in yuan | 付款金额 | 支出金额 | 支付金额 | 报销金额",
            CellType.AMOUNT,
            required=True,
            example=300,
        ),
        *_of_receipt(),
        *(_person(code, titles) for code, titles in PEOPLE.items()),
        Column("note", "备注 | Note | 说明 | 摘要", max_length=200),
        Column(
            "reason",
            "超出或先付的原因 | Why above the line, or before approval",
            max_length=200,
        ),
        Column("state", "状态 | State", value=state_of, is_read=False),
    ]


PEOPLE = {
    "handled_by": "经手人 | Handled by | 经办人",
    "witness": "证明人 | Witness",
    "approver": "审批人 | Approved for payment by | 批准人",
}


def _of_line() -> list[Column]:
    return [
        Column(
            "programme",
            "项目 | Programme | 项目名称 | 所属项目",
            required=True,
            fills_down=True,
            value=attrgetter("item.document.programme_title"),
        ),
        Column(
            "year",
            "年度 | Year | 年份",
            CellType.INTEGER,
            required=True,
            fills_down=True,
            value=attrgetter("item.document.year"),
            example=2026,
        ),
        Column(
            "title",
            "预算明细 | Line of the budget | 预算项目 | 支出项目 | 明细",
            required=True,
            fills_down=True,
            help=_("As it is called in the budget."),
        ),
    ]


def _of_receipt() -> list[Column]:
    as_text = _("Set the column to “Text” before you type.")
    return [
        Column(
            "receipt",
            "票据 | Receipt | 票据类型 | 票据种类 | 凭证类型",
            CellType.CHOICE,
            required=True,
            choices=RECEIPTS,
        ),
        Column("invoice_code", "发票代码 | Invoice code", clean=plain_number, help=as_text),
        Column(
            "invoice_number",
            "发票号码 | Invoice number | 发票号 | 票据号码 | 票号",
            clean=plain_number,
            help=as_text,
        ),
    ]


def _person(code: str, titles: str) -> Column:
    accounts = Known(code, accounts_with(Permission.KEEP_OFFICE), _named, _NOBODY)
    return Column(code, titles, required=True, clean=accounts.one)


def _named(account: User) -> list[str]:
    return [account.display_name]


def state_of(row: Expense) -> str:
    states = {
        _TAKES_BACK: row.takes_back_id is not None,
        _TAKEN_BACK: not row.stands,
        _WAITS: row.waits,
    }
    return str(next((words for words, is_so in states.items() if is_so), ""))


def spending_to_list(user: User, _today: date) -> QuerySet[Expense]:
    """All entries of the budgets whose spending the reader keeps, the last first."""
    rows = titled(within(Expense.objects, user.scopes(Permission.KEEP_OFFICE)))
    return rows.order_by("-paid_on", "-pk")


@dataclass
class ExpenseEntry(Entry):
    item: BudgetItem | None = None


class SpendingPlan(RowByRow):
    """A row with a number is an entry that is here, and stays as it is. The others are new: one
    that looks like an entry or a row before it is refused."""

    def prepare(self) -> None:
        numbers = {number for row in self.table.rows if (number := row.values.get("number"))}
        rows = within(Expense.objects, self.by.scopes(Permission.KEEP_OFFICE))
        self.here = set(rows.filter(pk__in=numbers).values_list("pk", flat=True))
        days = {row.values["paid_on"] for row in self.table.rows}
        alike = rows.filter(paid_on__in=days, stands=True)
        self.known = set(alike.values_list("item", "paid_on", "payee", "amount", "invoice_number"))
        self.lines = _lines(self.by)

    def shown(self, entry: ExpenseEntry) -> tuple[str, str]:
        values = entry.row.values
        return f"{values['payee']} {values['amount']}", f"{values['title']} {values['paid_on']}"

    def entry(self, row: Row) -> ExpenseEntry:
        values = row.values
        if number := values.get("number"):
            if number not in self.here:
                raise Refused("unknown", _UNKNOWN, "number")
            return ExpenseEntry(row, False)
        item = self.lines.get(_key(values["programme"], values["year"], values["title"]))
        if item is None:
            raise Refused("no_line", _NO_LINE, "title")
        told = (item, *(values[name] for name in ("paid_on", "payee", "amount")))
        receipt = values.get("invoice_number") or ""
        self.check_alone(row, receipt or told, _TWIN, "invoice_number")
        if (*told, receipt) in self.known:
            raise Refused("paid_before", _THERE, "payee")
        return ExpenseEntry(row, True, item=BudgetItem.objects.get(pk=item))

    def carry_out(self, entry: ExpenseEntry, by: User, now: datetime) -> None:
        values = entry.row.values
        told: dict[str, Any] = {one.name: values.get(one.name) or "" for one in fields(Paid)}
        assert entry.item is not None  # or the row had been refused
        spending.enter(item=entry.item, paid=Paid(**told), by=by, now=now)


def _lines(user: User) -> dict[tuple[str, int, str], int]:
    """The items of the reader's budgets by programme, year and what they are called."""
    found: dict[tuple[str, int, str], int] = {}
    for budget in budgets(kept_budgets(user)):
        document = budget.document
        names = _names(document.programme)
        for line in budget.lines:
            found |= {_key(name, document.year, line.title): line.item for name in names}
    return found


def _names(programme: str) -> list[str]:
    """What a programme is called, in every language."""
    names = [programme]
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            names.append(str(programmes()[programme].title))
    return names


def _key(programme: str, year: int, title: str) -> tuple[str, int, str]:
    return comparable(programme), year, comparable(title)


_TAKES_BACK, _TAKEN_BACK = _("takes back"), _("taken back")
_WAITS = _("waits for the sign")
_NOBODY = _("Nobody of this name keeps the office of a programme. Correct the name.")
_UNKNOWN = _("There is no entry with this number. Take it from the exported list.")
_NO_LINE = _("No budget that you keep has this line. Correct programme, year or line.")
_TWIN = _("Row {row} is about the same receipt. Keep only one of the two rows.")
_THERE = _("This payment has been entered already.")

SPENDING_LIST = ListKind(
    slug="spending",
    title=_("Spending on budgets"),
    permission=Permission.KEEP_OFFICE,
    columns=columns,
    rows=spending_to_list,
    plan=SpendingPlan,
    headings=(_("Paid to"), _("Line and day")),
    seen_at="office:spending_list",
    sees_whole=lambda _user: True,
    max_rows=MOST_ROWS,
)
