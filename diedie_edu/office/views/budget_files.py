"""A budget on paper and in spreadsheets, in and out. The number is that of a version."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import downloads, refusals
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.office.forms.budgets import SheetForm
from diedie_edu.office.forms.from_sheet import with_lines
from diedie_edu.office.lists import budgets as sheets
from diedie_edu.office.models import Version, Work
from diedie_edu.office.queries.budgets import sections_of
from diedie_edu.office.views.budgets import VERSION, sheet_context, versions
from diedie_edu.office.views.doors import keeps, reads
from diedie_edu.office.views.versions import seen_or_404


@keeps
@in_one_transaction
def upload(request: SignedInRequest, pk: int) -> HttpResponse:
    """An office's own sheet: what is wrong with it, or its lines on the page where they are
    saved."""
    found = get_own_or_404(request, versions(), pk=pk)
    if not found.is_draft:
        return redirect(VERSION, pk)
    form = SheetForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            read = sheets.read(form.cleaned_data["file"].content)
            faults = read.faults
            if not faults:
                sheet = with_lines(found, read.lines, request.user)
                context = sheet_context(found, sheet, taken=read)
                return render(request, "office/budget_edit.html", context)
    context = {"form": form, "version": found, "faults": faults}
    return render(request, "office/budget_upload.html", context)


def _readable(request: SignedInRequest, pk: int) -> Version:
    found = seen_or_404(request, pk)
    if found.document.work != Work.BUDGET:
        raise Http404
    return found


def _title(version: Version) -> str:
    facts = {"programme": version.document.programme_title, "period": version.document.period}
    return _("Budget of %(programme)s, %(period)s") % facts


@reads
@require_safe
def paper(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _readable(request, pk)
    context = {
        "version": found,
        "title": _title(found),
        "sections": sections_of(found),
        "keeps": request.user.may(Permission.KEEP_OFFICE, found.document.programme),
    }
    return render(request, "office/budget_paper.html", context)


@reads
@require_safe
def workbook(request: SignedInRequest, pk: int) -> HttpResponse:
    from diedie_edu.office.papers import budget_book

    found = _readable(request, pk)
    title = _title(found)
    return downloads.workbook(budget_book.write(found, title, sections_of(found)), title)
