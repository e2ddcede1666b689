"""One's own phone: a new number, proved by a code to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.accounts.actions import devices
from diedie_edu.accounts.models import OneTimeCode, User
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.phones import masked
from diedie_edu.people.actions import phones
from diedie_edu.portal.phones import actions
from diedie_edu.portal.phones.forms import NewPhoneForm
from diedie_edu.portal.sign_in import asking
from diedie_edu.portal.sign_in.forms import CodeForm

CHANGE = OneTimeCode.Purpose.CHANGE
KEY = "new_phone"  # in the session: what is under way, never in an address


@signed_in
def phone(request: SignedInRequest) -> HttpResponse:
    form = NewPhoneForm(request.user, request.POST or None)
    if form.is_valid():
        with refusals.in_form(form):
            asking.send(request, form.cleaned_data["phone"], CHANGE)
            asked = {"phone": form.cleaned_data["phone"], "takes_along": form.takes_them_along}
            request.session[KEY] = asked
            return redirect("portal:own_phone_code")
    owner = phones.owner_of(request.user)
    context = {
        "form": form,
        "change": phones.open_change(owner),
        "waits": phones.answers_for_others(owner),
    }
    return render(request, "portal/own/phone.html", context)


@signed_in
@sensitive_post_parameters()
def code(request: SignedInRequest) -> HttpResponse:
    asked = request.session.get(KEY)
    if asked is None:
        return redirect("portal:own_phone")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        with refusals.in_form(form):
            asking.redeem(request, asked["phone"], CHANGE, form.cleaned_data["code"])
            return _change(request, asked)
    context = {"form": form, "phone": masked(asked["phone"]), "minutes": OneTimeCode.MINUTES}
    return render(request, "portal/own/phone_code.html", context)


def _change(request: SignedInRequest, asked: dict) -> HttpResponse:
    """This session goes on; all others end with the old number."""
    del request.session[KEY]
    with refusals.as_message(request):
        change = actions.change_by_code(
            user=request.user,
            new_phone=asked["phone"],
            takes_along=asked["takes_along"],
            now=local_now(),
        )
        if not change.is_open:
            devices.go_on(request, User.objects.get(pk=request.user.pk))
            messages.success(request, _("Your new number holds. You are signed out elsewhere."))
    return redirect("portal:own_phone")


@signed_in
@require_POST
def again(request: SignedInRequest) -> HttpResponse:
    asked = request.session.get(KEY)
    if asked is None:
        return redirect("portal:own_phone")
    with refusals.as_message(request):
        if asking.send(request, asked["phone"], CHANGE):
            messages.success(request, _("A new code is on its way. The older one no longer holds."))
        else:
            messages.info(request, _("The code is on its way. You can ask again after a minute."))
    return redirect("portal:own_phone_code")


@signed_in
@require_POST
def take_back(request: SignedInRequest) -> HttpResponse:
    change = phones.open_change(phones.owner_of(request.user))
    if change is not None:
        with refusals.as_message(request):
            phones.take_back(change=change, now=local_now())
            messages.success(request, _("Your number stays as it was."))
    return redirect("portal:own_phone")
