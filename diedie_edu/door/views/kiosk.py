"""A tablet at the door, on which people check themselves in.

Staff unlock it for one occasion; they are signed out on it by that, and what stays is a grant
in a cookie: signed, of this occasion alone, until its end. It shows no list, and no name but
covered ones of those whose digits were typed, or letters where staff let this device find by name.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, public
from diedie_edu.accounts.models import User
from diedie_edu.activities.models import How, Occasion
from diedie_edu.activities.traits import programmes_kept_by
from diedie_edu.common.characters import plain
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import Refused
from diedie_edu.common.links import numbers_in, token
from diedie_edu.common.phones import digits_of
from diedie_edu.door.actions import arrivals
from diedie_edu.door.actions.kiosk import find_by_name, find_people
from diedie_edu.door.queries import attendance
from diedie_edu.door.views.door import keeps_register, occasion_to_keep
from diedie_edu.people.models import Resident

COOKIE, PATH = "kiosk", "/kiosk/"
GRANT, PICK = "kiosk", "kiosk_pick"
MOST_DIGITS, MOST_LETTERS = 12, 24
LETTERS = "abcdefghijklmnopqrstuvwxyz"
GREETING_SECONDS = 6


@dataclass(frozen=True)
class Grant:
    """Who unlocked the kiosk for which occasion, and whether it finds by name too."""

    occasion: Occasion
    by: User
    by_name: bool


@keeps_register
@require_POST
def unlock(request: SignedInRequest, pk: int) -> HttpResponse:
    """The staff session ends on this device; only the grant stays."""
    occasion, now = occasion_to_keep(request, pk), local_now()
    ends = int(occasion.ends_at.timestamp())
    by_name = int("by_name" in request.POST)
    grant = token(GRANT, occasion.pk, request.user.pk, ends, by_name)
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
    return Grant(occasion, by, numbers[3:] == (1,)) if by and occasion else None


@public
def kiosk(request: HttpRequest) -> HttpResponse:
    """The keypad; each key is a button of the form, so that it works without JavaScript."""
    grant = _grant(request)
    if grant is None:
        return render(request, "activities/door/kiosk_closed.html")
    request.unlocked_by = grant.by  # type: ignore[attr-defined]  # who answers for what it shows
    if "person" in request.POST:
        return _picked(request, grant)
    typed, key = _kept(grant, request.POST.get("digits", "")), request.POST.get("key", "")
    if request.method == "POST" and key == "":
        return _typed(request, grant, typed)
    pressed = typed[:-1] if key == "back" else _kept(grant, typed + key[:1])
    return _keypad(request, grant, digits=pressed)


def _kept(grant: Grant, typed: str) -> str:
    """Digits alone; of a name its letters, where this device finds by name."""
    letters = "".join(filter(str.isalpha, plain(typed)))
    if grant.by_name and letters:
        return letters[:MOST_LETTERS]
    return digits_of(typed)[:MOST_DIGITS]


def _keypad(request: HttpRequest, grant: Grant, **more: object) -> HttpResponse:
    letters = LETTERS if grant.by_name else ""
    context = {"occasion": grant.occasion, "keys": "123456789", "letters": letters, **more}
    return render(request, "activities/door/kiosk.html", context)


def _typed(request: HttpRequest, grant: Grant, typed: str) -> HttpResponse:
    """The one whose digits they are, or a choice; how a name begins is always a choice. Too few
    signs stay to be completed."""
    now = local_now()
    try:
        people = _meant(grant, typed, now)
    except Refused as refusal:
        kept = typed if refusal.code.startswith("few_") else ""
        return _keypad(request, grant, digits=kept, trouble=refusal)
    if len(people) == 1 and typed.isdigit():
        return _welcome(request, grant, people[0], now)
    picks = [(one, token(PICK, grant.occasion.pk, one.pk)) for one in people]
    context = {"picks": picks, "occasion": grant.occasion}
    return render(request, "activities/door/kiosk_who.html", context)


def _meant(grant: Grant, typed: str, now: datetime) -> list[Resident]:
    if typed.isalpha():
        return find_by_name(occasion=grant.occasion, letters=typed, now=now)
    return find_people(occasion=grant.occasion, digits=typed, now=now)


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
def lock(request: HttpRequest) -> HttpResponse:
    """Asks first, as only staff can open the kiosk again; then it is put away."""
    if request.method != "POST":
        return render(request, "activities/door/kiosk_away.html")
    response = redirect("accounts:sign_in")
    response.delete_cookie(COOKIE, path=PATH)
    return response
