"""How this year's budgets stand, on the desk of the programme office and among what to look at."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.parts import DeskProblems, Panel, Problem
from diedie_edu.common.peeks import Peek
from diedie_edu.office.models import Document, Expense, Work
from diedie_edu.office.queries.balances import Budget, budgets
from diedie_edu.office.queries.spending import WAITS, kept_budgets
from diedie_edu.office.rules.balances import Level

PLACE = 30


def this_years(user: User, now: datetime) -> list[Budget]:
    """The budgets of today that the account keeps."""
    return budgets(kept_budgets(user).filter(pk__in=budgets_of(local_day(now)).values("pk")))


def budgets_of(today: date) -> QuerySet[Document]:
    rows = Document.objects.filter(work=Work.BUDGET, first_day__lte=today, last_day__gte=today)
    return rows.order_by()


def panels(user: User, now: datetime) -> Iterator[Panel]:
    if found := this_years(user, now):
        yield Panel(PLACE, "office/spending_panel.html", {"budgets": found})


def problems(user: User, now: datetime) -> Iterator[Problem]:
    """Lines above their sum or nearly used up."""
    lines = [line for budget in this_years(user, now) for line in budget.warnings]
    above = sum(line.money.level == Level.ABOVE for line in lines)
    if above:
        words = ngettext(
            "%(number)d line of a budget is above its sum.",
            "%(number)d lines of budgets are above their sums.",
            above,
        )
        yield _problem(words % {"number": above}, "brick")
    if near := len(lines) - above:
        words = ngettext(
            "%(number)d line of a budget is nearly used up.",
            "%(number)d lines of budgets are nearly used up.",
            near,
        )
        yield _problem(words % {"number": near})


def unsigned(user: User, now: datetime) -> Iterator[Problem]:
    """Entries that wait for a sign."""
    if number := Expense.objects.filter(WAITS, item__document__in=kept_budgets(user)).count():
        words = ngettext(
            "%(number)d payment waits for the sign of a branch lead.",
            "%(number)d payments wait for the sign of a branch lead.",
            number,
        )
        yield _problem(words % {"number": number})


def _problem(text: str, tone: str = "amber") -> Problem:
    return Problem(PLACE, text, reverse("office:spending_list"), _("See to it"), tone)


PROBLEMS = (
    DeskProblems(problems, (Peek(budgets_of),)),
    DeskProblems(unsigned, (Peek(lambda: Expense.objects.filter(WAITS)),)),
)
