"""This year's spending in the demo season: every line partly used, one nearly used up, one above
its sum and waiting for a sign, and what is promised for the weeks ahead."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.days import local_day
from diedie_edu.office.actions import commitments, spending
from diedie_edu.office.actions.commitments import Promised
from diedie_edu.office.actions.spending import Paid
from diedie_edu.office.demo.budgets import lead_of
from diedie_edu.office.models import BudgetItem, Category, Document, Expense, Work
from diedie_edu.office.queries.balances import Budget, LineBalance, budgets
from diedie_edu.programmes.demo import Cast, DemoSeason

PAYEES = {
    Category.VENUE: "社区物业服务中心",
    Category.SPEAKER: "授课老师（签领单）",
    Category.MATERIALS: "里水华文文具店",
    Category.PUBLICITY: "南海快印图文社",
    Category.GRANTS: "和顺群众文艺队",
    Category.OTHER: "里水惠民便利店",
}
# How much of each line is paid, in this order; the one of each budget that is nearly used up last.
PARTS = ("0.30", "0.45", "0.25", "0.40")
NEARLY, PAYMENTS = Decimal("0.86"), 2
TO_COME, ABOVE = Decimal("0.10"), Decimal(120)


def play(cast: Cast, now: datetime) -> bool:
    """Once, where budgets of this year are in force."""
    day = local_day(now)
    rows = Document.objects.filter(work=Work.BUDGET, first_day__year=day.year)
    found = [one for one in budgets(rows) if one.money.approved]
    if not found or Expense.objects.exists():
        return False
    numbers = count(1)
    for number, budget in enumerate(found):
        Stage(budget, cast.staff, now, numbers).play(is_first=number == 0)
    return True


class Stage:
    """Who enters the money of one budget."""

    def __init__(self, budget: Budget, staff: User, now: datetime, numbers: "count[int]") -> None:
        self.budget, self.staff, self.now, self.numbers = budget, staff, now, numbers
        self.lead = lead_of(budget.document.programme)
        others = accounts_with(Permission.REVIEW_OFFICE).exclude(pk__in=[self.lead.pk, staff.pk])
        self.approver = others.first()

    def play(self, *, is_first: bool) -> None:
        if self.approver is None:
            return
        lines = self.budget.lines
        for line, part in zip(lines, PARTS * len(lines), strict=False):
            self.pay(line, NEARLY if line == lines[-1] else Decimal(part))
        self.promise(lines[0])
        if is_first:
            rest = lines[-1].money.approved * (1 - NEARLY)
            self.enter(lines[-1], rest + ABOVE, "天气热，用得比预算多，先买了一批。")

    def pay(self, line: LineBalance, part: Decimal) -> None:
        for _payment in range(PAYMENTS):
            self.enter(line, (line.money.approved * part / PAYMENTS).quantize(Decimal(1)))

    def enter(self, line: LineBalance, amount: Decimal, reason: str = "") -> None:
        assert self.approver is not None  # or nothing is played
        number, receipt = next(self.numbers), Expense.Receipt.DIGITAL
        is_list = line.category == Category.SPEAKER
        paid = Paid(
            paid_on=local_day(self.now - timedelta(days=3 + 5 * number % 150)),
            payee=PAYEES[Category(line.category)],
            amount=amount,
            receipt=Expense.Receipt.OTHER if is_list else receipt,
            invoice_number="" if is_list else f"2644{number:016}",
            handled_by=self.lead,
            witness=self.staff,
            approver=self.approver,
            reason=reason,
        )
        item = BudgetItem.objects.get(pk=line.item)
        spending.enter(item=item, paid=paid, by=self.lead, now=self.now)

    def promise(self, line: LineBalance) -> None:
        """A tenth of a line, for what comes in three weeks."""
        promised = Promised(
            to_whom=PAYEES[Category(line.category)],
            what_for="下月活动",
            amount=(line.money.approved * TO_COME).quantize(Decimal(1)),
            expected_on=local_day(self.now) + timedelta(days=21),
        )
        item = BudgetItem.objects.get(pk=line.item)
        commitments.promise(item=item, promised=promised, by=self.lead, now=self.now)


SEASON = DemoSeason(play)
