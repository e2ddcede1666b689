"""The pages of reviewers: first whom they know, then the cases."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from edu_base.actions import reviewers as acts
from edu_base.forms.reviewing import MarksForm, TiesForm
from edu_base.models import Application, Part, Reviewer
from edu_base.queries import reviewers as queries
from edu_base.queries.applications import documents_of

at_desk = requires(Permission.OPEN_DESK)


@at_desk
@require_safe
def own(request: SignedInRequest) -> HttpResponse:
    """The classes one marks, and what waits in each."""
    rows = [
        {
            "reviewer": row,
            "undeclared": queries.undeclared(row).count(),
            "cases": queries.cases(row),
        }
        for row in queries.appointments_of(request.user)
    ]
    return render(request, "edu_base/reviewing.html", {"appointments": rows})


def _appointment(request: SignedInRequest, intake: int) -> Reviewer:
    return get_object_or_404(queries.appointments_of(request.user), intake=intake)


@at_desk
def ties(request: SignedInRequest, pk: int) -> HttpResponse:
    """Covered names, and for each whether one knows them; before any case is opened."""
    reviewer = _appointment(request, pk)
    rows = list(queries.undeclared(reviewer))
    form = TiesForm(request.POST or None, applications=rows)
    if request.method == "POST" and form.is_valid():
        acts.declare(reviewer=reviewer, ties=form.ties(), now=local_now())
        messages.success(request, _("Thank you. You can mark the others now."))
        return redirect("edu_base:reviewing")
    return render(request, "edu_base/ties.html", {"reviewer": reviewer, "form": form, "rows": rows})


@at_desk
def case(request: SignedInRequest, pk: int, part: str) -> HttpResponse:
    """One application to mark, by the published criteria."""
    company = "nomination__allotment__enterprise__organisation"
    rows = Application.objects.select_related("person", "intake", "major", company)
    found = get_object_or_404(rows, pk=pk)
    if part not in Part.values or not queries.may_open(request.user, found):
        raise Http404
    reviewer = _appointment(request, found.intake_id)
    criteria = found.intake.criteria.filter(part=part)
    form = MarksForm(request.POST or None, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            acts.hand_in(
                application=found,
                reviewer=reviewer,
                part=part,
                points=form.points(),
                note=form.cleaned_data["note"],
                now=local_now(),
            )
            messages.success(request, _("Handed in, thank you."))
            return redirect("edu_base:reviewing")
    context = {
        "application": found,
        "form": form,
        "part": Part(part),
        "documents": documents_of(found),
    }
    return render(request, "edu_base/case.html", context)
