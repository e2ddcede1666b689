"""Letting an account in, and where it arrives."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from diedie_edu.accounts.actions import devices
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_now
from diedie_edu.portal.sign_in import pending

BACKEND = "diedie_edu.accounts.backends.PhoneBackend"


def enter(request: HttpRequest, user: User, next: str = "") -> HttpResponse:
    """Sign in under a fresh session key: residents for long, staff for a working day."""
    pending.forget(request)
    login(request, user, backend=BACKEND)
    request.session.set_expiry(settings.STAFF_SESSION_AGE if user.has_power else None)
    response = redirect(next or first_page(user))
    devices.remember(request, response, user=user, now=local_now())
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        speak(response, user.language)
    return response


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
