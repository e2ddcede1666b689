"""What everybody sees of festivals, and what a group answers to an invitation."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, public, signed_in
from diedie_edu.activities.queries import sign_ups
from diedie_edu.activities.queries.places import places_of, who_takes_seats
from diedie_edu.activities.rules.sign_up import check_sign_up
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import refusal_of
from diedie_edu.people.models import Resident
from happy_square.actions import festival_invitations
from happy_square.forms.festivals import AnswerForm
from happy_square.models import FestivalInvitation
from happy_square.queries import festivals, groups

PER_PAGE = 12


@public
@require_safe
def festival_list(request: HttpRequest) -> HttpResponse:
    now, is_past = local_now(), request.GET.get("when") == "past"
    found = festivals.announced_festivals()
    if is_past:
        found = found.filter(ends_at__lte=now).order_by("-starts_at", "-pk")
    else:
        found = found.filter(ends_at__gt=now).order_by("starts_at", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "is_past": is_past}
    return render(request, "happy_square/festival_list.html", context)


@public
@require_safe
def festival(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(festivals.announced_festivals(), pk=pk)
    now = local_now()
    family = who_takes_seats(request.user)
    places = places_of(found, family, found.starts_at, now) if found.needs_sign_up else []
    context = {
        "festival": found,
        "slots": festivals.order_of(found),
        "groups": [row.group for row in festivals.taking_part(found)],
        "waiting": 0 if found.free else sign_ups.waiting_count(pk),
        "places": places,
        "choices": [place for place in places if place.may_sign_up],
        "closed": refusal_of(check_sign_up, found, Resident(), now),
    }
    return render(request, "happy_square/festival.html", context)


@signed_in
def invitation(request: SignedInRequest, pk: int) -> HttpResponse:
    """The leader answers, or staff on their behalf."""
    own = FestivalInvitation.objects.filter(group__in=groups.run_by(request.user))
    found = get_object_or_404(own.select_related("group", "festival"), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            _answer(request, found, form)
            return redirect("happy_square:festival_invitation", pk)
    slots = festivals.order_of(found.festival)
    context = {
        "invitation": found,
        "festival": found.festival,
        "occasion": found.festival.occasion,
        "slots": [slot for slot in slots if slot.item.invitation_id == found.pk],
        "form": form,
    }
    return render(request, "happy_square/festival_invitation.html", context)


def _answer(request: SignedInRequest, found: FestivalInvitation, form: AnswerForm) -> None:
    takes_part = "yes" in request.POST
    festival_invitations.answer(
        invitation=found,
        takes_part=takes_part,
        word=form.cleaned_data["word"].strip(),
        shows=form.shows(),
        by=request.user,
        now=local_now(),
    )
    yes, no = _("Wonderful! See you there."), _("Thank you for telling us.")
    messages.success(request, yes if takes_part else no)
