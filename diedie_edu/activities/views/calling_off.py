"""Asking before an activity with one occasion is called off, in every programme."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.activities import participants
from diedie_edu.activities.actions import schedule
from diedie_edu.activities.forms.changes import CallOffForm
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now


def call_off(
    request: SignedInRequest, activity: Activity, occasion: Occasion, staff_list: str
) -> HttpResponse:
    """How many people hear, and why; then on to the staff's list (the name of its address)."""
    form = CallOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            reason = form.cleaned_data["reason"]
            told = schedule.call_off(
                activity=activity, reason=reason, by=request.user, now=local_now()
            )
            messages.success(request, _called_off_text(told))
            return redirect(staff_list)
    concerned = len(participants.people_of(activity.pk))
    facts = {"activity": activity, "occasion": occasion, "staff_list": staff_list}
    return render(
        request, "activities/call_off.html", facts | {"form": form, "concerned": concerned}
    )


def _called_off_text(told: int) -> str:
    return ngettext(
        "Called off. %(told)d person gets a message or a call.",
        "Called off. %(told)d people get a message or a call.",
        told,
    ) % {"told": told}
