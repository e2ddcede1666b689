"""One's own phone: a new number, proved by a code to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.accounts.actions import codes, devices
from diedie_edu.accounts.models import OneTimeCode, User
from diedie_edu.accounts.throttling import client_ip
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.phones import masked
from diedie_edu.notices.phones import notify_of_code
from diedie_edu.people.actions import phones
from diedie_edu.portal.phones import actions
from diedie_edu.portal.phones.forms import NewPhoneForm
from diedie_edu.portal.sign_in.forms import CodeForm

KEY = "new_phone"  # in the session: what is under way, never in an address


@signed_in
@never_cache
def phone(request: SignedInRequest) -> HttpResponse:
    form = NewPhoneForm(request.user, request.POST or None)
    if form.is_valid():
        with refusals.in_form(form):
            _send(request, form.cleaned_data["phone"])
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


def _send(request: HttpRequest, new_phone: str) -> bool:
    return codes.send_code(
        phone=new_phone,
        purpose=OneTimeCode.Purpose.CHANGE,
        language=get_language(),
        by_ip=client_ip(request),
        now=local_now(),
        notify=notify_of_code,
    )


@signed_in
@never_cache
@sensitive_post_parameters()
def code(request: SignedInRequest) -> HttpResponse:
    asked = request.session.get(KEY)
    if asked is None:
        return redirect("portal:own_phone")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        with refusals.in_form(form):
            codes.redeem_code(
                phone=asked["phone"],
                purpose=OneTimeCode.Purpose.CHANGE,
                code=form.cleaned_data["code"],
                now=local_now(),
            )
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
        if _send(request, asked["phone"]):
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
