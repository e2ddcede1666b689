"""Asking before an activity with one occasion is called off, in every programme."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.accounts.models import User
from diedie_edu.activities import participants
from diedie_edu.activities.actions import drafts, schedule
from diedie_edu.activities.forms.changes import CallOffForm
from diedie_edu.activities.messages import ACTIVITY
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.activities.rules.working import UNDO
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.notices.actions import hold_back


def call_off(
    request: SignedInRequest, activity: Activity, occasion: Occasion, staff_list: str
) -> HttpResponse:
    """How many people hear, and why; then on to the staff's list (the name of its address)."""
    form = CallOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            told = _call_off(activity, form.cleaned_data["reason"], request.user)
            messages.success(request, _called_off_text(told))
            return redirect(staff_list)
    concerned = len(participants.people_of(activity.pk))
    facts = {"activity": activity, "occasion": occasion, "staff_list": staff_list}
    return render(
        request, "activities/call_off.html", facts | {"form": form, "concerned": concerned}
    )


@transaction.atomic
def _call_off(activity: Activity, reason: str, by: User) -> int:
    """Its messages wait until a slip of the finger cannot be undone any more."""
    now = local_now()
    told = schedule.call_off(activity=activity, reason=reason, by=by, now=now)
    hold_back(subject=ACTIVITY.of(activity.pk), said_at=now, until=now + UNDO)
    return told


def hold_after_all(request: SignedInRequest, activity: Activity, staff_list: str) -> HttpResponse:
    """It takes place after all; then on to the staff's list (the name of its address)."""
    with refusals.as_message(request):
        told = drafts.hold_after_all(activity=activity, by=request.user, now=local_now())
        messages.success(request, _held_text(told))
    return redirect(staff_list)


def _held_text(told: int) -> str:
    if not told:
        return _("It stands as before, and no message goes out.")
    return ngettext(
        "It takes place after all. %(told)d person gets a message or a call.",
        "It takes place after all. %(told)d people get a message or a call.",
        told,
    ) % {"told": told}


def _called_off_text(told: int) -> str:
    return ngettext(
        "Called off. %(told)d person gets a message or a call.",
        "Called off. %(told)d people get a message or a call.",
        told,
    ) % {"told": told}
