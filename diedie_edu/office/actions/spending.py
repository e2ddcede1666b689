"""Entering what was paid; taking an entry back by one against it.

Lock order: the budget (a document) → its entries → the request for a sign.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.documents import read_document
from diedie_edu.common.errors import Refused, constraint_of
from diedie_edu.decisions.actions import requests
from diedie_edu.files.actions import store
from diedie_edu.files.models import StoredFile
from diedie_edu.files.rules import check_size
from diedie_edu.office.actions.drafts import lock_document, note_author
from diedie_edu.office.actions.signing import SIGN, ask_for_sign
from diedie_edu.office.models import BudgetItem, Commitment, Document, Expense
from diedie_edu.office.models.expenses import ONCE
from diedie_edu.office.queries import spending as queries
from diedie_edu.office.queries.balances import budget
from diedie_edu.office.rules import spending as rules

SCAN = "receipt"  # kind of file


@dataclass(frozen=True)
class Paid:
    """What staff say of a payment; `reason` where it is above the line or before approval."""

    paid_on: date
    payee: str
    amount: Decimal
    receipt: str
    handled_by: User
    witness: User
    approver: User
    invoice_code: str = ""
    invoice_number: str = ""
    note: str = ""
    reason: str = ""

    def with_plain_numbers(self) -> "Paid":
        code, number = map(rules.plain_number, (self.invoice_code, self.invoice_number))
        return replace(self, invoice_code=code, invoice_number=number)


@transaction.atomic
def enter(
    *,
    item: BudgetItem,
    paid: Paid,
    by: User,
    now: datetime,
    promise: Commitment | None = None,
    scan: bytes = b"",
) -> Expense:
    """Enter a payment on a line, of what was promised where `promise` is given. It always counts;
    above the rest of the line, or before approval, it waits for the sign of a branch lead.

    Raises `Refused`: `closed`, `wrong_number`, `own_payment`, `no_amount`, `ahead`, `above`,
    `paid_before` (a receipt that is paid already), and as a file does that is none.
    """
    document = open_budget(item)
    paid = paid.with_plain_numbers()
    _check(paid, local_day(now))
    _check_is_new(paid, by)
    reason = _reason(document, item, paid, promise)
    made = Expense(
        **vars(replace(paid, reason=reason)),
        item=item,
        commitment=promise,
        scan=_keep_scan(scan, paid.payee, by, now),
        entered_by=by,
        entered_at=now,
    )
    _save(made, by)
    note_author(document=document, by=by, now=now)
    if reason:
        ask_for_sign(expense=made, by=by, now=now)
    return made


def open_budget(item: BudgetItem) -> Document:
    """The locked budget of an item, in a year that takes entries. Raises `Refused` (`closed`)."""
    document = lock_document(item.document_id)
    closed = queries.is_closed(document.programme, document.year)
    rules.check_is_open(is_closed=closed, year=document.year)
    return document


def check_year_is_open(item: int | None) -> None:
    """Whether what is kept elsewhere still counts on an item (its number); its budget is locked.
    Raises `Refused` (`closed`)."""
    if item is not None:
        open_budget(BudgetItem.objects.get(pk=item))


def _check(paid: Paid, today: date) -> None:
    rules.check_paid(paid.paid_on, paid.amount, today)
    rules.check_receipt(paid.receipt, paid.invoice_code, paid.invoice_number)
    rules.check_people(paid.handled_by.pk, paid.witness.pk, paid.approver.pk)


def _reason(document: Document, item: BudgetItem, paid: Paid, promise: Commitment | None) -> str:
    """Why more is paid than is left; empty where it is not."""
    line = budget(document).line(item.pk)
    found = queries.standing(queries.promises()).filter(pk=promise.pk).first() if promise else None
    if not rules.needs_sign(line.money, paid.amount, found.open if found else Decimal(0)):
        return ""
    rules.check_reason(paid.reason, is_approved=line.is_approved, rest=line.money.rest)
    return paid.reason.strip()


def _check_is_new(paid: Paid, by: User) -> None:
    if paid.receipt == Expense.Receipt.OTHER:
        return
    if found := queries.of_receipt(paid.invoice_code, paid.invoice_number):
        raise _paid_before(found, by)


def _paid_before(found: Expense | None, by: User) -> Refused:
    """Where it stands is said to those alone who may see it."""
    words = _("This receipt has been paid already, in another programme. Nothing is paid twice.")
    if found and by.may(Permission.KEEP_OFFICE, found.item.document.programme):
        where = {"budget": found.item.document, "entry": found}
        words = _("This receipt has been paid already: %(budget)s, %(entry)s.") % where
    return Refused("paid_before", words, "invoice_number")


def _save(made: Expense, by: User) -> None:
    """Say in words what the database refuses."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        if constraint_of(error) != ONCE:
            raise
        found = queries.of_receipt(made.invoice_code, made.invoice_number)
        raise _paid_before(found, by) from error


def _keep_scan(data: bytes, title: str, by: User, now: datetime) -> StoredFile | None:
    if not data:
        return None
    check_size(len(data), settings.MATERIAL_MEGABYTES)
    document = read_document(data)
    return store.keep_document(document=document, kind=SCAN, title=title, by=by, now=now)


@transaction.atomic
def add_scan(*, expense: Expense, scan: bytes, by: User, now: datetime) -> None:
    """The scan of an entry that came without one. Raises `Refused` (`has_scan`, `closed`)."""
    open_budget(expense.item)
    expense.refresh_from_db()
    if expense.scan_id:
        raise Refused("has_scan", _("This entry has its scan already."))
    expense.scan = _keep_scan(scan, expense.payee, by, now)
    expense.save(update_fields=["scan"])


@transaction.atomic
def take_back(*, expense: Expense, reason: str, by: User, now: datetime) -> Expense:
    """Enter against a payment that it does not hold; both entries stay.

    Raises `Refused` (`closed`, `no_reason`, `taken_back`).
    """
    document = open_budget(expense.item)
    locked = Expense.objects.select_for_update().get(pk=expense.pk)
    rules.check_may_take_back(locked, reason)
    made = Expense.objects.create(
        **{name: getattr(locked, name) for name in _REPEATED},
        amount=-locked.amount,
        note=reason.strip(),
        entered_by=by,
        entered_at=now,
        takes_back=locked,
        stands=False,
    )
    note_author(document=document, by=by, now=now)
    requests.end(kind=SIGN, subject=locked.pk, now=now)
    return made


_REPEATED = (
    *("item_id", "commitment_id", "paid_on", "payee", "receipt", "invoice_code", "invoice_number"),
    *("handled_by_id", "witness_id", "approver_id"),
)
