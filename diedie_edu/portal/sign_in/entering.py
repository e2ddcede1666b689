"""Letting an account in, and where it arrives."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

from diedie_edu.accounts import confirming
from diedie_edu.accounts.actions import devices, trail
from diedie_edu.accounts.actions.changes import Change, tell_owner
from diedie_edu.accounts.models import OneTimeCode, User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_now
from diedie_edu.portal.sign_in import pending
from diedie_edu.portal.sign_in.pending import Pending

BACKEND = "diedie_edu.accounts.backends.PhoneBackend"


def enter(request: HttpRequest, user: User, next: str = "") -> HttpResponse:
    """Sign in under a fresh session key: residents for long, staff for a working day, and who has
    power over others as far as the second step."""
    pending.forget(request)
    now, known = local_now(), devices.recognise(request, user)
    login(request, user, backend=BACKEND)
    trail.note(trail.Kind.SIGNED_IN, by=user.pk, what=_by_which_page(request), now=now)
    request.session.set_expiry(settings.STAFF_SESSION_AGE if user.has_power else None)
    confirming.begin(request, user, known, now)
    response = redirect(_way_on(request, user, next))
    devices.remember(request, response, user=user, now=now)
    if user.has_power and known is None:
        tell_owner(user, Change.NEW_DEVICE, now)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        speak(response, user.language)
    return response


def _way_on(request: HttpRequest, user: User, next: str) -> str:
    wanted = resolve_url(next or first_page(user))
    if confirming.is_through(request, user):
        return wanted
    return f"{resolve_url(settings.CONFIRM_URL)}?{urlencode({'next': wanted})}"


def let_in(request: HttpRequest, user: User, asked: Pending) -> HttpResponse:
    """The phone is proved to be its owner's: on to what they had asked for a code for."""
    if asked.purpose == OneTimeCode.Purpose.RESET:
        pending.prove(request, asked, local_now())
        return redirect("accounts:new_password")
    if asked.purpose == OneTimeCode.Purpose.REGISTER:
        messages.info(request, _("This phone already had an account: you are signed in."))
    return enter(request, user, asked.next)


def _by_which_page(request: HttpRequest) -> str:
    """Which tells whether by a password, a code, or both."""
    match = request.resolver_match
    return match.view_name if match else ""


def first_page(user: User) -> str:
    if user.may_open_desk:
        return "portal:desk"
    return "office:desk" if user.may(Permission.READ_OFFICE) else "portal:my_page"


def speak(response: HttpResponse, language: str) -> None:
    """Pages from now on in this language, as the language switch does it."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
