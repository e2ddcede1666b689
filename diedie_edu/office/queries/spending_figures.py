"""How much of the budgets is used, among the figures."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import Permission
from diedie_edu.figures.kinds import Indicator, Sheet, Value, Values, page
from diedie_edu.office.models import Document, Work
from diedie_edu.office.queries.balances import budgets


def used(sheet: Sheet) -> Values:
    """Spent and promised, of what is approved in the budgets of the span."""
    days = {"first_day__lte": sheet.span.last_day, "last_day__gte": sheet.span.first_day}
    found: dict[str, Value] = {}
    for budget in budgets(Document.objects.filter(work=Work.BUDGET, **days)):
        if budget.money.approved:
            value = Value(budget.money.used, budget.money.approved)
            slug = budget.document.programme
            found[slug] = found[slug] + value if slug in found else value
    return found


BUDGET_USE = Indicator(
    slug="budget-use",
    title=_("Budget used"),
    definition=_(
        "Plan 三–六, 预算: what is spent and promised today, of what is approved in the budgets of "
        "that time."
    ),
    unit="",
    place=100,
    of=used,
    is_summed=True,
    is_share=True,
    is_main=True,
    is_standing=True,
    list_url=page(Permission.KEEP_OFFICE, "office:spending_list"),
)
