"""Planning surveys, opening them, publishing what they found."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.sent import sent_number
from residents_school.actions import answers
from residents_school.actions.surveys import (
    change_survey,
    open_survey,
    plan_survey,
    publish_results,
)
from residents_school.forms import copies
from residents_school.forms.surveys import SurveyForm
from residents_school.models import Burst, Survey
from residents_school.queries.surveys import deleted_surveys, planned_surveys
from residents_school.views.staff import plans

PER_PAGE = 20


@plans
@require_safe
def survey_list(request: HttpRequest) -> HttpResponse:
    shows_deleted = request.GET.get("when") == "deleted"
    found = deleted_surveys() if shows_deleted else planned_surveys()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "today": local_day(local_now()), "shows_deleted": shows_deleted}
    return render(request, "residents_school/survey_list.html", context)


@plans
def survey_create(request: SignedInRequest) -> HttpResponse:
    found = Survey.objects.filter(pk=sent_number(request.GET.get("copy", ""))).first()
    initial = copies.of_survey(found) if found else {}
    form = SurveyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            survey = plan_survey(plan=form.plan(), by=request.user, now=local_now())
            return _after_saving(request, survey)
    return render(request, "residents_school/survey_form.html", {"form": form})


@plans
@in_one_transaction
def survey_change(request: SignedInRequest, pk: int) -> HttpResponse:
    survey = get_own_or_404(request, planned_surveys(), pk=pk)
    form = SurveyForm(request.POST or None, instance=survey, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            change_survey(survey=survey, plan=form.plan(), by=request.user, now=local_now())
            return _after_saving(request, survey)
    context = {"form": form, "survey": survey}
    return render(request, "residents_school/survey_form.html", context)


def _after_saving(request: SignedInRequest, survey: Survey) -> HttpResponse:
    if "open" in request.POST:
        open_survey(survey=survey, by=request.user)
        messages.success(request, _("Opened: residents can answer from the first day on."))
    else:
        messages.success(request, _("Saved."))
    return redirect("residents_school:survey_list")


@plans
@require_POST
def results_publish(request: SignedInRequest, pk: int) -> HttpResponse:
    survey = get_own_or_404(request, Survey.objects, pk=pk)
    with refusals.as_message(request):
        publish_results(survey=survey, by=request.user, now=local_now())
        messages.success(request, _("Published: everybody can see the results now."))
    return redirect("residents_school:survey_results", pk)


@plans
@require_POST
def burst(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leave out what came from one network within an hour, or count it again."""
    found = get_own_or_404(request, Burst.objects.select_related("survey"), pk=pk)
    with refusals.as_message(request):
        if "count" in request.POST:
            answers.put_back(burst=found)
            messages.success(request, _("These answers count again."))
        else:
            answers.leave_out(burst=found, by=request.user, now=local_now())
            messages.success(request, _("Left out: these answers count no more."))
    return redirect("residents_school:survey_results", found.survey_id)
