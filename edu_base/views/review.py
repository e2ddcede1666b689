"""Applications as staff find them, and what is decided on one or on several together."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from edu_base.actions import review as acts
from edu_base.forms.review import ApplicationFilter, ReasonForm, chosen_in
from edu_base.models import Application, State
from edu_base.models.states import CHAIN
from edu_base.queries import dwellings, liftings, reviewers
from edu_base.queries import review as queries
from edu_base.queries.applications import documents_of
from edu_base.queries.concerned import is_concerned
from edu_base.rules.applying import can_stop
from edu_base.rules.conditions import facts_of, unmet
from edu_base.rules.papers import covered_number
from edu_base.views.doors import keeps, leads

PER_PAGE = 50
SORTS = {
    "new": gettext_lazy("To be checked"),
    "asked": gettext_lazy("Asked for more"),
    "review": gettext_lazy("Being marked"),
    "ranked": gettext_lazy("Ranked"),
    "placed": gettext_lazy("With a place"),
    "ended": gettext_lazy("Ended"),
}

BESIDE = [
    *("guardian", "intake__college", "major", "dwelling", "dwelling_seen_by", "interview"),
    *("made_by", "nomination__allotment__enterprise__organisation"),
]


@keeps
@require_safe
def application_list(request: SignedInRequest) -> HttpResponse:
    """Filtered, paged, with boxes to decide on several together."""
    form = ApplicationFilter(request.GET, years=queries.years())
    sort = request.GET.get("sort", "")
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = queries.applications(wanted, sort)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    is_filtered = any(wanted.values())
    context = {
        "form": form,
        "page": page,
        "rows": page.object_list,
        "is_filtered": is_filtered,
        "shortcuts": _shortcuts(sort),
        "acts": [act for act in acts.ACTS if act.together],
    }
    return render(request, "edu_base/application_list.html", context)


def _shortcuts(chosen: str) -> list[dict[str, Any]]:
    numbers = queries.numbers_by_sort()
    chips = [{"label": _("All"), "url": "?", "current": not chosen}]
    for sort, label in SORTS.items():
        words = f"{label} {numbers[sort]}" if numbers[sort] else label
        url = "?" + urlencode({"sort": sort})
        chips.append({"label": words, "url": url, "current": sort == chosen})
    return chips


@keeps
@require_safe
def application(request: SignedInRequest, pk: int) -> HttpResponse:
    """All that staff need of one; a reviewer of its class says first whether they know it."""
    found = _application(request, pk)
    if reviewers.must_declare(request.user, found):
        return redirect("edu_base:ties", found.intake_id)
    return _page(request, found, ReasonForm())


def _application(request: SignedInRequest, pk: int) -> Application:
    rows = Application.objects.exclude(state=State.DRAFT).select_related(
        "person__household", "intake__scheme_year"
    )
    return get_own_or_404(request, rows.prefetch_related(*BESIDE), pk=pk)


def _page(request: SignedInRequest, found: Application, form: ReasonForm) -> HttpResponse:
    follows = CHAIN[State(found.state)]
    others, more = dwellings.others_of(found)
    context = {
        "application": found,
        "form": form,
        "is_concerned": is_concerned(request.user, found),
        "acts": [act for act in acts.ACTS if act.to in follows],
        "steps": found.steps.select_related("by").order_by("-number"),
        "others": others,
        "more": more,
        "exceptions": liftings.requests_of(found),
        "marks": reviewers.marks_of(found),
        "may_lead": leads(request),
        "can_lift": found.state in {State.SUBMITTED, State.MORE_ASKED},
        "documents": documents_of(found),
        "unmet": unmet(found.intake, facts_of(found), found.lifted),
        "number": covered_number(found.paper_number),
        "can_stop": can_stop(found, local_day(local_now())),
    }
    return render(request, "edu_base/application.html", context)


@keeps
@require_POST
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """One decision, by its button."""
    found = _application(request, pk)
    form = ReasonForm(request.POST)
    to = request.POST.get("to", "")
    if to not in {act.to for act in acts.ACTS}:
        raise Http404
    if form.is_valid():
        with refusals.in_form(form):
            reason = form.cleaned_data["reason"]
            acts.decide(
                application=found, to=State(to), by=request.user, now=local_now(), reason=reason
            )
            messages.success(request, _("Written down. The applicant hears."))
            return redirect("edu_base:application", pk)
    return _page(request, found, form)


# --- Several together ------------------------------------------------------------------


@keeps
@require_POST
def together(request: SignedInRequest) -> HttpResponse:
    """What would come of it for each, and after a second look the decision itself."""
    found = [act for act in acts.ACTS if act.together and act.to == request.POST.get("to")]
    chosen = chosen_in(request.POST)
    if not found:
        raise Http404
    if not chosen:
        messages.error(request, _("Please tick at least one application."))
        return redirect("edu_base:applications")
    act = found[0]
    form = ReasonForm(request.POST if "sure" in request.POST else None)
    form.fields["reason"].required = act.asks_reason
    is_sure = form.is_valid()
    outcomes = _decide_together(request, act, chosen, form.cleaned_data if is_sure else None)
    done = [row for row in outcomes if row.refusal is None]
    if is_sure and done:
        messages.success(request, _done(len(done)))
    if is_sure and len(done) == len(outcomes):
        return redirect("edu_base:applications")
    context = {"act": act, "outcomes": outcomes, "done": done, "form": form, "is_sure": is_sure}
    return render(request, "edu_base/together.html", context)


def _decide_together(
    request: SignedInRequest, act: acts.Act, chosen: list[acts.Chosen], told: dict[str, str] | None
) -> list[acts.Outcome]:
    """A preview where nothing is told: the reason comes with the decision."""
    reason = "–" if told is None and act.asks_reason else (told or {}).get("reason", "")
    return acts.decide_together(
        chosen=chosen,
        to=act.to,
        by=request.user,
        now=local_now(),
        reason=reason,
        is_preview=told is None,
    )


def _done(number: int) -> str:
    text = ngettext(
        "Written down for %(number)d application. The applicant hears.",
        "Written down for %(number)d applications. The applicants hear.",
        number,
    )
    return text % {"number": number}
