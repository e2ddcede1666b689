"""A volunteer's own slots: what is free, mine, “can't come”, standing in, signing in and out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from after_school.actions.hours import sign_in_on_duty
from after_school.models import Session
from after_school.queries.roster import duties_ahead, slots_free_for
from after_school.rules.terms import PROGRAMME
from diedie_edu.accounts.access import SignedInRequest, public, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import Occasion
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.links import numbers_in
from diedie_edu.people.models import Volunteer
from diedie_edu.programmes.queries import rules_to_confirm
from diedie_edu.volunteering.actions.hours import sign_out
from diedie_edu.volunteering.actions.roster import answer_stand_in, give_back_slot, take_slot
from diedie_edu.volunteering.models import Duty, StandIn
from diedie_edu.volunteering.queries.clearances import is_cleared
from diedie_edu.volunteering.queries.roster import stand_in_numbered, volunteer_of

serves = requires(Permission.SERVE)


def _volunteer_or_404(request: SignedInRequest) -> Volunteer:
    found = volunteer_of(request.user)
    if found is None:
        raise Http404
    return found


@serves
@require_safe
def duties(request: SignedInRequest) -> HttpResponse:
    """What is mine, and one flat list of what is free for me."""
    now, own = local_now(), _volunteer_or_404(request)
    context = {
        "mine": duties_ahead(own, now),
        "free": slots_free_for(own, now),
        "is_cleared": is_cleared(own.pk, local_day(now)),
        "rules": rules_to_confirm(PROGRAMME, request.user, now),
        "now": now,
    }
    return render(request, "after_school/duties.html", context)


@serves
@require_POST
def slot_take(request: SignedInRequest, pk: int) -> HttpResponse:
    occasion = get_object_or_404(Occasion, pk=pk, zone_day__isnull=False)
    own = _volunteer_or_404(request)
    with refusals.as_message(request):
        take_slot(occasion=occasion, volunteer=own, by=request.user, now=local_now())
        messages.success(
            request, _("The duty is yours. Thank you! We remind you the evening before.")
        )
    return redirect("after_school:duties")


@serves
def slot_give_back(request: SignedInRequest, pk: int) -> HttpResponse:
    duty = own_duty_or_404(request, pk)
    if request.method == "POST":
        with refusals.as_message(request):
            give_back_slot(duty=duty, by=request.user, now=local_now())
            messages.success(request, _("Thank you for telling us. We look for somebody else."))
        return redirect("after_school:duties")
    return render(request, "after_school/slot_give_back.html", {"duty": duty})


def own_duty_or_404(request: SignedInRequest, pk: int) -> Duty:
    rows = Duty.objects.select_related("occasion__venue", "occasion__zone_day__zone")
    own = _volunteer_or_404(request)
    return get_object_or_404(rows, pk=pk, volunteer=own, occasion__zone_day__isnull=False)


@public
def stand_in(request: HttpRequest, token: str) -> HttpResponse:
    """Opened by the link in the message, without signing in."""
    asked = _asked(token)
    if asked is None:
        return render(request, "after_school/stand_in.html")
    if request.method == "POST":
        with refusals.as_message(request):
            answer_stand_in(
                stand_in=asked,
                takes_it="yes" in request.POST,
                keeps_rules="keeps" in request.POST,
                now=local_now(),
            )
        return redirect("after_school:stand_in", token)
    duty = asked.duty
    context = {
        "asked": asked,
        "duty": duty,
        "rules": rules_to_confirm(PROGRAMME, asked.volunteer.resident.account, local_now()),
        "has_begun": duty.starts_at <= local_now(),
        "is_mine": duty.volunteer_id == asked.volunteer_id,
        "is_open": duty.volunteer_id is None and not duty.is_off and duty.ends_at > local_now(),
    }
    return render(request, "after_school/stand_in.html", context)


def _asked(token: str) -> StandIn | None:
    """None where the slot has gone from the roster since. Raises `Http404` for a forged link."""
    numbers = numbers_in(token, "stand_in")
    if numbers is None or len(numbers) != 1:
        raise Http404
    return stand_in_numbered(numbers[0])


@serves
def on_duty(request: SignedInRequest, token: str) -> HttpResponse:
    """The QR code in the room: one button that signs in, and later out."""
    numbers = numbers_in(token, "on_duty")
    session = get_object_or_404(Session, pk=numbers[0] if numbers else 0)
    own = _volunteer_or_404(request)
    mine = Duty.objects.filter(volunteer=own, occasion__zone_day__session=session)
    duty = mine.select_related("occasion__venue", "occasion__zone_day__zone").first()
    if request.method == "POST" and duty is not None:
        done = sign_in_on_duty if "in" in request.POST else sign_out
        with refusals.as_message(request):
            done(duty=duty, by=request.user, now=local_now())
            messages.success(request, _("Noted. Thank you for being here."))
        return redirect("after_school:on_duty", token)
    return render(request, "after_school/on_duty.html", {"duty": duty, "session": session})
