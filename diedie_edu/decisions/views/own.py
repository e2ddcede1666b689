"""My requests: how they stand, taking one back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.decisions.actions import requests as actions
from diedie_edu.decisions.kinds import kind_of, lines_of, titled
from diedie_edu.decisions.models import Request, State
from diedie_edu.decisions.queries import requests as queries

PER_PAGE = 20


def _own_or_404(request: SignedInRequest, pk: int) -> Request:
    return get_object_or_404(queries.asked_by(request.user), pk=pk)


@signed_in
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    rows = Paginator(queries.asked_by(request.user), PER_PAGE)
    page = rows.get_page(request.GET.get("page"))
    page.object_list = titled(page.object_list)  # type: ignore[assignment]
    return render(request, "decisions/mine.html", {"page": page})


@signed_in
@require_safe
def own(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was asked, as it was last sent, and what became of it."""
    found = _own_or_404(request, pk)
    steps = queries.history(found)
    shown = queries.last_shown(steps)
    is_returned = found.state == State.RETURNED
    context = {
        "row": titled([found])[0],
        "lines": lines_of(found, shown),
        "steps": steps,
        "answer": steps[-1].reason,
        "beside": kind_of(found).own(found),
        "change_url": kind_of(found).change(found.subject) if is_returned else "",
    }
    return render(request, "decisions/own.html", context)


@signed_in
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _own_or_404(request, pk)
    if request.method == "POST":
        with refusals.as_message(request):
            actions.withdraw(request=found, by=request.user, now=local_now())
            messages.success(request, _("Taken back. Nothing will come of it."))
        return redirect("decisions:own", pk)
    return render(request, "decisions/withdraw.html", {"row": titled([found])[0]})
