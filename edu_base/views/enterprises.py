"""Enterprises of the Dream scheme at the desk: their places, their links, whom they nominate."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from edu_base.actions import enterprises, nominations
from edu_base.forms.dream import (
    AllotmentForm,
    EnterpriseForm,
    LinkForm,
    NominationsEndForm,
    NomineeForm,
)
from edu_base.models import Allotment, Enterprise, Nomination, SchemeYear
from edu_base.queries import nominations as queries
from edu_base.rules import nominations as rules
from edu_base.views.doors import keeps

PER_PAGE = 30


@keeps
@in_one_transaction
def enterprise_list(request: SignedInRequest) -> HttpResponse:
    """Of one year of the scheme, the newest where none is named; POST: until when they nominate."""
    years = list(queries.dream_years())
    year = _named(request, years)
    form = NominationsEndForm(request.POST or None, instance=year, by=request.user)
    if year and request.method == "POST" and form.is_valid():
        enterprises.end_nominating(year=year, on=form.cleaned_data["allotments_end_on"])
        messages.success(request, _("Saved."))
        return redirect(f"{request.path}?year={year.year}")
    rows = queries.enterprises(year)
    context = {
        "years": years,
        "year": year,
        "form": form,
        "left": queries.left_the_job(),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "edu_base/enterprise_list.html", context)


def _named(request: SignedInRequest, years: list[SchemeYear]) -> SchemeYear | None:
    wanted = request.GET.get("year", "")
    return next((row for row in years if str(row.year) == wanted), years[0] if years else None)


@keeps
def enterprise_new(request: SignedInRequest) -> HttpResponse:
    form = EnterpriseForm(request.POST or None)
    return _kept(request, form, None)


@keeps
@in_one_transaction
def enterprise_change(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_enterprises(), pk=pk)
    form = EnterpriseForm(
        request.POST or None,
        instance=found.organisation,
        initial={"credit_code": found.credit_code},
        by=request.user,
    )
    return _kept(request, form, found)


def _kept(
    request: SignedInRequest, form: EnterpriseForm, enterprise: Enterprise | None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            kept = enterprises.keep(told=form.told(), enterprise=enterprise, now=local_now())
            messages.success(request, _("Saved."))
            return redirect("edu_base:enterprise", kept.pk)
    context = {"form": form, "enterprise": enterprise}
    return render(request, "edu_base/enterprise_form.html", context)


@keeps
@in_one_transaction
def enterprise(request: SignedInRequest, pk: int) -> HttpResponse:
    """What it has in each year; POST: its places in the year that is named."""
    found = get_object_or_404(_enterprises(), pk=pk)
    years, allotments = list(queries.dream_years()), list(queries.allotments_of(found))
    year = _named(request, years)
    own = next((row for row in allotments if year and row.scheme_year_id == year.pk), None)
    form = AllotmentForm(request.POST or None, allotment=own, by=request.user)
    if year and request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            who: dict[str, Any] = {"by": request.user, "now": local_now()}
            enterprises.allot(enterprise=found, year=year, **form.cleaned_data, **who)
            messages.success(request, _("Saved."))
            return redirect(f"{request.path}?year={year.year}")
    context = {
        "enterprise": found,
        "years": years,
        "year": year,
        "allotment": own,
        "form": form,
        "link_form": LinkForm(initial={"until": year and year.allotments_end_on}),
        "nominations": rules.shown(queries.nominations_of(own)) if own else [],
    }
    return render(request, "edu_base/enterprise.html", context)


@keeps
@require_POST
def send_link(request: SignedInRequest, pk: int) -> HttpResponse:
    found, form = get_object_or_404(_allotments(), pk=pk), LinkForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose until when the link is valid."))
        return _back(found)
    with refusals.as_message(request):
        until = form.cleaned_data["until"]
        enterprises.send_link(allotment=found, until=until, by=request.user, now=local_now())
        messages.success(request, _("Sent. Links that were sent before have ended."))
    return _back(found)


@keeps
def nominate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Staff enter what an enterprise told them."""
    found, form = get_object_or_404(_allotments(), pk=pk), NomineeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            told, now = form.told(), local_now()
            nominations.nominate(allotment=found, told=told, by=request.user, now=now)
            messages.success(request, _("Nominated. The worker gets a link to say yes or no."))
            return _back(found)
    context = {"form": form, "allotment": found}
    return render(request, "edu_base/nomination_form.html", context)


@keeps
@require_POST
def nomination_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take it back, or settle that the worker has left the enterprise."""
    found = get_object_or_404(Nomination.objects.select_related("allotment"), pk=pk)
    who: dict[str, Any] = {"nomination": found, "by": request.user, "now": local_now()}
    with refusals.as_message(request):
        match request.POST.get("do"):
            case "take_back":
                nominations.take_back(**who)
            case "left":
                nominations.note_left(**who)
            case "goes_on":
                nominations.settle_left(goes_on=True, **who)
            case "ends":
                nominations.settle_left(goes_on=False, **who)
        messages.success(request, _("Saved."))
    return _back(found.allotment)


def _back(allotment: Allotment) -> HttpResponse:
    answer = redirect("edu_base:enterprise", allotment.enterprise_id)
    answer["Location"] += f"?year={allotment.year}"
    return answer


def _enterprises() -> QuerySet[Enterprise]:
    return Enterprise.objects.select_related("organisation")


def _allotments() -> QuerySet[Allotment]:
    return Allotment.objects.select_related("enterprise__organisation", "scheme_year")
