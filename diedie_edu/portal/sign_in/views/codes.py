"""Phone, then code: one way in for signing in, registering and a forgotten password.

Known and unknown phones are treated alike until the code has proved that the phone is in the
visitor's hands; only then the ways part.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from diedie_edu.accounts import queries
from diedie_edu.accounts.access import public
from diedie_edu.accounts.actions import devices
from diedie_edu.accounts.models import OneTimeCode, User
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.next_page import next_page
from diedie_edu.common.phones import masked
from diedie_edu.portal.sign_in import asking, pending
from diedie_edu.portal.sign_in.entering import let_in
from diedie_edu.portal.sign_in.forms import CodeForm, PhoneForm
from diedie_edu.portal.sign_in.pending import Pending
from diedie_edu.portal.sign_in.rules import is_long_away

Purpose = OneTimeCode.Purpose
PHONE_PAGES = {
    Purpose.SIGN_IN: "accounts:sign_in_code",
    Purpose.REGISTER: "accounts:register",
    Purpose.RESET: "accounts:reset",
}


@public
def sign_in_code(request: HttpRequest) -> HttpResponse:
    return _ask_phone(request, Purpose.SIGN_IN, "accounts/sign_in_code.html")


@public
def register(request: HttpRequest) -> HttpResponse:
    """Closed as long as nobody has said what becomes of people's information (PIPL art. 14)."""
    if queries.privacy_notice_in_force(local_now()) is None:
        return render(request, "accounts/register_closed.html")
    return _ask_phone(request, Purpose.REGISTER, "accounts/register.html")


@public
def reset(request: HttpRequest) -> HttpResponse:
    """Also for people who are signed in and have no password, or no longer know it."""
    return _ask_phone(request, Purpose.RESET, "accounts/reset.html")


def _ask_phone(request: HttpRequest, purpose: Purpose, template: str) -> HttpResponse:
    form = PhoneForm(request.POST or None, initial={"phone": getattr(request.user, "phone", "")})
    if form.is_valid():
        phone = form.cleaned_data["phone"]
        with refusals.in_form(form):
            asking.send(request, phone, purpose)
            pending.remember(
                request, phone=phone, purpose=purpose, next=next_page(request, ""), now=local_now()
            )
            return redirect("accounts:enter_code")
    return render(request, template, {"form": form, "next": next_page(request, "")})


@public
@sensitive_post_parameters()
def enter_code(request: HttpRequest) -> HttpResponse:
    asked = pending.recall(request, local_now())
    if asked is None:
        return redirect("accounts:sign_in_code")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        with refusals.in_form(form):
            asking.redeem(request, asked.phone, asked.purpose, form.cleaned_data["code"])
            return _go_on(request, asked)
    context = {
        "form": form,
        "phone": masked(asked.phone),
        "minutes": OneTimeCode.MINUTES,
        "purpose": asked.purpose,
        "phone_url": reverse(PHONE_PAGES[asked.purpose]),  # type: ignore[index]
    }
    return render(request, "accounts/enter_code.html", context)


def _go_on(request: HttpRequest, asked: Pending) -> HttpResponse:
    """Behind the code: an account is entered, a newcomer is asked for their name."""
    user, now = User.objects.filter(phone=asked.phone).first(), local_now()
    if user is None:
        pending.prove(request, asked, now)
        return redirect("accounts:finish_registration")
    if not user.is_active:
        pending.forget(request)
        messages.error(
            request, _("This account has been closed. The community office can tell you why.")
        )
        return redirect("accounts:sign_in")
    if is_long_away(user, now) and devices.recognise(request, user) is None:
        pending.ask_owner(request, asked, now)
        return redirect("accounts:owner")
    return let_in(request, user, asked)


@public
@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    asked = pending.recall(request, local_now())
    if asked is None:
        return redirect("accounts:sign_in_code")
    with refusals.as_message(request):
        if asking.send(request, asked.phone, asked.purpose):
            messages.success(request, _("A new code is on its way. The older one no longer holds."))
        else:
            messages.info(request, _("The code is on its way. You can ask again after a minute."))
    return redirect("accounts:enter_code")
