"""Promising money and freeing it; closing a year."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.office.actions import closing, commitments
from diedie_edu.office.forms.spending import PromiseForm, ReasonForm
from diedie_edu.office.models import Document, Work
from diedie_edu.office.queries import spending as queries
from diedie_edu.office.queries.balances import budget
from diedie_edu.office.views.doors import keeps, reviews
from diedie_edu.office.views.spending import LINE, items

PROMISE, SPENDING = "office:promise", "office:spending"


@keeps
def promise_add(request: SignedInRequest, pk: int) -> HttpResponse:
    item, now = get_own_or_404(request, items(), pk=pk), local_now()
    form = PromiseForm(request.POST or None, document=item.document, now=now)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            commitments.promise(item=item, promised=form.told(), by=request.user, now=now)
            messages.success(request, _("Entered. This sum is kept for it."))
            return redirect(LINE, pk)
    context = {"form": form, "line": budget(item.document).line(pk), "document": item.document}
    return render(request, "office/promise_form.html", context)


@keeps
@require_safe
def promise(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = queries.promises().select_related("item__document")
    found = get_own_or_404(request, rows, pk=pk)
    document = found.item.document
    context = {
        "promise": found,
        "document": document,
        "line": budget(document).line(found.item_id),
        "entries": queries.entries(found.item_id).filter(commitment=found),
        "form": ReasonForm(),
    }
    return render(request, "office/promise.html", context)


@keeps
@require_POST
def promise_free(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = queries.promises().select_related("item__document")
    found, form = get_own_or_404(request, rows, pk=pk), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    with refusals.as_message(request):
        commitments.free(commitment=found, reason=reason, by=request.user, now=local_now())
        messages.success(request, _("Freed; what was not paid is left again."))
    return redirect(PROMISE, pk)


def _budget(request: SignedInRequest, pk: int) -> Document:
    return get_own_or_404(request, Document.objects.filter(work=Work.BUDGET), pk=pk)


@reviews
@require_POST
def year_close(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _budget(request, pk)
    with refusals.as_message(request):
        closing.close(programme=found.programme, year=found.year, by=request.user, now=local_now())
        messages.success(request, _("The year is closed and takes no entry any more."))
    return redirect(SPENDING, pk)


@reviews
@require_POST
def year_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    found, form = _budget(request, pk), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    with refusals.as_message(request):
        closing.reopen(
            programme=found.programme,
            year=found.year,
            reason=reason,
            by=request.user,
            now=local_now(),
        )
        messages.success(request, _("The year is open again."))
    return redirect(SPENDING, pk)
