"""Serving as a volunteer: the wish to, what one says of oneself, and leaving."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.decisions.queries.requests import open_request
from diedie_edu.people.actions import events, volunteers
from diedie_edu.people.forms import ServiceForm
from diedie_edu.people.models import PersonEvent, Resident, Volunteer
from diedie_edu.people.queries import person_of
from diedie_edu.portal.own.forms.volunteering import WishToServeForm
from diedie_edu.portal.queries.my_page import duties_of
from diedie_edu.volunteering.actions import applications
from diedie_edu.volunteering.models import VolunteerApplication

PAGE = "portal/closing/volunteering.html"


@signed_in
@in_one_transaction
def volunteering(request: SignedInRequest) -> HttpResponse:
    """Those who serve keep what is said of them; others ask to serve."""
    own = person_of(request.user)
    serves = Volunteer.objects.filter(resident=own, is_active=True).first() if own else None
    if own is None:
        return render(request, PAGE, {})
    return _keep(request, serves) if serves else _wish(request, own)


def _keep(request: SignedInRequest, volunteer: Volunteer) -> HttpResponse:
    form = ServiceForm(request.POST or None, instance=volunteer, by=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        volunteers.set_topics(volunteer=volunteer, topics=form.chosen())
        messages.success(request, _("Thank you. The staff see this when they plan."))
        return redirect("portal:volunteering")
    return render(request, PAGE, {"form": form, "volunteer": volunteer})


def _wish(request: SignedInRequest, own: Resident) -> HttpResponse:
    """Sent again while it waits, it takes the place of what was sent before."""
    told = VolunteerApplication.objects.filter(resident=own).first()
    asked = open_request(applications.VOLUNTEERING, told.pk) if told else None
    form = WishToServeForm(request.POST or None, initial=_as_told(told) if asked else None)
    if form.is_valid():
        with refusals.in_form(form):
            found = applications.apply(
                resident=own,
                facts=form.facts(),
                topics=form.chosen(),
                by=request.user,
                now=local_now(),
            )
            messages.success(request, _("Thank you! You hear from us within five working days."))
            return redirect("decisions:own", found.pk)
    return render(request, PAGE, {"form": form, "asked": asked, "own": own})


def _as_told(row: VolunteerApplication | None) -> dict[str, object] | None:
    if row is None:
        return None
    told = {name: getattr(row, name) for name in applications.TOLD}
    return told | {"topics": list(row.topics.values_list("pk", flat=True))}


@signed_in
def volunteering_leave(request: SignedInRequest) -> HttpResponse:
    """What becomes of the duties ahead is said before; staff hear it afterwards."""
    mine = Volunteer.objects.filter(is_active=True).select_related("resident")
    volunteer, now = get_object_or_404(mine, resident__account=request.user), local_now()
    if request.method == "POST":
        with refusals.as_message(request):
            if volunteers.leave(volunteer=volunteer, by=request.user, now=now):
                who, kind = volunteer.resident, PersonEvent.Kind.LEFT
                events.note(resident=who, kind=kind, by=request.user, now=now)
            messages.success(request, _("You serve no more. Thank you for all that you did!"))
            return redirect("portal:my_page")
    context = {"duties": duties_of(volunteer.resident, now)}
    return render(request, "portal/closing/volunteering_leave.html", context)
