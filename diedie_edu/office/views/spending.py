"""Budgets with what is spent and promised, one line, and entering payments."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.sent import sent_number
from diedie_edu.office.actions import signing
from diedie_edu.office.actions import spending as acts
from diedie_edu.office.forms.spending import ExpenseForm, ReasonForm, ScanForm
from diedie_edu.office.models import BudgetItem, Expense
from diedie_edu.office.queries import spending as queries
from diedie_edu.office.queries.balances import budget, budgets
from diedie_edu.office.views.doors import keeps

LINE, EXPENSE = "office:spending_line", "office:expense"


@keeps
@require_safe
def spending_list(request: SignedInRequest) -> HttpResponse:
    context = {"budgets": budgets(queries.kept_budgets(request.user))}
    return render(request, "office/spending_list.html", context)


@keeps
@require_safe
def spending(request: SignedInRequest, pk: int) -> HttpResponse:
    """A budget with its lines."""
    document = get_object_or_404(queries.kept_budgets(request.user), pk=pk)
    context = {
        "budget": budget(document),
        "waiting": queries.titled(queries.waiting(document)),
        "closing": queries.closing_of(document.programme, document.year),
        "may_close": request.user.may(Permission.REVIEW_OFFICE, document.programme),
        "reopen_form": ReasonForm(),
    }
    return render(request, "office/spending.html", context)


@keeps
@require_safe
def line(request: SignedInRequest, pk: int) -> HttpResponse:
    item = get_own_or_404(request, items(), pk=pk)
    document = item.document
    context = {
        "document": document,
        "line": budget(document).line(pk),
        "entries": queries.entries(pk),
        "promises": queries.promises().filter(item=pk),
        "elsewhere": queries.rows_elsewhere(pk),
        "is_closed": queries.is_closed(document.programme, document.year),
    }
    return render(request, "office/spending_line.html", context)


def items() -> QuerySet[BudgetItem]:
    return BudgetItem.objects.select_related("document")


@keeps
def expense_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """A payment; of a promise, where its number stands in the address."""
    item = get_own_or_404(request, items(), pk=pk)
    now, promise = local_now(), _promise(request, item)
    begins = {"paid_on": local_day(now), "handled_by": request.user.pk}
    if promise:
        begins |= {"payee": promise.to_whom, "amount": promise.open, "note": promise.what_for}
    form = ExpenseForm(
        request.POST or None,
        request.FILES or None,
        programme=item.document.programme,
        initial=begins,
    )
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form, "scan"):
            made = acts.enter(
                item=item,
                paid=form.told(),
                promise=promise,
                scan=form.scanned(),
                by=request.user,
                now=now,
            )
            messages.success(request, _entered(made))
            return redirect(LINE, pk)
    context = {"form": form, "line": budget(item.document).line(pk), "document": item.document}
    return render(request, "office/expense_form.html", context)


def _promise(request: SignedInRequest, item: BudgetItem) -> Any:
    wanted = sent_number(request.GET.get("promise", ""))
    if not wanted:
        return None
    return get_object_or_404(queries.promises().filter(item=item), pk=wanted)


def _entered(made: Expense) -> str:
    if made.waits:
        return _("Entered. It counts from now on, and waits for the sign of a branch lead.")
    return _("Entered.")


@keeps
@require_safe
def expense(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, entries(), pk=pk)
    document = found.item.document
    context = {
        "expense": found,
        "document": document,
        "line": budget(document).line(found.item_id),
        "is_closed": queries.is_closed(document.programme, document.year),
        "back_form": ReasonForm(),
        "scan_form": ScanForm(),
        "explain_form": ReasonForm(initial={"reason": found.reason}, prefix="why"),
        "is_asked": queries.is_asked(signing.SIGN, found),
    }
    return render(request, "office/expense.html", context)


def entries() -> QuerySet[Expense]:
    people = ("handled_by", "witness", "approver", "entered_by", "signed_by", "signed_for")
    rows = Expense.objects.select_related("item__document")
    return rows.prefetch_related("scan", "commitment", *people)


@keeps
@require_POST
def expense_take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    found, form = get_own_or_404(request, entries(), pk=pk), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    with refusals.as_message(request):
        acts.take_back(expense=found, reason=reason, by=request.user, now=local_now())
        messages.success(request, _("Taken back; both entries stay."))
    return redirect(EXPENSE, pk)


@keeps
@require_POST
def expense_explain(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, entries(), pk=pk)
    form = ReasonForm(request.POST, prefix="why")
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    with refusals.as_message(request):
        signing.explain(expense=found, reason=reason, by=request.user, now=local_now())
        messages.success(request, _("Sent to the branch leads."))
    return redirect(EXPENSE, pk)


@keeps
@require_POST
def expense_scan(request: SignedInRequest, pk: int) -> HttpResponse:
    found, form = get_own_or_404(request, entries(), pk=pk), ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Please choose a file."))
        return redirect(EXPENSE, pk)
    with refusals.as_message(request):
        scan = form.cleaned_data["scan"].read()
        acts.add_scan(expense=found, scan=scan, by=request.user, now=local_now())
        messages.success(request, _("Saved."))
    return redirect(EXPENSE, pk)
