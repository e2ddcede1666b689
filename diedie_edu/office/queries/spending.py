"""Reads of what was paid and promised."""

from datetime import date
from typing import Any

from django.db.models import DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Greatest

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import within
from diedie_edu.common.manifests import parts_of
from diedie_edu.decisions.kinds import DecisionKind
from diedie_edu.decisions.queries.requests import open_request
from diedie_edu.files.kinds import Reader
from diedie_edu.files.models import StoredFile
from diedie_edu.office.models import (
    BudgetItem,
    BudgetLine,
    Commitment,
    Document,
    Expense,
    State,
    Version,
    Work,
    YearClosing,
)
from diedie_edu.office.parts import MoneyRow, MoneySource

YUAN: Any = DecimalField(max_digits=13, decimal_places=2)
WAITS = Q(stands=True, signed_at=None) & ~Q(reason="")
# What binds nothing any more, without anybody having freed it.
CALLED_OFF = Q(activity__state="called_off") | Q(occasion__is_called_off=True)


def kept_budgets(user: User) -> "QuerySet[Document]":
    """Those whose spending the account enters, the newest year first."""
    rows = within(Document.objects, user.scopes(Permission.KEEP_OFFICE))
    return rows.filter(work=Work.BUDGET).order_by("-first_day", "programme", "pk")


def entries(item: int) -> QuerySet[Expense]:
    """All that was entered on a line, the last first."""
    people = ("handled_by", "witness", "approver", "entered_by", "signed_by", "scan")
    rows = Expense.objects.filter(item=item).prefetch_related(*people, "commitment")
    return rows.order_by("-paid_on", "-pk")


def items_of(programme: str) -> "QuerySet[Any]":
    """Items of a programme's budgets with the `title` of their line, the newest year first."""
    lines = BudgetLine.objects.filter(item=OuterRef("pk")).order_by("-version__number")
    rows = BudgetItem.objects.filter(document__programme=programme).select_related("document")
    named = rows.annotate(title=Subquery(lines.values("title")[:1])).exclude(title=None)
    return named.order_by("-document__first_day", "pk")


def line_for(programme: str, category: str, day: date) -> int | None:
    """The item on which money of a category is spent that day, where there is but one."""
    budgets = Version.objects.filter(
        state=State.APPROVED,
        document__programme=programme,
        document__first_day__lte=day,
        document__last_day__gte=day,
    )
    lines = BudgetLine.objects.filter(version__in=budgets, category=category)
    found = list(lines.values_list("item", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def waiting(document: Document) -> QuerySet[Expense]:
    """Entries of a budget that wait for a sign, the oldest first."""
    return Expense.objects.filter(WAITS, item__document=document).order_by("entered_at", "pk")


def is_asked(kind: DecisionKind, expense: Expense) -> bool:
    """Whether an entry waits for those who sign, and not for whoever entered it."""
    request = open_request(kind, expense.pk)
    return request is not None and request.is_waiting


def rows_elsewhere(item: int) -> list[MoneyRow]:
    """What other pages promise and spend on an item."""
    return [row for source in parts_of(MoneySource) for row in source.rows(item)]


def titled(rows: "QuerySet[Expense]") -> "QuerySet[Any]":
    """Entries with the `title` of their line, as it is called last."""
    lines = BudgetLine.objects.filter(item=OuterRef("item")).order_by("-version__number")
    people = ("handled_by", "witness", "approver")
    about = rows.select_related("item__document", *people)
    return about.annotate(title=Subquery(lines.values("title")[:1]))


def promises() -> "QuerySet[Any]":
    """Each with what is `paid` of it and what is `open`, and whether its event `is_off`."""
    zero = Value(0, output_field=YUAN)
    paid = Coalesce(Sum("payments__amount"), zero, output_field=YUAN)
    rows = Commitment.objects.prefetch_related("activity", "occasion", "entered_by", "freed_by")
    off = Commitment.objects.filter(CALLED_OFF, pk=OuterRef("pk"))
    return rows.annotate(paid=paid, is_off=Exists(off)).annotate(
        open=Greatest(F("amount") - F("paid"), zero, output_field=YUAN)
    )


def standing(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Promises that bind money."""
    return rows.filter(freed_at=None, open__gt=0, is_off=False)


def of_receipt(code: str, number: str) -> Expense | None:
    """The entry that stands for an invoice, of whatever programme and year."""
    rows = Expense.objects.filter(invoice_code=code, invoice_number=number, stands=True)
    return rows.exclude(receipt=Expense.Receipt.OTHER).select_related("item__document").first()


def is_closed(programme: str, year: int) -> bool:
    return closing_of(programme, year) is not None


def closing_of(programme: str, year: int) -> YearClosing | None:
    rows = YearClosing.objects.filter(programme=programme, year=year, reopened_at=None)
    return rows.select_related("closed_by").first()


def amounts(version: Version) -> dict[int, Any]:
    """What a version has for each item."""
    return dict(BudgetLine.objects.filter(version=version).values_list("item", "amount"))


def had_a_hand(account: User) -> "QuerySet[Any, int]":
    """Entries (numbers) that the account does not sign: it entered, handled or witnessed them."""
    own = Q(entered_by=account) | Q(handled_by=account) | Q(witness=account)
    return Expense.objects.filter(own).exclude(reason="").values_list("pk", flat=True)


def may_read_scan(reader: Reader, file: StoredFile) -> bool:
    """Whoever keeps the spending of its programme."""
    if not isinstance(reader, User):
        return False
    scopes = reader.scopes(Permission.KEEP_OFFICE)
    return within(Expense.objects, scopes).filter(scan=file).exists()
