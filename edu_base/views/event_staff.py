"""The campaign's events as staff prepare them: helpers, and what enterprises offer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.activities.actions.events import announce_event, change_event
from diedie_edu.activities.views.calling_off import call_off
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.sent import row_or_404
from diedie_edu.volunteering.actions.duties import release_duty
from diedie_edu.volunteering.queries import duties
from diedie_edu.volunteering.views import add_helper
from edu_base.actions import enterprise_offers as offers
from edu_base.actions.campaign import plan_event
from edu_base.forms.campaign import CampaignEventForm, InterestForm, OfferForm
from edu_base.models import CampaignEvent
from edu_base.queries import campaign
from edu_base.rules.campaign import incomplete
from edu_base.views.doors import plans

PREPARE = "edu_base:event_prepare"


def _event(request: SignedInRequest, pk: int) -> Any:
    return get_own_or_404(request, campaign.events(), pk=pk)


@plans
def event_create(request: SignedInRequest) -> HttpResponse:
    form = CampaignEventForm(request.POST or None, now=local_now())
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            made = plan_event(plan=form.plan(), by=request.user, now=form.now)
            messages.success(request, _("Saved as a draft. Announce it when it is ready."))
            return redirect(PREPARE, made.pk)
    return render(request, "edu_base/event_form.html", {"form": form})


@plans
@in_one_transaction
def event_change(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _event(request, pk)
    form = CampaignEventForm(request.POST or None, instance=found, by=request.user, now=local_now())
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            change_event(event=found, plan=form.plan(), by=request.user, now=form.now)
            messages.success(request, _("Saved."))
            return redirect(PREPARE, pk)
    return render(request, "edu_base/event_form.html", {"form": form, "event": found})


@plans
@require_safe
def event_prepare(request: SignedInRequest, pk: int) -> HttpResponse:
    found, now = _event(request, pk), local_now()
    context = {
        "event": found,
        "activity": found,
        "is_ahead": now < found.starts_at and not found.is_called_off,
        "is_over": now >= found.ends_at,
        "helpers": duties.helpers_at(pk),
        "offers": campaign.offers_at(pk) if found.takes_offers else [],
        "interests": campaign.interests_at(pk) if found.takes_offers else [],
        "offer_form": OfferForm(),
        "interest_form": InterestForm(event=found),
        "add": "edu_base:event_helper_add",
        "release": "edu_base:event_helper_release",
    }
    return render(request, "edu_base/event_prepare.html", context)


@plans
def event_call_off(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _event(request, pk)
    return call_off(request, found, found.occasion, "edu_base:campaign")


@plans
def helper_add(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _event(request, pk)
    return add_helper(request, found, found.occasion, PREPARE)


Act = Callable[[SignedInRequest, CampaignEvent, int], str]


def _button(act: Act) -> Callable[..., HttpResponse]:
    """A button or a short form of the page: it says what came of it, and goes back there."""

    @plans
    @require_POST
    def view(request: HttpRequest, pk: int, row: int = 0) -> HttpResponse:
        found = _event(request, pk)  # type: ignore[arg-type]
        with refusals.as_message(request):
            messages.success(request, act(request, found, row))  # type: ignore[arg-type]
        return redirect(PREPARE, pk)

    return view  # type: ignore[return-value]


@_button
def event_announce(request: SignedInRequest, event: CampaignEvent, number: int) -> str:
    announce_event(event=event, now=local_now())
    return _("Announced: residents can see it.")


@_button
def helper_release(request: SignedInRequest, event: CampaignEvent, number: int) -> str:
    duty = get_object_or_404(duties.helpers_at(event.pk), pk=number)
    release_duty(duty=duty, by=request.user, now=local_now())
    return _("Not on duty any more.")


@_button
def offer_add(request: SignedInRequest, event: CampaignEvent, number: int) -> str:
    form = OfferForm(request.POST)
    if not form.is_valid():
        raise incomplete()
    offers.add(event=event, by=request.user, now=local_now(), **form.cleaned_data)
    return _("Added.")


@_button
def offer_remove(request: SignedInRequest, event: CampaignEvent, number: int) -> str:
    offers.take_out(offer=get_object_or_404(event.offers, pk=number))
    return _("Removed.")


@_button
def interest_add(request: SignedInRequest, event: CampaignEvent, number: int) -> str:
    form = InterestForm(request.POST, event=event)
    if not form.is_valid():
        raise incomplete()
    offers.interest(by=request.user, now=local_now(), **form.cleaned_data)
    return _("Written down. After 30 days they are asked what became of it.")


@_button
def interest_answer(request: SignedInRequest, event: CampaignEvent, number: int) -> str:
    """What somebody says on the phone."""
    found = row_or_404(request, "interest", campaign.interests_at(event.pk))
    offers.answer(interest=found, taken="taken" in request.POST, by=request.user, now=local_now())
    return _("Entered.")
