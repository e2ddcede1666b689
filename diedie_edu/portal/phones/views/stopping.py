"""From the old number: what happens, and how to stop it. Nobody need sign in.

A link is opened by programs that look ahead as well, so a GET only shows; a button acts.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import public
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.links import numbers_in
from diedie_edu.community.known import community
from diedie_edu.people.actions import phones
from diedie_edu.people.models import PhoneChange
from diedie_edu.people.rules.phones import can_be_stopped
from diedie_edu.portal.phones import actions
from diedie_edu.portal.phones.messages import PURPOSE


@public
def stop(request: HttpRequest, token: str) -> HttpResponse:
    named = numbers_in(token, PURPOSE)
    if named is None:
        raise Http404
    change = get_object_or_404(PhoneChange, pk=named[0])
    if request.method == "POST":
        with refusals.as_message(request):
            actions.stop(change=change, now=local_now())
            messages.success(request, _("It is stopped. Your old number holds."))
        return redirect("portal:phone_stop", token)
    context = {
        "change": change,
        "may_stop": can_be_stopped(
            change, was_seen_since=phones.was_seen_since(change), now=local_now()
        ),
        "call": community().phone,
    }
    return render(request, "portal/own/phone_stop.html", context)
