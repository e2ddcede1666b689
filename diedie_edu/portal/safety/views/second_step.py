"""The second step: shown, set up, kept on paper, switched off."""

import base64
import json
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.oath import totp

from diedie_edu.accounts import confirming
from diedie_edu.accounts.access import (
    KnownRequest,
    SignedInRequest,
    confirmed,
    half_way,
    signed_in,
    to_confirm,
)
from diedie_edu.accounts.actions import devices, second_factors
from diedie_edu.accounts.models import SecondFactor, User
from diedie_edu.accounts.rules import can_do_without
from diedie_edu.common import refusals
from diedie_edu.common.crypto import seal, unseal
from diedie_edu.common.days import local_now
from diedie_edu.common.next_page import next_page
from diedie_edu.common.phones import masked
from diedie_edu.community.known import community
from diedie_edu.portal.safety.forms import ConfirmForm, StepForm

KEY, SHEET = "second_factor_key", "second_factor_sheet"  # in the session, sealed


@half_way
@sensitive_post_parameters()
def confirm(request: KnownRequest) -> HttpResponse:
    """At sign-in, and once more before what gives power or takes whole lists out."""
    user, now = request.known_user, local_now()
    is_through = confirming.is_through(request, user)
    if not user.has_second_factor:
        return redirect(
            next_page(request, "/me/") if is_through else _with_next(request, "second_step_set_up")
        )
    form = ConfirmForm(request.POST or None)
    if form.is_valid():
        with refusals.in_form(form):
            second_factors.confirm(
                user=user,
                typed=form.cleaned_data["code"],
                session=request.session.session_key or "",
                now=now,
            )
            confirming.note_shown(request, now)
            if form.cleaned_data["trusts"]:
                devices.trust(request, user=user, now=now)
            return redirect(next_page(request, "/me/"))
    context = {"form": form, "next": next_page(request, ""), "is_through": is_through}
    return render(request, "accounts/confirm.html", context | _demo_code(user))


def _demo_code(user: User) -> dict[str, str]:
    """Everybody shares a demo account, and nobody has the phone of whoever tried this."""
    if not user.is_demo:
        return {}
    return {"demo_code": f"{totp(base64.b32decode(user.second_factor.key)):06d}"}


@half_way
@sensitive_post_parameters()
def set_up(request: KnownRequest) -> HttpResponseBase:
    """An app gets a key, and proves it by a code. Another app takes the place of the former."""
    user, now = request.known_user, local_now()
    if not user.has_power:
        return redirect("accounts:profile")
    key = _key(request)
    if _replaces(user, key) and not confirming.is_fresh(request, user):
        return to_confirm(request)
    form = StepForm(request.POST or None)
    if form.is_valid():
        with refusals.in_form(form):
            lines = second_factors.set_up(
                user=user,
                key=key,
                code=form.cleaned_data["code"],
                session=request.session.session_key or "",
                now=now,
            )
            if lines:  # a second tap leaves the session of the first alone
                request.session[SHEET] = seal(json.dumps(lines))
                confirming.note_shown(request, now)
            return redirect(_with_next(request, "second_step_sheet"))
    groups = " ".join(key[place : place + 4] for place in range(0, len(key), 4))
    context = {"form": form, "address": _address(user, key), "key": groups}
    return render(request, "accounts/second_step_set_up.html", context | {"next": _next(request)})


def _key(request: KnownRequest) -> str:
    """That of this session; who comes back to set up another app gets another."""
    sealed = request.session.get(KEY)
    key = unseal(sealed) if sealed else ""
    is_used = request.method == "GET" and not _replaces(request.known_user, key)
    if not key or (is_used and request.known_user.has_second_factor):
        key = second_factors.new_key()
        request.session[KEY] = seal(key)
    return key


def _replaces(user: User, key: str) -> bool:
    return user.has_second_factor and user.second_factor.key != key


def _address(user: User, key: str) -> str:
    """What apps read from the QR code (key URI format)."""
    issuer = community().brand
    label = quote(f"{issuer}:{masked(user.phone)}")
    return f"otpauth://totp/{label}?{urlencode({'secret': key, 'issuer': issuer})}"


@signed_in
def sheet(request: SignedInRequest) -> HttpResponse:
    """Shown until its owner says that it is printed or copied out."""
    if request.method == "POST":
        for name in (KEY, SHEET):
            request.session.pop(name, None)
        return redirect(next_page(request, reverse("accounts:profile")))
    sealed = request.session.get(SHEET)
    if sealed is None:
        return redirect("portal:second_step")
    context = {"lines": json.loads(unseal(sealed)), "next": _next(request), "now": local_now()}
    return render(request, "accounts/second_step_sheet.html", context)


@signed_in
@confirmed
def second_step(request: SignedInRequest) -> HttpResponse:
    user = request.user
    if not user.has_power:
        return redirect("accounts:profile")
    if request.method == "POST" and user.has_second_factor:
        return _new_sheet(request) if request.POST.get("do") == "sheet" else _off(request)
    factor = SecondFactor.objects.filter(user=user).first()
    left = factor.recovery_codes.filter(used_at=None).count() if factor else 0
    may = can_do_without(user, is_required=settings.SECOND_FACTOR_REQUIRED)
    context = {"factor": factor, "left": left, "may_switch_off": may}
    return render(request, "accounts/second_step.html", context)


def _new_sheet(request: SignedInRequest) -> HttpResponse:
    lines = second_factors.make_sheet(user=request.user, now=local_now())
    request.session[SHEET] = seal(json.dumps(lines))
    return redirect("portal:second_step_sheet")


def _off(request: SignedInRequest) -> HttpResponse:
    with refusals.as_message(request):
        second_factors.switch_off(user=request.user, now=local_now())
        messages.success(request, _("Two-step sign-in is off."))
    return redirect("accounts:profile")


def _next(request: Any) -> str:
    return next_page(request, "")


def _with_next(request: Any, name: str) -> str:
    """The next page of the way, which leads on to where somebody wanted to go."""
    wanted = _next(request)
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return reverse(f"portal:{name}") + query
