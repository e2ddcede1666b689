"""The lines of a budget: typed like a sheet, copied from another year, money moved between them.

The number in the addresses is that of a version.
"""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.money import figures
from diedie_edu.office.actions import budgets as actions
from diedie_edu.office.actions.drafts import lock_document
from diedie_edu.office.forms.budgets import ReallocationForm, line_forms
from diedie_edu.office.models import State, Version, Work
from diedie_edu.office.queries import budgets
from diedie_edu.office.views.doors import keeps

BUDGET, VERSION = "office:budget", "office:version"


def versions() -> QuerySet[Version]:
    """Of budgets."""
    rows = Version.objects.filter(document__work=Work.BUDGET)
    return rows.select_related("document", "based_on")


@keeps
@in_one_transaction
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """All lines of a draft on one page; saved together, or not at all."""
    found = get_own_or_404(request, versions(), pk=pk)
    if not found.is_draft:
        return redirect(VERSION, pk)
    if request.method == "POST":
        lock_document(found.document_id)  # before its lines, as everywhere
    sheet = line_forms(request.POST or None, version=found, by=request.user)
    if request.method == "POST" and sheet.is_valid():
        with refusals.as_message(request):
            _save(request, found, sheet)
            return redirect(BUDGET, pk)
        return redirect(VERSION, pk)
    return render(request, "office/budget_edit.html", sheet_context(found, sheet))


def _save(request: SignedInRequest, version: Version, sheet: Any) -> None:
    sheet.save(commit=False)
    saved = actions.save_lines(
        version=version.pk,
        lines=[*sheet.new_objects, *(line for line, _names in sheet.changed_objects)],
        out=sheet.deleted_objects,
        moved={form.instance.key for form in sheet if form.cleaned_data and form.is_moved()},
        by=request.user,
        now=local_now(),
    )
    facts = {"total": figures(saved.total)}
    messages.success(request, _("Saved. The total is %(total)s now.") % facts)


def sheet_context(version: Version, sheet: Any, **more: Any) -> dict[str, Any]:
    """What the page of a draft's lines shows; sums are those of the lines that are stored."""
    sections = {section.category: section for section in budgets.sections_of(version)}
    return {
        "version": version,
        "sheet": sheet,
        "rows": [(sections.pop(form.initial.get("category"), None), form) for form in sheet],
        "earlier": budgets.earlier(version.document),
        **more,
    }


@keeps
@require_POST
def copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """The lines of the period before, into a draft without any."""
    found = get_own_or_404(request, versions(), pk=pk)
    source = budgets.earlier(found.document)
    if source is None:
        raise Http404
    with refusals.as_message(request):
        actions.copy_lines(version=pk, source=source, by=request.user, now=local_now())
        messages.success(request, _("Copied. Please go through each line: it is another year."))
    return redirect(BUDGET, pk)


@keeps
def reallocate(request: SignedInRequest, pk: int) -> HttpResponse:
    """调剂: from the approved version to a new draft, which is reviewed like any other."""
    found = get_own_or_404(request, versions(), pk=pk, state=State.APPROVED)
    lines = budgets.lines_of(found)
    form = ReallocationForm(request.POST or None, lines=lines)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            made = actions.reallocate(
                seen=found,
                changes=form.changes(),
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=local_now(),
            )
            messages.success(request, _("A new version is begun. Look at it, then submit it."))
            return redirect(VERSION, made.pk)
    return render(request, "office/budget_reallocate.html", {"form": form, "version": found})
