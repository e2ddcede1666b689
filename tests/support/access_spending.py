"""A budget with a payment that waits and a promise, for the walk of `test_access.py`."""

from django.db.models import Model

from diedie_edu.accounts.models import User
from diedie_edu.office.models import BudgetItem, Commitment, Document, Expense, Work
from tests.support import office as short
from tests.support import spending

LINES = ("spending_line", "expense_add", "promise_add")
ENTRIES = ("expense", "expense_take_back", "expense_explain", "expense_scan")
NAMES: dict[str, type[Model]] = {
    **{f"office:{name}": BudgetItem for name in LINES},
    **{f"office:{name}": Expense for name in ENTRIES},
    **{f"office:{name}": Commitment for name in ("promise", "promise_free")},
}
BUDGETS = ("office:spending", "office:year_close", "office:year_reopen")


def make_spending(slug: str, by: User) -> None:
    item = short.add_line(short.begin(short.make_document(programme=slug, year=2021), by)).item
    spending.enter(item, by, reason="预算还没批。")
    approved = short.make_document(programme=slug, year=2022)
    spending.promise(spending.approved(by, spending.branch_lead(), approved), by)


def spending_values(name: str) -> dict[str, object]:
    """What stands in the addresses of spending."""
    if name in BUDGETS:
        return {"pk": Document.objects.get(work=Work.BUDGET, first_day__year=2021).pk}
    return {"pk": NAMES[name]._default_manager.latest("pk").pk} if name in NAMES else {}
