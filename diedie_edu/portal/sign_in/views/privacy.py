"""The privacy notice in force, for everybody to read and for accounts to agree to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts import queries
from diedie_edu.accounts.access import public
from diedie_edu.accounts.actions.privacy import agree_to_notice
from diedie_edu.common.days import local_now


@public
def privacy(request: HttpRequest) -> HttpResponse:
    now, user = local_now(), request.user
    notice = queries.privacy_notice_in_force(now)
    asks = bool(notice and user.is_authenticated and not queries.has_agreed(user, notice))
    if request.method == "POST" and asks:
        agree_to_notice(user=user, notice=notice, now=now)  # type: ignore[arg-type]
        messages.success(request, _("Thank you. You have agreed to this version."))
        return redirect("accounts:privacy")
    return render(request, "accounts/privacy.html", {"notice": notice, "asks": asks})
