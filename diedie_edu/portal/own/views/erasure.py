"""The wish to be forgotten, on one's own page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.calendar import known_calendar
from diedie_edu.common.days import local_day, local_now
from diedie_edu.people.actions.matters import matters_of
from diedie_edu.people.models import ErasureRequest
from diedie_edu.people.queries import open_erasure, open_erasures, person_of
from diedie_edu.people.rules.erasures import due_on
from diedie_edu.portal.closing.actions import erasures
from diedie_edu.portal.own.forms.data import ErasureForm


@signed_in
def erasure(request: SignedInRequest) -> HttpResponse:
    """What it means, by when it is done; sent, it is written down."""
    own, now = person_of(request.user), local_now()
    if request.method != "POST" and open_erasure(own, request.user):
        return redirect("portal:data")
    form = ErasureForm(request.POST or None, has_person=own is not None)
    if form.is_valid():
        with refusals.in_form(form):
            scope = form.cleaned_data["scope"]
            seen = ErasureRequest.Seen.SIGNED_IN
            about = {"resident": own, "account": request.user, "scope": scope, "seen": seen}
            erasures.ask(**about, by=request.user, now=now)
            messages.success(request, _("We have your wish, and keep to the day below."))
            return redirect("portal:data")
    due = due_on(local_day(now), known_calendar())
    would_be = ErasureRequest(resident=own, account=request.user, scope="all", due_on=due)
    context = {"form": form, "due_on": due, "matters": matters_of(would_be, now)}
    return render(request, "portal/closing/erasure.html", context)


@signed_in
@require_POST
def erasure_take_back(request: SignedInRequest) -> HttpResponse:
    found = get_object_or_404(open_erasures(), account=request.user)
    with refusals.as_message(request):
        erasures.take_back(request=found, by=request.user, now=local_now())
        messages.success(request, _("Taken back. Everything stays as it is."))
    return redirect("portal:data")
