"""A tablet at the door, on which people check themselves in.

Staff unlock it for one occasion; they are signed out on it by that, and what stays is a grant
in a cookie: signed, of this occasion alone, until its end. It shows no list, and no name but
covered ones of those whose digits were typed.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, public
from diedie_edu.accounts.models import User
from diedie_edu.activities.models import How, Occasion
from diedie_edu.activities.traits import programmes_kept_by
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import Refused
from diedie_edu.common.links import numbers_in, token
from diedie_edu.door.actions import arrivals
from diedie_edu.door.actions.kiosk import find_people
from diedie_edu.door.queries import attendance
from diedie_edu.door.views.door import keeps_register, occasion_to_keep
from diedie_edu.people.models import Resident

COOKIE, PATH = "kiosk", "/kiosk/"
GRANT, PICK = "kiosk", "kiosk_pick"
MOST_DIGITS = 11
GREETING_SECONDS = 6


@dataclass(frozen=True)
class Grant:
    """Who unlocked the kiosk for which occasion."""

    occasion: Occasion
    by: User


@keeps_register
@require_POST
def unlock(request: SignedInRequest, pk: int) -> HttpResponse:
    """The staff session ends on this device; only the grant stays."""
    occasion, now = occasion_to_keep(request, pk), local_now()
    ends = int(occasion.ends_at.timestamp())
    grant = token(GRANT, occasion.pk, request.user.pk, ends)
    logout(request)
    response = redirect("door:kiosk")
    response.set_cookie(
        COOKIE,
        grant,
        max_age=max(0, ends - int(now.timestamp())),
        path=PATH,
        samesite="Strict",
        secure=settings.SECURE,
        httponly=True,
    )
    return response


def _grant(request: HttpRequest) -> Grant | None:
    """It holds until the end of the occasion, and as long as who gave it keeps the register."""
    numbers = numbers_in(request.COOKIES.get(COOKIE, ""), GRANT)
    if numbers is None or local_now().timestamp() >= numbers[2]:
        return None
    by = User.objects.filter(pk=numbers[1]).first()
    programmes = programmes_kept_by(by) if by else []
    occasion = attendance.occasions_of(programmes).filter(pk=numbers[0]).first()
    return Grant(occasion, by) if by and occasion else None


@public
@never_cache
def kiosk(request: HttpRequest) -> HttpResponse:
    """The keypad; each key is a button of the form, so that it works without JavaScript."""
    grant = _grant(request)
    if grant is None:
        return render(request, "activities/door/kiosk_closed.html")
    if "person" in request.POST:
        return _picked(request, grant)
    digits = "".join(filter(str.isdigit, request.POST.get("digits", "")))[:MOST_DIGITS]
    key = request.POST.get("key", "")
    if request.method == "POST" and key == "":
        return _typed(request, grant, digits)
    return _keypad(request, grant, digits=_pressed(digits, key))


def _pressed(digits: str, key: str) -> str:
    if key == "back":
        return digits[:-1]
    return (digits + key)[:MOST_DIGITS] if key.isdecimal() else digits


def _keypad(request: HttpRequest, grant: Grant, **more: object) -> HttpResponse:
    context = {"occasion": grant.occasion, "keys": "123456789", **more}
    return render(request, "activities/door/kiosk.html", context)


def _typed(request: HttpRequest, grant: Grant, digits: str) -> HttpResponse:
    """The one whose digits they are, or a choice of them; too few digits stay to be completed."""
    now = local_now()
    try:
        people = find_people(occasion=grant.occasion, digits=digits, now=now)
    except Refused as refusal:
        typed = digits if refusal.code == "few_digits" else ""
        return _keypad(request, grant, digits=typed, trouble=refusal)
    if len(people) == 1:
        return _welcome(request, grant, people[0], now)
    picks = [(one, token(PICK, grant.occasion.pk, one.pk)) for one in people]
    context = {"picks": picks, "occasion": grant.occasion}
    return render(request, "activities/door/kiosk_who.html", context)


def _picked(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Only whom this kiosk has just offered can be picked."""
    numbers = numbers_in(request.POST["person"], PICK)
    if numbers is None or numbers[0] != grant.occasion.pk:
        return redirect("door:kiosk")
    resident = get_object_or_404(Resident, pk=numbers[1])
    return _welcome(request, grant, resident, local_now())


def _welcome(request: HttpRequest, grant: Grant, resident: Resident, now: datetime) -> HttpResponse:
    """A greeting that gives way to the keypad by itself: a header, so no page is timed out."""
    try:
        arrival = arrivals.check_in(
            occasion=grant.occasion, resident=resident, how=How.KIOSK, by=grant.by, now=now
        )
    except Refused as refusal:
        return _keypad(request, grant, trouble=refusal)
    context = {"arrival": arrival, "occasion": grant.occasion}
    response = render(request, "activities/door/kiosk_welcome.html", context)
    response["Refresh"] = f"{GREETING_SECONDS}; url={PATH}"
    return response


@public
@never_cache
def lock(request: HttpRequest) -> HttpResponse:
    """Asks first, as only staff can open the kiosk again; then it is put away."""
    if request.method != "POST":
        return render(request, "activities/door/kiosk_away.html")
    response = redirect("accounts:sign_in")
    response.delete_cookie(COOKIE, path=PATH)
    return response
