"""What staff enter of one application, and what the lead sets for a class."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, confirmed, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.sent import row_or_404
from edu_base.actions import dwellings, interviews, liftings
from edu_base.actions import reviewers as acts
from edu_base.actions.documents import log_look
from edu_base.forms.review import ExceptionForm, HouseholdForm, InterviewForm, WhyForm
from edu_base.forms.reviewing import CriterionForm, ReviewerForm, TakeBackForm
from edu_base.models import Application, Intake, Interview, State
from edu_base.queries import reviewers as queries
from edu_base.queries.concerned import is_concerned
from edu_base.rules.review import check_not_concerned
from edu_base.views.doors import keeps, uncovers

PAGE = "edu_base:application"


def _application(request: SignedInRequest, pk: int) -> Application:
    rows = Application.objects.exclude(state=State.DRAFT)
    return get_own_or_404(request, rows.select_related("person", "intake", "dwelling"), pk=pk)


@keeps
def household(request: SignedInRequest, pk: int) -> HttpResponse:
    """A paper as it was seen; where it may be that of a known household, one question more."""
    found = _application(request, pk)
    form = HouseholdForm(request.POST or None, initial=_as_told(found), application=found)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            about: dict[str, Any] = {"seen": form.seen(), "found": form.found()}
            dwellings.confirm(application=found, **about, by=request.user, now=local_now())
            messages.success(request, _("The household is confirmed."))
            return redirect(PAGE, pk)
    return render(request, "edu_base/household.html", {"application": found, "form": form})


def _as_told(application: Application) -> dict[str, str]:
    """A paper that was seen already is typed in anew as it is seen now."""
    return {} if application.dwelling else {"address": application.address}


@keeps
def exception(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for a condition not to count; somebody else decides."""
    found = _application(request, pk)
    form = ExceptionForm(request.POST or None, application=found)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            liftings.ask(application=found, **form.cleaned_data, by=request.user, now=local_now())
            messages.success(request, _("Asked. A lead who has not asked decides."))
            return redirect(PAGE, pk)
    context = {"application": found, "form": form}
    return render(request, "edu_base/exception.html", context)


@keeps
def interview(request: SignedInRequest, pk: int) -> HttpResponse:
    """Day and place; the place of the last one is proposed."""
    found = _application(request, pk)
    own = Interview.objects.filter(application=found).first()
    last = own or Interview.objects.filter(application__intake=found.intake).order_by("-at").first()
    initial = {"starts_at": own and own.starts_at, "place": last.place if last else ""}
    form = InterviewForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            about = form.cleaned_data | {"by": request.user, "now": local_now()}
            interviews.set_interview(application=found, **about)
            messages.success(request, _("The interview is set. The applicant hears."))
            return redirect(PAGE, pk)
    return render(request, "edu_base/interview.html", {"application": found, "form": form})


@uncovers
@require_POST
def marks_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Marks given by mistake are given anew."""
    found = _application(request, pk)
    form = TakeBackForm(request.POST)
    review = row_or_404(request, "review", found.reviews.filter(taken_back_at=None))
    with refusals.as_message(request):
        reason = form.data.get("reason", "")
        acts.take_back(review=review, reason=reason, by=request.user, now=local_now())
        messages.success(request, _("Taken back. The reviewer marks anew."))
    return redirect(PAGE, pk)


@uncovers
@confirmed
def number(request: SignedInRequest, pk: int) -> HttpResponse:
    """The number of the identity paper, once, with a reason that is kept."""
    found = _application(request, pk)
    form, shown = WhyForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            check_not_concerned(is_concerned(request.user, found))
            what = found._meta.get_field("paper_number").verbose_name
            about = {"what": what, **form.cleaned_data}
            log_look(application=found, by=request.user, now=local_now(), **about)
            shown = found.paper_number
    context = {"application": found, "form": form, "number": shown}
    return render(request, "edu_base/number.html", context)


# --- A class ---------------------------------------------------------------------------


def _intake(request: SignedInRequest, pk: int) -> Intake:
    return get_own_or_404(request, Intake.objects.select_related("scheme_year"), pk=pk)


@uncovers
def criteria(request: SignedInRequest, pk: int) -> HttpResponse:
    """By what it is marked, with weights; fixed from the day the window opens."""
    intake = _intake(request, pk)
    form = CriterionForm(request.POST or None, intake=intake)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            acts.save_criterion(form.instance)
            messages.success(request, _("Entered."))
            return redirect("edu_base:criteria", pk)
    rows = list(intake.criteria.all())
    context = {
        "intake": intake,
        "form": form,
        "criteria": rows,
        "whole": sum(row.weight for row in rows),
        "is_fixed": intake.opens_on <= local_now().date(),
    }
    return render(request, "edu_base/criteria_form.html", context)


@uncovers
@require_POST
def criterion_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    row = row_or_404(request, "criterion", _intake(request, pk).criteria.all())
    with refusals.as_message(request):
        acts.remove_criterion(row)
        messages.success(request, _("Taken out."))
    return redirect("edu_base:criteria", pk)


@uncovers
def reviewers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who marks this class."""
    intake = _intake(request, pk)
    form = ReviewerForm(request.POST or None, intake=intake)
    if request.method == "POST" and form.is_valid():
        account = form.cleaned_data["account"]
        acts.appoint(intake=intake, account=account, by=request.user, now=local_now())
        messages.success(request, _("Appointed. They hear, and say first whom they know."))
        return redirect("edu_base:reviewers", pk)
    rows = queries.with_numbers(intake.reviewers.filter(ended_at=None))
    context = {"intake": intake, "form": form, "reviewers": rows}
    return render(request, "edu_base/reviewers.html", context)


@uncovers
@require_POST
def reviewer_end(request: SignedInRequest, pk: int) -> HttpResponse:
    row = row_or_404(request, "reviewer", _intake(request, pk).reviewers.filter(ended_at=None))
    acts.end(reviewer=row, now=local_now())
    messages.success(request, _("No longer a reviewer; what was marked counts."))
    return redirect("edu_base:reviewers", pk)
