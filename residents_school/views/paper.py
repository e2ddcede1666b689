"""Sheets of paper: printed, filled in by residents, typed in by staff."""

import secrets

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.errors import refusal_of
from residents_school.actions import answers
from residents_school.forms.answers import PaperForm
from residents_school.models import Answer, Survey
from residents_school.queries import surveys
from residents_school.rules import needs
from residents_school.views.staff import plans

SHOWN = 5


@plans
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """Where sheets are typed in: the survey that runs, or ended last."""
    survey = surveys.surveys_for_paper(local_day(local_now())).first()
    if survey is None:
        messages.info(request, _("No survey takes answers at present."))
        return redirect("residents_school:survey_list")
    return redirect("residents_school:paper_entry", survey.pk)


@plans
def entry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Save and next: after each sheet the page is ready for another."""
    survey = get_own_or_404(request, surveys.published_surveys(), pk=pk)
    if refusal := refusal_of(needs.check_sheet_can_be_entered, survey, local_day(local_now())):
        messages.error(request, str(refusal))
        return redirect("residents_school:survey_list")
    form = PaperForm(request.POST or None, survey=survey, initial=_initial())
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            answers.enter_paper(
                survey=survey,
                number=form.cleaned_data["number"],
                sheet=form.sheet(),
                by=request.user,
                now=local_now(),
            )
            return redirect("residents_school:paper_entry", pk)
    context = {
        "survey": survey,
        "form": form,
        "sheets": surveys.latest_sheets(survey, request.user, SHOWN),
        "number": survey.answers.filter(source=Answer.Source.PAPER).count(),
    }
    return render(request, "residents_school/paper_entry.html", context)


def _initial() -> dict[str, str]:
    return {"number": secrets.token_urlsafe(16)}


@plans
@require_POST
def back(request: SignedInRequest, pk: int, answer: int) -> HttpResponse:
    sheets = Answer.objects.filter(survey=pk, source=Answer.Source.PAPER)
    wrong = get_own_or_404(request, sheets.select_related("survey"), pk=answer)
    with refusals.as_message(request):
        answers.take_back_sheet(answer=wrong, now=local_now())
        messages.success(request, _("The sheet is taken out again."))
    return redirect("residents_school:paper_entry", pk)


@plans
@require_safe
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """The survey to print, with the numbers that are typed in later."""
    survey = get_own_or_404(request, Survey.objects, pk=pk)
    context = {
        "survey": survey,
        "legend": PaperForm(survey=survey).legend,
        "address": settings.PORTAL_URL + reverse("residents_school:survey", args=[pk]),
    }
    return render(request, "residents_school/survey_sheet.html", context)
