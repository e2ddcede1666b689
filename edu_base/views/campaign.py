"""The campaign of a year: its timeline, its milestones, and the next year's made in one action."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from edu_base.actions import campaign as acts
from edu_base.forms.campaign import MilestoneForm
from edu_base.models import Milestone, SchemeYear
from edu_base.queries.timeline import timeline
from edu_base.views.doors import plans

CAMPAIGN = "edu_base:campaign_of"


@plans
@require_safe
def campaign(request: HttpRequest, year: int = 0) -> HttpResponse:
    now = local_now()
    shown = year or local_day(now).year
    context = {
        "year": shown,
        "lines": timeline(shown, now),
        "years": SchemeYear.objects.filter(year=shown).order_by("-scheme"),
        "has_next": SchemeYear.objects.filter(year=shown + 1).exists(),
    }
    return render(request, "edu_base/campaign.html", context)


@plans
def copy(request: SignedInRequest, year: int) -> HttpResponse:
    if request.method == "POST":
        with refusals.as_message(request):
            acts.copy_year(year=year, by=request.user, now=local_now())
            messages.success(request, _("Made. Please look at every number and day."))
            return redirect(CAMPAIGN, year + 1)
        return redirect(CAMPAIGN, year)
    rows = SchemeYear.objects.filter(year=year).prefetch_related("intakes")
    context = {"year": year, "next": year + 1, "rows": rows}
    return render(request, "edu_base/campaign_copy.html", context)


@plans
def milestone_add(request: SignedInRequest, year: int) -> HttpResponse:
    form = MilestoneForm(request.POST or None, instance=Milestone(year=year))
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            acts.keep_milestone(milestone=form.instance)
            messages.success(request, _("Saved."))
            return redirect(CAMPAIGN, year)
    return render(request, "edu_base/milestone_form.html", {"form": form, "year": year})


@plans
@in_one_transaction
def milestone_change(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Milestone, pk=pk)
    form = MilestoneForm(request.POST or None, instance=found, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            acts.keep_milestone(milestone=form.instance)
            messages.success(request, _("Saved."))
            return redirect(CAMPAIGN, found.year)
    context = {"form": form, "year": found.year, "milestone": found}
    return render(request, "edu_base/milestone_form.html", context)


@plans
@require_POST
def milestone_tick(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Milestone, pk=pk)
    acts.tick(milestone=found, done="done" in request.POST, by=request.user, now=local_now())
    return redirect(CAMPAIGN, found.year)


@plans
@require_POST
def milestone_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Milestone, pk=pk)
    found.delete()
    messages.success(request, _("Removed."))
    return redirect(CAMPAIGN, found.year)
