"""Terms and their days, by staff."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from after_school.actions.term_days import (
    call_off_session,
    hold_makeup_day,
    hold_session_again,
    set_topic,
)
from after_school.actions.terms import announce_term, plan_term
from after_school.forms.children import ReasonForm
from after_school.forms.terms import BreakForm, MakeupForm, TermForm, TopicForm
from after_school.models import DayTopic, Session, Term, Zone, ZoneDay
from after_school.queries.expected import whom_it_concerns
from after_school.queries.terms import makeup_days, planned_days, sessions_of, staff_terms
from after_school.rules.terms import TermDay, check_term_days
from after_school.views.doors import plans
from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import day_text, local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.venues.views.wizard import Wizard

PER_PAGE = 20


@plans
@require_safe
def term_list(request: HttpRequest) -> HttpResponse:
    return render(request, "after_school/term_list.html", {"terms": staff_terms()})


@plans
def term_create(request: SignedInRequest) -> HttpResponse:
    form = TermForm(request.POST or None, now=local_now())

    def days() -> list[TermDay]:
        check_term_days(form.days(), local_day(form.now))
        return planned_days(form.days(), form.plan().venues)

    def save(kept: frozenset[str]) -> HttpResponse:
        term = plan_term(
            plan=form.plan(),
            kept=kept,
            breaks=form.break_titles(),
            by=request.user,
            now=form.now,
        )
        messages.success(request, _("Saved. Guardians see the term once it is announced."))
        return redirect("after_school:term", term.pk)

    return Wizard(
        form=form,
        form_template="after_school/term_form.html",
        days_template="after_school/term_preview.html",
        days=days,
        save=save,
    ).answer(request)


@plans
@require_safe
def term(request: SignedInRequest, pk: int) -> HttpResponse:
    """The days of a term, its breaks, and what is to be confirmed."""
    found = get_own_or_404(request, Term.objects, pk=pk)
    now = local_now()
    today = local_day(now)
    sessions = sessions_of(found)
    page = Paginator(sessions.filter(day__gte=today), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "term": found,
        "zones": found.zones.select_related("venue"),
        "page": page,
        "days": _days(request, page),
        "past": sessions.filter(day__lt=today).count(),
        "makeup": [(row, MakeupForm(row=row)) for row in makeup_days(found, now)],
        "breaks": found.breaks.all(),
        "break_form": BreakForm(),
    }
    return render(request, "after_school/term.html", context)


def _days(
    request: SignedInRequest, sessions: Iterable[Session]
) -> list[tuple[Session, list[TopicForm]]]:
    """Each day with the topics that can be set on it."""
    topics = list(DayTopic.objects.filter(is_offered=True))
    return [
        (
            session,
            [
                TopicForm(zone_day=zone_day, offered=topics, by=request.user)
                for zone_day in session.zone_days.all()
                if session.stands and zone_day.zone.kind == Zone.Kind.ACTIVITIES  # type: ignore[attr-defined]
            ],
        )
        for session in sessions
    ]


@plans
@require_POST
def term_announce(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, Term.objects, pk=pk)
    with refusals.as_message(request):
        announce_term(term=found, by=request.user, now=local_now())
        messages.success(request, _("Announced: guardians can enrol their children."))
    return redirect("after_school:term", pk)


@plans
@require_POST
def makeup_day(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, Term.objects, pk=pk)
    form = MakeupForm(request.POST)
    if form.is_valid():
        with refusals.as_message(request):
            hold_makeup_day(term=found, by=request.user, now=local_now(), **form.cleaned_data)
            messages.success(request, _("Confirmed: the day is held."))
    return redirect("after_school:term", pk)


@plans
def session_call_off(request: SignedInRequest, pk: int) -> HttpResponse:
    """Shows who is inside, who would come and who is on duty; one button tells them."""
    session = get_own_or_404(request, Session.objects.select_related("term"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            call_off_session(
                session=session,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=local_now(),
            )
            messages.success(request, _("Called off. Everybody gets a message or a call."))
            return redirect(back_to(session))
    context = {"form": form, "session": session, "back": back_to(session)} | whom_it_concerns(
        session
    )
    return render(request, "after_school/session_call_off.html", context)


@plans
def session_hold_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Taking the calling off back."""
    session = get_own_or_404(request, Session.objects.select_related("term"), pk=pk)
    if request.method == "POST":
        with refusals.as_message(request):
            hold_session_again(session=session, by=request.user, now=local_now())
            messages.success(request, _("The day is held. Everybody gets a message or a call."))
        return redirect(back_to(session))
    context = {"session": session, "back": back_to(session)} | whom_it_concerns(session)
    return render(request, "after_school/session_hold_again.html", context)


def back_to(session: Session) -> str:
    """The register of an afternoon that goes on; the term for every other day."""
    if session.is_open:
        return reverse("after_school:session", args=[session.pk])
    return reverse("after_school:term", args=[session.term_id])


@plans
@require_POST
@in_one_transaction
def day_topic(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = ZoneDay.objects.select_related("session")
    zone_day = get_own_or_404(request, rows, pk=pk, zone__kind="activities")
    topics = list(DayTopic.objects.filter(is_offered=True))
    form = TopicForm(request.POST, zone_day=zone_day, offered=topics, by=request.user)
    if form.is_valid():
        set_topic(zone_day=zone_day, topic=form.chosen(), by=request.user)
        messages.success(request, _("Saved."))
    elif form.differences:
        back = reverse("after_school:term", args=[zone_day.term_id])
        context = {"form": form, "title": day_text(zone_day.session.day), "back": back}
        return render(request, "changed.html", context)
    return redirect("after_school:term", zone_day.term_id)
