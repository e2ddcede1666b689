"""One's own account: how to be addressed, and how to be told something."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override

from diedie_edu.accounts import queries
from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.accounts.actions import accounts
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.notices.channels.wechat import is_on
from diedie_edu.notices.queries.wechat import live_tie
from diedie_edu.people.actions import residents
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import person_of
from diedie_edu.portal.sign_in.entering import speak
from diedie_edu.portal.sign_in.forms import ProfileForm


@signed_in
@in_one_transaction
def profile(request: SignedInRequest) -> HttpResponse:
    resident = person_of(request.user)
    form = ProfileForm(request.user, resident, request.POST or None)
    if form.is_valid():
        return _save(request, resident, form)
    notice = queries.privacy_notice_in_force(local_now())
    context = {
        "form": form,
        "resident": resident,
        "agreed": queries.last_agreement(request.user),
        "has_wechat": is_on(),
        "tie": live_tie(request.user) if is_on() else None,
        "asks": bool(notice and not queries.has_agreed(request.user, notice)),
    }
    return render(request, "accounts/profile.html", context)


def _save(request: SignedInRequest, resident: Resident | None, form: ProfileForm) -> HttpResponse:
    user = accounts.change_profile(user=request.user, **form.given(form.own), now=local_now())
    if resident:
        residents.change_contact(resident=resident, **form.given(form.CONTACT))
    with override(user.language):
        messages.success(request, _("Your details are saved."))
    response = redirect("accounts:profile")
    speak(response, user.language)
    return response
