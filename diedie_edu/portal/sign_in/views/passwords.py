"""Signing in and out, and passwords."""

from datetime import datetime

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from diedie_edu.accounts import queries
from diedie_edu.accounts.access import SignedInRequest, public, signed_in
from diedie_edu.accounts.actions import accounts, devices
from diedie_edu.accounts.throttling import client_name, network_of
from diedie_edu.common.days import local_now
from diedie_edu.common.next_page import next_page
from diedie_edu.portal.sign_in import pending
from diedie_edu.portal.sign_in.entering import enter, first_page
from diedie_edu.portal.sign_in.forms import NewPasswordForm, PasswordChangeForm, SignInForm


@public
@sensitive_post_parameters()
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(next_page(request, first_page(request.user)))
    form = SignInForm(request, request.POST or None)
    if form.is_valid():
        return enter(request, form.user, next_page(request, ""))  # type: ignore[arg-type]
    return render(request, "accounts/sign_in.html", {"form": form, "next": next_page(request, "")})


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("You are signed out."))
    return redirect("portal:home")


@public
@sensitive_post_parameters()
def new_password(request: HttpRequest) -> HttpResponse:
    """The last step of a forgotten password, behind a right code."""
    proved = pending.recall(request, local_now(), is_proved=True)
    user = queries.active_account(proved.phone) if proved else None
    if user is None:
        return redirect("accounts:reset")
    form = NewPasswordForm(user, request.POST or None)
    if form.is_valid():
        password = form.cleaned_data["password"]
        accounts.set_password(user=user, password=password, now=local_now())
        messages.success(request, _("Your new password holds. You are signed in."))
        return enter(request, user, proved.next)  # type: ignore[union-attr]
    return render(request, "accounts/new_password.html", {"form": form})


@signed_in
@sensitive_post_parameters()
def password_change(request: SignedInRequest) -> HttpResponse:
    """Without a password so far, or without knowing it, a code opens the way (`reset`)."""
    if not request.user.has_usable_password():
        return redirect("accounts:reset")
    form = PasswordChangeForm(request, request.POST or None)
    if form.is_valid():
        password = form.cleaned_data["password"]
        accounts.set_password(user=request.user, password=password, now=local_now())
        devices.go_on(request, request.user)
        messages.success(request, _("Your new password holds."))
        return redirect("accounts:profile")
    return render(request, "accounts/password_change.html", {"form": form})


def locked_out(
    request: HttpRequest, _response: HttpResponse | None, credentials: dict[str, str] | None
) -> HttpResponse:
    """What django-axes answers after too many failures: the same for known and unknown phones."""
    context = {"until": _locked_until(request, credentials), "next": next_page(request, "")}
    return render(request, "accounts/locked.html", context, status=429)


def _locked_until(request: HttpRequest, credentials: dict[str, str] | None) -> datetime:
    failures = AccessAttempt.objects.filter(
        username=client_name(request, credentials), ip_address=network_of(request)
    )
    last = failures.order_by("attempt_time").values_list("attempt_time", flat=True).last()
    return (last or local_now()) + get_cool_off(request)
