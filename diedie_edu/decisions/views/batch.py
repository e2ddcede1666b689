"""Several requests decided together: first all that is asked, then one decision on them."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.errors import Refused
from diedie_edu.common.sent import sent_numbers
from diedie_edu.decisions.actions import deciding
from diedie_edu.decisions.forms import DecideForm, opened, sealed
from diedie_edu.decisions.kinds import kind_of, lines_of, shown_of, titled
from diedie_edu.decisions.models import Request
from diedie_edu.decisions.queries import requests as queries
from diedie_edu.decisions.views.desk import at_desk

MOST = 50


@at_desk
@require_POST
def batch(request: SignedInRequest) -> HttpResponse:
    """Each is checked anew. Those that stay out are shown again, with why, as they stand now."""
    numbers = sent_numbers(request.POST.getlist("chosen"))
    seen = queries.seen_by(request.user, local_day(local_now()))
    chosen = list(seen.filter(pk__in=numbers).order_by("due_on", "pk")[:MOST])
    may_refuse = all(kind_of(row).may_refuse for row in chosen)
    form = DecideForm(request.POST if "what" in request.POST else None, may_refuse=may_refuse)
    left: dict[int, Refused] = {}
    if form.is_valid():
        left = _decide(request, chosen, form)
        chosen = list(seen.filter(pk__in=left).order_by("due_on", "pk"))
    if not chosen:
        return redirect("decisions:waiting")
    return render(request, "decisions/batch.html", _preview(request, chosen, left) | {"form": form})


def _decide(
    request: SignedInRequest, chosen: Sequence[Request], form: DecideForm
) -> dict[int, Refused]:
    """Those that stay out, by their ids; what is decided is said on the page."""
    decisions = [(row, form.decision(row, _token(request, row))) for row in chosen]
    left = deciding.decide_together(decisions=decisions, by=request.user, now=local_now())
    if done := len(chosen) - len(left):
        text = ngettext(
            "%(number)d request is decided. Whoever asked gets a message or a call.",
            "%(number)d requests are decided. Those who asked get a message or a call.",
            done,
        )
        messages.success(request, text % {"number": done})
    return {row.pk: refusal for row, refusal in left}


def _preview(
    request: SignedInRequest, chosen: Sequence[Request], left: Mapping[int, Refused]
) -> dict[str, object]:
    """What is asked in each, with what was seen where it stayed out."""
    shown = shown_of([row for row in chosen if row.is_waiting])
    rows = []
    for row in titled(chosen):
        now, seen = shown.get(row.one.pk, ""), opened(row.one, _token(request, row.one))
        if now:
            kind_of(row.one).opened(row.one, request.user, local_now())
        lines = lines_of(row.one, now, seen)
        refusal = left.get(row.one.pk)
        token = sealed(row.one, now)
        rows.append({"row": row, "lines": lines, "seen": token, "refusal": refusal})
    return {"rows": rows, "number": len(shown)}


def _token(request: SignedInRequest, row: Request) -> str:
    return request.POST.get(f"seen-{row.pk}", "")
