"""Children's records as staff see them; every look is written down."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from after_school.actions import consenting, enrolling, seeing
from after_school.actions.audit import AUDIT_PACK
from after_school.actions.second_enrolments import enrol_or_ask
from after_school.forms.children import PaperForm, ReasonForm, SightForm
from after_school.models import Enrolment, Term
from after_school.queries import children
from after_school.rules import terms
from after_school.views.doors import (
    looks_after,
    may_open_children,
    of_childs_record,
    opens_children,
)
from after_school.views.families import acts_for
from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.sent import sent_number
from diedie_edu.decisions.models import Request
from diedie_edu.jobs.actions import asking
from diedie_edu.lists.leaving import note_export
from diedie_edu.people.actions import access_log, consents
from diedie_edu.people.models import Consent, ConsentText, Resident
from diedie_edu.people.queries import consent_text_in_force

NOBODY = 0
_KNOWN = gettext_lazy(
    "A child of this name and date of birth is known by another guardian. A colleague looks at it "
    "and decides."
)


@looks_after
@require_safe
def term_children(request: SignedInRequest, pk: int) -> HttpResponse:
    """The least that a list needs: name, grade, zone; of namesakes what tells them apart."""
    term = get_own_or_404(request, Term.objects, pk=pk)
    enrolments = list(children.children_to_list(term))
    same = children.namesakes((row.child for row in enrolments), enrolments)
    for row in enrolments:
        row.apart = same.get(row.child_id, "")  # type: ignore[attr-defined]
    context = {
        "term": term,
        "enrolments": enrolments,
        "may_open": may_open_children(request),
    }
    return render(request, "after_school/term_children.html", context)


@of_childs_record("record")
@require_safe
def record(request: HttpRequest, child: Resident) -> HttpResponse:
    """All that staff may know of a child."""
    today = local_day(local_now())
    enrolments = Enrolment.objects.filter(child=child)
    context = {
        "child": child,
        "enrolments": enrolments.select_related("term", "zone", "sign_up"),
        "rights": children.guardians_of(child.pk).select_related("seen_by"),
        "sight_form": SightForm(),
        "collectors": child.collectors.filter(ended_at=None).order_by("barred_at", "pk"),
        "consents": child.consents.select_related("guardian", "text"),
        "acts": acts_for(child),
        "walks": child.walk_home_permissions.filter(valid_until__gte=today, taken_back_at=None),
        "passes": child.passes.filter(day__gte=today, used_at=None, taken_back_at=None),
        "absences": children.absences_ahead(child, today),
        "events": child.family_events.select_related("by", "asked_by"),
    }
    return render(request, "after_school/record.html", context)


@of_childs_record("guardian seen")
@require_POST
def guardian_seen(request: SignedInRequest, child: Resident, pk: int) -> HttpResponse:
    """Whoever is at the desk with a document or a paper, or is known to staff, is seen."""
    found = get_object_or_404(children.guardians_of(child.pk), pk=pk)
    form = SightForm(request.POST)
    if form.is_valid():
        with refusals.as_message(request):
            seeing.see_guardian(right=found, by=request.user, now=local_now(), **form.cleaned_data)
            messages.success(request, _("Noted. From now on this guardian's word counts."))
    else:
        messages.error(request, _("Say how you know who this is."))
    return redirect("after_school:record", child.pk)


@looks_after
@require_safe
def to_be_confirmed(request: SignedInRequest) -> HttpResponse:
    """Children none of whose guardians staff have seen."""
    found = children.to_be_confirmed(local_day(local_now()))
    context = {"enrolments": found.defer("allergies", "notes").order_by("child__sort_key", "pk")}
    return render(request, "after_school/to_be_confirmed.html", context)


@looks_after
def paper_enrolment(request: SignedInRequest, pk: int) -> HttpResponse:
    """A form that a guardian signed on paper, typed in."""
    term = get_own_or_404(request, Term.objects, pk=pk)
    now = local_now()
    text = consent_text_in_force(terms.PROGRAMME, now)
    form = PaperForm(request.POST or None, term=term, today=local_day(now))
    if request.method == "POST" and form.is_valid() and text is not None:
        with refusals.in_form(form):
            done = _enrol_from_paper(request, term, form, text)
            if isinstance(done, Request):
                messages.warning(request, _KNOWN)
                return redirect("decisions:own", done.pk)
            messages.success(request, _("Enrolled: %s.") % done.child.full_name)
            return redirect("after_school:term_children", pk)
    context = {"form": form, "term": term, "text": text}
    return render(request, "after_school/paper_enrolment.html", context)


@transaction.atomic
def _enrol_from_paper(
    request: SignedInRequest, term: Term, form: PaperForm, text: ConsentText
) -> Enrolment | Request:
    guardian = consents.add_grown_up(
        full_name=form.cleaned_data["guardian_name"], phone=form.cleaned_data["guardian_phone"]
    )
    paper = form.cleaned_data["paper_reference"]
    agreement = consents.Agreement(text, Consent.Way.PAPER, paper)
    facts, place, named = form.facts(), form.place(), form.collectors()
    wish = enrolling.Wish(term, guardian, facts, place, named, agreement)
    return enrol_or_ask(wish=wish, by=request.user, now=local_now())


@of_childs_record("consent")
def paper_withdrawal(request: SignedInRequest, child: Resident, pk: int) -> HttpResponse:
    """A guardian has withdrawn on paper or in person."""
    consent = get_own_or_404(
        request,
        Consent.objects.select_related("guardian", "text"),
        pk=pk,
        child=child,
        ended_at=None,
    )
    if request.method == "POST":
        consenting.withdraw(
            consent=consent,
            ending=Consent.Ending.WITHDRAWN_ON_PAPER,
            by=request.user,
            now=local_now(),
        )
        messages.success(request, _("The consent is withdrawn."))
        return redirect("after_school:record", child.pk)
    context = {"child": child, "own": consent, "is_last": True}
    return render(request, "after_school/paper_withdrawal.html", context)


@opens_children
def audit_pack(request: SignedInRequest) -> HttpResponse:
    """The year's consents and looks as one workbook; asking for it is a look with its reason."""
    form = ReasonForm(request.POST or None)
    year = local_day(local_now()).year
    if request.method == "POST" and form.is_valid():
        chosen = sent_number(request.POST.get("year", str(year)))
        if not 2000 <= chosen <= year:
            raise Http404
        return _pack(request, chosen, form.cleaned_data["reason"])
    context: dict[str, Any] = {"form": form, "years": [year, year - 1]}
    return render(request, "after_school/audit_pack.html", context)


def _pack(request: SignedInRequest, year: int, reason: str) -> HttpResponse:
    """Written down as a look at nobody in particular: the pack names no child."""
    now = local_now()
    note_export("audit_pack", 0, reason, by=request.user, now=now)
    access_log.log_access(
        children=[NOBODY], by=request.user, page="audit pack", reason=reason, now=now
    )
    with refusals.as_message(request):
        job = asking.ask(
            kind=AUDIT_PACK,
            title=f"{AUDIT_PACK.title} {year}",
            params={"year": year},
            by=request.user,
            language=get_language() or "",
        )
        return redirect("jobs:job", job.pk)
    return redirect("after_school:audit_pack")
