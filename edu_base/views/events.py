"""The campaign's events for everybody: what there is, what enterprises offer, and what became of
it, by a link that opens without signing in."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, public, signed_in
from diedie_edu.activities.queries import sign_ups
from diedie_edu.activities.queries.places import places_of, who_takes_seats
from diedie_edu.activities.rules.sign_up import check_sign_up
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import refusal_of
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import family_member
from edu_base.actions import enterprise_offers as acts
from edu_base.models import EnterpriseOffer
from edu_base.queries import campaign
from edu_base.rules.campaign import check_can_answer, check_can_interest

PER_PAGE = 12


@public
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    now, is_past = local_now(), request.GET.get("when") == "past"
    found = campaign.announced_events()
    if is_past:
        found = found.filter(ends_at__lte=now).order_by("-starts_at", "-pk")
    else:
        found = found.filter(ends_at__gt=now).order_by("starts_at", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "edu_base/event_list.html", {"page": page, "is_past": is_past})


@public
@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(campaign.announced_events(), pk=pk)
    now = local_now()
    family = who_takes_seats(request.user)
    places = places_of(found, family, found.starts_at, now) if found.needs_sign_up else []
    offers = list(campaign.offers_at(pk))
    context = {
        "event": found,
        "waiting": 0 if found.free else sign_ups.waiting_count(pk),
        "places": places,
        "choices": [place for place in places if place.may_sign_up],
        "closed": refusal_of(check_sign_up, found, Resident(), now),
        "family": family,
        "offers": [(one, _interested(one, family)) for one in offers],
        "may_interest": bool(offers)
        and refusal_of(check_can_interest, offers[0], found.ends_at, now) is None,
    }
    return render(request, "edu_base/event.html", context)


def _interested(offer: EnterpriseOffer, family: list[Resident]) -> list[Resident]:
    rows = offer.interests.filter(resident__in=family).values_list("resident", flat=True)
    own = set(rows) if family else set()
    return [one for one in family if one.pk in own]


@public
@require_safe
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet to hang up: what, when, where, and a code that leads to the page."""
    found = get_object_or_404(campaign.announced_events(), pk=pk)
    address = settings.PORTAL_URL + reverse("edu_base:event", args=[pk])
    return render(request, "edu_base/event_poster.html", {"event": found, "address": address})


@signed_in
@require_POST
def interest(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody of the reader's family says, or takes back, that an offer interests them."""
    seen = EnterpriseOffer.objects.filter(event__in=campaign.announced_events())
    offer = get_object_or_404(seen, pk=pk)
    person = family_member(request.user, request.POST.get("resident", ""))
    if person is None:
        raise Http404
    with refusals.as_message(request):
        if "no" in request.POST:
            acts.no_interest(offer=offer, resident=person)
            messages.success(request, _("Taken back."))
        else:
            acts.interest(offer=offer, resident=person, by=request.user, now=local_now())
            words = _("Written down for %(name)s. Ask at the enterprise's stand for the rest.")
            messages.success(request, words % {"name": person.full_name})
    return redirect("edu_base:event", offer.event_id)


@public
def offer_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Did anything come of it? By the link of the message alone; looking changes nothing."""
    found = campaign.interest_behind(token)
    if found is None:
        raise Http404
    now = local_now()
    if request.method == "POST":
        with refusals.as_message(request):
            acts.answer(interest=found, taken="taken" in request.POST, by=None, now=now)
            messages.success(request, _("Thank you for telling us."))
        return redirect("edu_base:offer_answer", token)
    ends_at = found.offer.event.occasion.ends_at
    context = {"interest": found, "refusal": refusal_of(check_can_answer, found, ends_at, now)}
    return render(request, "edu_base/offer_answer.html", context)
