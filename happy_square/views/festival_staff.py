"""Festivals as staff plan them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.actions.events import announce_event, change_event
from diedie_edu.activities.views.calling_off import call_off
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.volunteering.queries import duties
from happy_square.actions.festivals import plan_festival
from happy_square.forms.festivals import FestivalForm
from happy_square.models import Festival
from happy_square.models.groups import PROGRAMME
from happy_square.queries import festivals
from happy_square.rules.running_order import minutes_over

PER_PAGE = 30
LIST, PREPARE = "happy_square:staff_festival_list", "happy_square:festival_order"

plans = requires(Permission.PLAN_ACTIVITIES, PROGRAMME)


@plans
@require_safe
def festival_list(request: HttpRequest) -> HttpResponse:
    found = festivals.festivals().order_by("-starts_at", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "happy_square/staff_festival_list.html", {"page": page})


@plans
def festival_create(request: SignedInRequest) -> HttpResponse:
    form = FestivalForm(request.POST or None, now=local_now())
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            made = plan_festival(plan=form.plan(), by=request.user, now=form.now)
            messages.success(request, _("Saved. Now invite groups."))
            return redirect(PREPARE, made.pk)
    return render(request, "happy_square/festival_form.html", {"form": form})


@plans
@in_one_transaction
def festival_change(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, festivals.festivals(), pk=pk)
    form = FestivalForm(request.POST or None, instance=found, by=request.user, now=local_now())
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            change_event(event=found, plan=form.plan(), by=request.user, now=form.now)
            messages.success(request, _("Saved."))
            return redirect(PREPARE, pk)
    return render(request, "happy_square/festival_form.html", {"form": form, "festival": found})


@plans
@require_POST
def festival_announce(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, Festival.objects, pk=pk)
    with refusals.as_message(request):
        announce_event(event=found, now=local_now())
        messages.success(request, _("Announced: residents can see it."))
    return redirect(PREPARE, pk)


@plans
def festival_call_off(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, festivals.festivals(), pk=pk)
    return call_off(request, found, found.occasion, LIST)


@plans
@require_safe
def festival_sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """The running order on a sheet of A4, with what each item needs on stage."""
    found = get_own_or_404(request, festivals.festivals(), pk=pk)
    slots = festivals.order_of(found)
    context = {
        "festival": found,
        "slots": slots,
        "over": minutes_over(slots, found.ends_at),
        "helpers": duties.helpers_at(pk),
    }
    return render(request, "happy_square/festival_sheet.html", context)
