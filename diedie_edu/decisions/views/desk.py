"""What waits for me, and deciding one of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.errors import refusal_of
from diedie_edu.decisions import rules
from diedie_edu.decisions.actions import deciding
from diedie_edu.decisions.forms import DecideForm, opened, sealed
from diedie_edu.decisions.kinds import kind_of, lines_of, shown_of, titled
from diedie_edu.decisions.models import CLOSED, Request
from diedie_edu.decisions.queries import requests as queries
from diedie_edu.decisions.queries.deputies import capacities

PER_PAGE = 30

at_desk = requires(Permission.OPEN_DESK)


@at_desk
@require_safe
def waiting(request: SignedInRequest) -> HttpResponse:
    """What waits for the reader, what is due first on top; or what has been decided."""
    today = local_day(local_now())
    is_past = "decided" in request.GET
    waits = queries.waiting_for(request.user, today)
    past = queries.seen_by(request.user, today).filter(state__in=CLOSED).order_by("-pk")
    page = Paginator(past if is_past else waits, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = titled(page.object_list)  # type: ignore[assignment]
    context = {"page": page, "today": today, "is_past": is_past, "number": waits.count()}
    return render(request, "decisions/waiting.html", context)


def _seen_or_404(request: SignedInRequest, pk: int) -> Request:
    return get_object_or_404(queries.seen_by(request.user, local_day(local_now())), pk=pk)


@at_desk
@require_safe
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is asked, what changed in it, its history; opening it may be a look at a record."""
    found = _seen_or_404(request, pk)
    return _page(request, found, DecideForm(may_refuse=kind_of(found).may_refuse))


@at_desk
@require_POST
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where it was changed meanwhile, the page shows what was seen beside what stands there."""
    found = _seen_or_404(request, pk)
    form = DecideForm(request.POST, may_refuse=kind_of(found).may_refuse)
    token = request.POST.get("seen", "")
    if form.is_valid():
        with refusals.in_form(form):
            decision = form.decision(found, token)
            deciding.decide(request=found, decision=decision, by=request.user, now=local_now())
            messages.success(request, _("Decided. Whoever asked gets a message or a call."))
            return redirect("decisions:waiting")
        found.refresh_from_db()
    return _page(request, found, form, seen=opened(found, token))


def _page(
    request: SignedInRequest, found: Request, form: DecideForm, seen: str = ""
) -> HttpResponse:
    now, kind, steps = local_now(), kind_of(found), queries.history(found)
    shown = shown_of([found])[found.pk] if found.is_waiting else queries.last_shown(steps)
    accounts = capacities(request.user, local_day(now))
    if not found.erased_at:
        kind.opened(found, request.user, now)
    context = {
        "row": titled([found])[0],
        "lines": lines_of(found, shown, seen or queries.version_before(steps, shown)),
        "steps": steps,
        "beside": kind.beside(found) if found.is_waiting else None,
        "refusal": refusal_of(rules.check_capacity, request.user, accounts, found),
        "form": form,
        "seen": sealed(found, shown),
        "today": local_day(now),
    }
    return render(request, "decisions/one.html", context)
