"""Places of a class: from the ranking to the proposal and the reserve list."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from edu_base.actions import announcing, proposing
from edu_base.forms.places import ProposeForm, ReasonForm, ReportForm
from edu_base.models import Application, Intake, State
from edu_base.queries import places as queries
from edu_base.queries import standing
from edu_base.rules.places import seen_as
from edu_base.views.doors import keeps

HOME = "edu_base:places"
FIRST = 50  # of those who stay or wait: a class may have thousands
MOVED = (State.PROPOSED, State.RESERVE)


def class_or_404(request: SignedInRequest, pk: int) -> Intake:
    return get_own_or_404(request, Intake.objects.select_related("scheme_year"), pk=pk)


@keeps
@require_safe
def places(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who holds a place and how far they have come, who waits, and what is to be done next."""
    intake = class_or_404(request, pk)
    held = (*(State.OFFERED, State.PROPOSED, State.ANNOUNCED, State.CONFIRMED), State.ADMITTED)
    today = local_day(local_now())
    context = {
        "intake": intake,
        "free": queries.free_places(intake),
        "numbers": standing.numbers_at(intake),
        "to_resolve": standing.to_resolve(intake, today).count(),
        "holding": queries.standing_at(intake, *held),
        "waiting": queries.standing_at(intake, State.RESERVE)[:FIRST],
        "announcements": intake.announcements.all(),
        "today": today,
    }
    return render(request, "edu_base/places.html", context)


@keeps
def propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """The preview says what becomes of each; nothing else happens when it is sent."""
    intake = class_or_404(request, pk)
    free = queries.free_places(intake)
    usual = {"number": free, "fills_reserve": "on"}
    form = ProposeForm(request.POST or request.GET or usual, free=free)
    wanted = dict(form.cleaned_data) if form.is_valid() else {}
    if request.method == "POST" and wanted:
        with refusals.in_form(form):
            facts: dict[str, Any] = {"intake": intake, "by": request.user, "now": local_now()}
            proposing.propose_batch(**facts, **wanted)
            messages.success(request, _("Done. Everybody concerned gets a message."))
            return redirect(HOME, pk)
    wanted.pop("seen", None)
    lines = proposing.plan(intake, **(wanted or {"number": 0, "fills_reserve": False}))
    context = {"intake": intake, "form": form, "free": free, **_parted(lines), "wanted": wanted}
    return render(request, "edu_base/propose.html", context)


def _parted(lines: list[Any]) -> dict[str, Any]:
    """The preview: all that are proposed, and the first of the others."""
    by_state: dict[Any, list[Any]] = {to: [] for to in (*MOVED, None)}
    for line in lines:
        by_state[line.to].append(line)
    proposed, reserve, stays = by_state.values()
    return {
        "proposed": proposed,
        "reserve": reserve[:FIRST],
        "stays": stays[:FIRST],
        "more": len(reserve[FIRST:]) + len(stays[FIRST:]),
        "seen": seen_as(lines),
    }


@keeps
@require_POST
def place_one(request: SignedInRequest, pk: int) -> HttpResponse:
    """Propose one of the ranked, or put them on the reserve list."""
    application = get_own_or_404(request, Application.objects, pk=pk)
    to = request.POST.get("to")
    if to not in MOVED:
        raise Http404
    with refusals.as_message(request):
        proposing.place(application=application, to=State(to), by=request.user, now=local_now())
        messages.success(request, _("Done. The applicant gets a message."))
    return redirect(HOME, application.intake_id)


@keeps
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """A proposal was a mistake."""
    rows = Application.objects.select_related("person", "intake")
    application = get_own_or_404(request, rows, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            proposing.take_back(
                application=application, by=request.user, now=local_now(), **form.cleaned_data
            )
            messages.success(request, _("Done. The applicant gets a message."))
            return redirect(HOME, application.intake_id)
    context = {"application": application, "form": form}
    return render(request, "edu_base/take_back.html", context)


@keeps
@require_POST
def offer_next(request: SignedInRequest, pk: int) -> HttpResponse:
    intake = class_or_404(request, pk)
    with refusals.as_message(request):
        proposing.offer_next(intake=intake, now=local_now())
        messages.success(request, _("Offered. The applicant gets a message."))
    return redirect(HOME, pk)


@keeps
def close_reserve(request: SignedInRequest, pk: int) -> HttpResponse:
    """The class has begun: those who still wait hear that there is no place."""
    intake = class_or_404(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            proposing.close_reserve(
                intake=intake, by=request.user, now=local_now(), **form.cleaned_data
            )
            messages.success(request, _("Done. Everybody concerned gets a message."))
            return redirect(HOME, pk)
    number = queries.standing_at(intake, State.RESERVE).count()
    context = {"intake": intake, "form": form, "number": number}
    return render(request, "edu_base/close_reserve.html", context)


@keeps
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who has come to the college; whoever does not come gives the place back."""
    intake = class_or_404(request, pk)
    rows = queries.standing_at(intake, State.ADMITTED)
    form = ReportForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            announcing.report_all(yes=form.yes(), no=form.no(), by=request.user, now=local_now())
            messages.success(request, _("Done. Everybody concerned gets a message."))
            return redirect(HOME, pk)
    context = {"intake": intake, "form": form, "what": "report"}
    return render(request, "edu_base/answers.html", context)
