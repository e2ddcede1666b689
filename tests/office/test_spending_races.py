"""Several people enter money at the same moment; each guard has its negative control."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import constraint_of
from diedie_edu.office.models import BudgetItem, Expense, Version, YearClosing
from diedie_edu.office.models.expenses import ONCE
from diedie_edu.office.queries import spending as queries
from tests.support import office as short
from tests.support import spending as shorter
from tests.support.office import NOW, SCHOOL, YEAR
from tests.support.races import all_look_first, constraint_dropped, meanwhile, together, trigger_off
from tests.support.refusals import code_of
from tests.support.spending import digital, enter, money

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def item(lead: User, branch_lead: User) -> BudgetItem:
    return shorter.approved(lead, branch_lead)


@pytest.fixture
def both(item: BudgetItem, lead: User, branch_lead: User) -> list[Callable[[], object]]:
    """Two programmes that pay the same receipt."""
    square = shorter.person("happy-square")
    other = shorter.approved(square, branch_lead, short.make_document(programme="happy-square"))
    number, approver = digital(), shorter.person()
    return [
        partial(enter, row, by, invoice_number=number, approver=approver)
        for row, by in ((item, lead), (other, square))
    ]


def test_two_programmes_do_not_pay_one_receipt(
    both: list[Callable[[], object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    all_look_first(monkeypatch, queries, "of_receipt", 2)
    answers = together(*[partial(code_of, one) for one in both])
    assert sorted(map(str, answers)) == ["None", "paid_before"]
    assert Expense.objects.count() == 1


def test_control_without_the_constraint_both_pay(
    both: list[Callable[[], object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    all_look_first(monkeypatch, queries, "of_receipt", 2)
    kept = trigger_off(Expense, "entries_of_spending_are_never_deleted")
    with kept, constraint_dropped(Expense, ONCE):
        assert together(*[partial(code_of, one) for one in both]) == [None, None]
        assert Expense.objects.count() == 2


@pytest.fixture
def lower(item: BudgetItem, lead: User) -> Version:
    """A version that waits, with 100 yuan where 600 are approved."""
    version = short.begin(item.document, lead)
    Version.objects.filter(pk=version.pk).update(reason="调剂。")
    version.budgetline_rows.update(price=50)
    short.submit(version, lead)
    return version


def in_force(version: Version, by: User) -> str:
    """Past the actions and their locks; the name of the guard that says no."""
    given = {"state": "approved", "approved_by": by, "approved_at": NOW}
    try:
        with transaction.atomic():
            version.document.versions.filter(state="approved").update(state="superseded")
            Version.objects.filter(pk=version.pk).update(**given)
    except IntegrityError as error:
        return constraint_of(error)
    return ""


def approved_while_paid(item: BudgetItem, version: Version, lead: User, by: User) -> str:
    """200 yuan are being entered when a version with 100 is approved."""
    made = enter(item, lead)
    with transaction.atomic():
        made.pk, made.amount, made.invoice_number = None, 200, digital()
        made.save(force_insert=True)
        approval = meanwhile(partial(in_force, version, by))
    return approval.result()


def test_no_version_is_approved_below_what_is_being_entered(
    item: BudgetItem, lower: Version, lead: User, branch_lead: User
) -> None:
    name = approved_while_paid(item, lower, lead, branch_lead)
    assert name == "a_version_covers_what_is_spent_and_promised"


def test_control_without_the_guard_it_is_approved(
    item: BudgetItem, lower: Version, lead: User, branch_lead: User
) -> None:
    with trigger_off(Version, "a_version_covers_what_is_spent_and_promised"):
        assert approved_while_paid(item, lower, lead, branch_lead) == ""
    assert money(item).rest < 0


def test_what_is_entered_during_an_approval_counts_on_the_new_version(
    item: BudgetItem, lower: Version, lead: User, branch_lead: User
) -> None:
    approver = shorter.person()
    enter(item, lead, amount=50, approver=approver)
    with transaction.atomic():
        short.decide(lower, branch_lead)
        entry = meanwhile(partial(code_of, partial(enter, item, lead, approver=approver)))
    assert entry.result() == "above"


def entered_while_closed(item: BudgetItem, lead: User, by: User) -> str:
    """An entry, past the actions, while the year is being closed."""
    made = enter(item, lead)

    def insert() -> str:
        made.pk, made.invoice_number = None, digital()
        try:
            made.save(force_insert=True)
        except IntegrityError as error:
            return constraint_of(error)
        return ""

    with transaction.atomic():
        YearClosing.objects.create(programme=SCHOOL, year=YEAR, closed_by=by, closed_at=NOW)
        entry = meanwhile(insert)
    return entry.result()


def test_a_year_that_is_being_closed_takes_no_entry(
    item: BudgetItem, lead: User, branch_lead: User
) -> None:
    assert entered_while_closed(item, lead, branch_lead) == "a_closed_year_takes_no_entry"


def test_control_where_closing_does_not_wait_an_entry_slips_in(
    item: BudgetItem, lead: User, branch_lead: User
) -> None:
    with trigger_off(YearClosing, "closing_a_year_waits_for_its_entries"):
        assert entered_while_closed(item, lead, branch_lead) == ""
