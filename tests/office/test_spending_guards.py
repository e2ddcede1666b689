"""Spending past the actions: each guard and constraint of the database by its name."""

from functools import partial

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity
from diedie_edu.office.actions import closing, commitments
from diedie_edu.office.models import BudgetItem, Commitment, Expense, YearClosing
from tests.support import office as short
from tests.support import spending as shorter
from tests.support.office import NOW, SCHOOL, YEAR
from tests.support.refusals import guard_that_stops, run
from tests.support.spending import enter, promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(lead: User, branch_lead: User) -> BudgetItem:
    return shorter.approved(lead, branch_lead)


def test_what_the_database_holds(item: BudgetItem, lead: User, branch_lead: User) -> None:
    """Each guard and constraint by its name, past the actions."""
    made, one = enter(item, lead), promise(item, lead, 100)
    other = short.add_line(short.begin(short.make_document(year=2027), lead)).item
    tries = {
        "entries_of_spending_stay_as_they_were": _change(Expense, made, amount=1),
        "the_scan_and_the_sign_of_an_entry_stay": _change(Expense, made, reason="x"),
        "an_entry_stands_until_it_is_taken_back": _change(Expense, made, stands=False),
        "entries_of_spending_are_never_deleted": made.delete,
        "promises_stay_as_they_were": _change(Commitment, one, amount=1),
        "promises_are_never_deleted": one.delete,
        "spending_above_its_line_says_why": _twin(made, amount=501, **_other()),
        "a_receipt_is_paid_once": _twin(made),
        "only_an_entry_against_is_below_zero": _twin(made, amount=-1, **_other()),
        "an_entry_against_says_why": _against(made, note=""),
        "an_entry_is_taken_back_once_and_whole": _against(made, amount=-99),
        "an_entry_against_is_of_the_same_line": _against(made, item_id=other.pk),
        "a_payment_is_of_its_promises_line": _twin(
            made, item_id=other.pk, commitment_id=one.pk, reason="x", **_other()
        ),
        "an_invoice_has_its_number": _twin(made, invoice_number="1"),
        "an_expense_has_a_payee": _twin(made, payee="", **_other()),
        "who_approves_neither_handled_nor_witnessed": _twin(made, approver_id=lead.pk, **_other()),
        "a_sign_is_given_for_a_reason": _twin(made, signed_at=NOW, **_other()),
        "a_promise_keeps_the_rest_of_its_line": _twin(one, amount=401),
        "a_promise_says_how_much_to_whom": _twin(one, to_whom=""),
        "a_promise_is_freed_with_a_reason": _twin(one, freed_at=NOW),
    }
    for name, attempt in tries.items():
        assert guard_that_stops(attempt) == name
    commitments.free(commitment=one, reason="x", by=lead, now=NOW)
    assert guard_that_stops(_change(Commitment, one, freed_reason="y")) == "a_promise_is_freed_once"


def test_the_tables_of_money_are_never_emptied(db: None) -> None:
    tables = {
        "entries_of_spending_are_never_emptied": Expense,
        "promises_are_never_emptied": Commitment,
        "closings_are_never_emptied": YearClosing,
    }
    for name, model in tables.items():
        statement = f"TRUNCATE {model._meta.db_table} CASCADE"
        assert guard_that_stops(partial(run, statement)) == name


def test_a_promised_date_is_of_its_activity(
    item: BudgetItem, lead: User, make_lecture: object
) -> None:
    one, other = make_lecture(), make_lecture()
    made = promise(item, lead, 1, activity=Activity.objects.get(pk=one.pk))
    foreign = Activity.objects.get(pk=other.pk).occasions.get().pk
    tries = {
        "a_promised_date_is_of_its_activity": _twin(made, occasion_id=foreign),
        "a_promised_date_is_of_an_activity": _twin(made, occasion_id=foreign, activity_id=None),
    }
    for name, attempt in tries.items():
        assert guard_that_stops(attempt) == name


def test_closings_stay(item: BudgetItem, branch_lead: User) -> None:
    made = closing.close(programme=SCHOOL, year=YEAR, by=branch_lead, now=NOW)
    tries = {
        "a_year_is_closed_once": _twin(made),
        "a_year_is_reopened_with_a_reason": _change(YearClosing, made, reopened_at=NOW),
        "who_closed_a_year_stays_known": _change(YearClosing, made, year=2020),
        "closings_are_never_deleted": made.delete,
    }
    for name, attempt in tries.items():
        assert guard_that_stops(attempt) == name
    closing.reopen(programme=SCHOOL, year=YEAR, reason="漏了。", by=branch_lead, now=NOW)
    assert guard_that_stops(_change(YearClosing, made, reason="y")) == "a_year_is_reopened_once"


def _other() -> dict[str, str]:
    return {"invoice_number": shorter.digital()}


def _change(model: type, row: object, **values: object) -> object:
    return lambda: model.objects.filter(pk=row.pk).update(**values)


def _twin(row: object, **values: object) -> object:
    def insert() -> None:
        made = type(row).objects.get(pk=row.pk)
        made.pk = None
        vars(made).update(values)
        made.save(force_insert=True)

    return insert


def _against(row: Expense, **values: object) -> object:
    given = {"takes_back_id": row.pk, "stands": False, "amount": -row.amount, "note": "x"}
    return _twin(row, **given | values)
