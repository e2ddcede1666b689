"""Where an account is signed in, and how to end it there."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.accounts.actions import devices
from diedie_edu.common.days import local_now
from diedie_edu.common.sent import row_or_404


@signed_in
def device_list(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        return _sign_out(request)
    context = {
        "devices": request.user.devices.all(),
        "here": request.session.get(devices.KEY, [0])[0],
    }
    return render(request, "accounts/devices.html", context)


def _sign_out(request: SignedInRequest) -> HttpResponse:
    device = row_or_404(request, "device", request.user.devices.all())
    devices.end(device)
    messages.success(request, _("%(browser)s is signed out.") % {"browser": device})
    return redirect("portal:devices")


@signed_in
@require_POST
def everywhere(request: SignedInRequest) -> HttpResponse:
    devices.sign_out_everywhere(user=request.user, now=local_now())
    logout(request)
    messages.success(request, _("You are signed out everywhere."))
    return redirect("accounts:sign_in")
