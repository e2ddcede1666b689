"""Enrolment by the guardian, step by step. Nothing is stored before the last step: each page
carries what was said before along with it."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from after_school.actions import enrolling
from after_school.actions.second_enrolments import enrol_or_ask
from after_school.forms.children import ChildForm, CollectorForm, PlaceForm
from after_school.models import Enrolment, Term
from after_school.queries.terms import shown_terms
from after_school.rules.terms import PROGRAMME
from after_school.views.doors import takes_seats
from diedie_edu.accounts.access import SignedInRequest, public
from diedie_edu.activities.rules import sign_up
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.errors import refusal_of
from diedie_edu.decisions.models import Request
from diedie_edu.people.actions import consents
from diedie_edu.people.models import ConsentText, Resident
from diedie_edu.people.queries import consent_text_in_force, person_of
from diedie_edu.programmes.actions import confirm_rules
from diedie_edu.programmes.queries import rules_in_force

CONSENT, CHILD, PLACE, COLLECTOR, CONFIRM = STEPS = (
    "consent",
    "child",
    "place",
    "collector",
    "confirm",
)


@dataclass
class Walk:
    """One enrolment on its way: the forms of the steps so far, bound to what was sent."""

    request: HttpRequest
    term: Term
    text: ConsentText
    guardian: Resident
    answers: dict[str, forms.Form] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.now = local_now()
        self.today = local_day(self.now)
        self.answers = {step: self._form(step) for step in (CHILD, PLACE, COLLECTOR)}

    def _form(self, step: str) -> forms.Form:
        sent = self.request.POST if f"{step}-sent" in self.request.POST else None
        options: dict[str, Any] = {"prefix": step}
        match step:
            case "child":
                return ChildForm(sent, today=self.today, **options)
            case "place":
                return PlaceForm(sent, term=self.term, **options)
        return CollectorForm(
            sent, today=self.today, empty_permitted=True, use_required_attribute=False, **options
        )

    @property
    def has_agreed(self) -> bool:
        return self.request.POST.get("agreed") == str(self.text.pk)

    @property
    def step(self) -> str:
        """The first step that is not done, or the one the reader goes back to."""
        back = self.request.POST.get("back")
        if back in STEPS:
            return back
        if not self.has_agreed:
            return CONSENT
        undone = (step for step, form in self.answers.items() if not form.is_valid())
        return next(undone, CONFIRM)

    def carried(self) -> list[forms.BoundField]:
        """Fields of the other steps that have been sent, to lie hidden in this step's page."""
        return [
            bound
            for step, form in self.answers.items()
            if step != self.step and form.is_bound
            for bound in form
        ]

    def context(self) -> dict[str, object]:
        step = self.step
        return {
            "term": self.term,
            "text": self.text,
            "step": step,
            "number": STEPS.index(step) + 1,
            "form": self.answers.get(step),
            "carried": self.carried(),
            "sent": [name for name, form in self.answers.items() if form.is_bound and name != step],
            "has_agreed": self.has_agreed,
            "before": STEPS[max(0, STEPS.index(step) - 1)],
            "rules": rules_in_force(PROGRAMME, self.now),
            "answers": self.answers if step == CONFIRM else None,
        }


@takes_seats
def enrol_step(request: SignedInRequest, term: int) -> HttpResponse:
    """All the steps have this one address; what was sent so far tells which comes next."""
    found = _term_or_404(term)
    guardian = person_of(request.user)
    text = consent_text_in_force(PROGRAMME, local_now())
    refusal = guardian and refusal_of(sign_up.check_sign_up, found, guardian, local_now())
    if guardian is None or text is None or refusal:
        context = {"term": found, "refusal": refusal}
        return render(request, "after_school/enrol_closed.html", context)
    walk = Walk(request, found, text, guardian)
    if walk.step == CONFIRM and "enrol" in request.POST:
        with refusals.as_message(request):
            done = _enrol(walk)
            if isinstance(done, Request):
                messages.success(request, _("Thank you. Our staff look at it and tell you."))
                return redirect("decisions:own", done.pk)
            messages.success(request, _enrolled_text(done))
            return redirect("after_school:child", done.child_id)
    return render(request, "after_school/enrol.html", walk.context())


def _term_or_404(term: int) -> Term:
    return get_object_or_404(shown_terms(local_now()), pk=term)


def _enrol(walk: Walk) -> Enrolment | Request:
    collector = walk.answers[COLLECTOR]
    rules = rules_in_force(PROGRAMME, walk.now)
    wish = enrolling.Wish(
        term=walk.term,
        guardian=walk.guardian,
        facts=walk.answers[CHILD].facts(),  # type: ignore[attr-defined]
        place=walk.answers[PLACE].place(),  # type: ignore[attr-defined]
        collectors=[collector.new()] if collector.has_changed() else [],  # type: ignore[attr-defined]
        agreement=consents.Agreement(walk.text),
    )
    done = enrol_or_ask(wish=wish, by=walk.request.user, now=walk.now)  # type: ignore[arg-type]
    if rules is not None:
        confirm_rules(version=rules, by=walk.request.user, now=walk.now)  # type: ignore[arg-type]
    return done


def _enrolled_text(enrolment: Enrolment) -> str:
    if enrolment.sign_up.is_seated:
        return _("%(name)s has a place. We look forward to meeting you.") % {
            "name": enrolment.child.full_name
        }
    return _("All places are taken. %(name)s is on the waiting list, and we tell you.") % {
        "name": enrolment.child.full_name
    }


@public
@require_safe
def enrol_refused(request: HttpRequest, term: int) -> HttpResponse:
    """What refusing means; nothing was stored."""
    text = consent_text_in_force(PROGRAMME, local_now())
    if text is None:
        raise Http404
    context = {"term": _term_or_404(term), "text": text}
    return render(request, "after_school/enrol_refused.html", context)
