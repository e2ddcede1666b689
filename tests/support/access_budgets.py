"""Budgets for the walk of `test_access.py`: an approved one, and a draft."""

from diedie_edu.accounts.models import User
from diedie_edu.office.models import State, Version, Work
from tests.support import office as short

OF_DRAFTS = {f"office:{name}" for name in ("budget", "budget_copy", "budget_upload")}
OF_APPROVED = {f"office:{name}" for name in ("budget_reallocate", "budget_paper")} | {
    "office:budget_workbook"
}


def make_budgets(slug: str, by: User) -> None:
    """Of a year that nothing else is about."""
    approved = short.begin(short.make_document(programme=slug, year=2019), by)
    short.add_line(approved)
    short.submit(approved, by)
    Version.objects.filter(pk=approved.pk).update(
        state=State.APPROVED, approved_by=make_approver(by), approved_at=short.NOW
    )
    short.begin(short.make_document(programme=slug, year=2020), by)


def make_approver(by: User) -> User:
    return User.objects.exclude(pk=by.pk).earliest("pk")


def budget_values(name: str) -> dict[str, object]:
    """What stands in the addresses of budgets."""
    if name not in OF_DRAFTS | OF_APPROVED:
        return {}
    year = 2020 if name in OF_DRAFTS else 2019
    of_budgets = Version.objects.filter(document__work=Work.BUDGET)
    return {"pk": of_budgets.get(document__first_day__year=year).pk}
