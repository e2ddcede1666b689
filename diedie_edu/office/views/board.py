"""The duty board of a year, and the papers of the party committee."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404, scopes
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.parts import rows_of
from diedie_edu.office.actions import scans, years
from diedie_edu.office.forms.writing import CommitteePaperForm
from diedie_edu.office.models import CommitteePaper
from diedie_edu.office.parts import BoardPanels
from diedie_edu.office.queries import board as queries
from diedie_edu.office.views.doors import keeps, reads, reviews

BOARD = "office:board_of"


@reads
@require_safe
def board(request: SignedInRequest, year: int = 0) -> HttpResponse:
    now, places = local_now(), scopes(request)
    shown = year or local_day(now).year
    kept = request.user.scopes(Permission.KEEP_OFFICE)
    rows = queries.board(shown, places, now)
    context = {
        "year": shown,
        "works": queries.WORKS,
        "rows": rows,
        "is_open": any(row.owes for row in rows),
        "panels": rows_of(BoardPanels, request.user, shown, now),
        "reviews": request.user.may(Permission.REVIEW_OFFICE),
        "kept": {one.slug for one in queries.committee_programmes(kept)},
        "today": local_day(now),
    }
    return render(request, "office/board.html", context)


@reviews
@require_POST
def year_open(request: SignedInRequest, year: int) -> HttpResponse:
    with refusals.as_message(request):
        made = years.open_year(year=year, now=local_now())
        messages.success(
            request, _("Opened; %(number)s documents are owed.") % {"number": len(made)}
        )
    return redirect(BOARD, year)


@keeps
def paper_add(request: SignedInRequest, slug: str, year: int) -> HttpResponse:
    """A paper of the committee, as it was received."""
    kept = queries.committee_programmes(scopes(request))
    if slug not in {one.slug for one in kept}:
        raise Http404
    paper = CommitteePaper(programme=slug, year=year)
    return _paper(request, paper, CommitteePaperForm(request.POST or None, request.FILES or None))


@keeps
@in_one_transaction
def paper_change(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, CommitteePaper.objects.select_related("scan"), pk=pk)
    sent = (request.POST or None, request.FILES or None)
    return _paper(request, found, CommitteePaperForm(*sent, instance=found, by=request.user))


def _paper(
    request: SignedInRequest, paper: CommitteePaper, form: CommitteePaperForm
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read() if file else None
        row = form.instance
        row.programme, row.year = paper.programme, paper.year
        with refusals.in_form(form):
            scans.keep_committee_paper(paper=row, data=data, by=request.user, now=local_now())
            messages.success(request, _("Saved."))
            return redirect(BOARD, paper.year)
    return render(request, "office/paper_form.html", {"form": form, "paper": paper})
