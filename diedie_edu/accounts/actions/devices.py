"""Knowing browsers again in which an account has signed in.

The cookie holds one token for each account that has signed in there. Each sign-in of another
account makes one of its own, so whoever used a shared computer before knows none of those that
come after.
"""

import re
import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse

from diedie_edu.accounts.actions import trail
from diedie_edu.accounts.actions.changes import Change, tell_owner
from diedie_edu.accounts.models import Device, User
from diedie_edu.accounts.user_agents import label_of
from diedie_edu.common.crypto import keyed_hash, keyed_hashes
from diedie_edu.common.days import local_day, local_now

PURPOSE = "accounts.device"
KEY = "device"  # in the session: which browser it is, and the day on which that was last noted
TOKEN = re.compile(r"[\w-]{22}", re.ASCII)
ACCOUNTS_PER_BROWSER = 6
BROWSERS_PER_ACCOUNT = 20
FORGOTTEN_AFTER = timedelta(days=365)


def recognise(request: HttpRequest, user: User | None) -> Device | None:
    """The browser that asks, if `user` has signed in with it. Without an account the answer costs
    the same, so that nobody learns which phones have one."""
    hashes = [each for token in _tokens(request) for each in keyed_hashes(token, PURPOSE)]
    if not hashes:
        return None
    return Device.objects.filter(user_id=user.pk if user else 0, token_hash__in=hashes).first()


def remember(request: HttpRequest, response: HttpResponse, *, user: User, now: datetime) -> Device:
    """`user` has just signed in here. A session that was left open here before ends."""
    tokens, device = _tokens(request), recognise(request, user)
    if device is None:
        tokens.append(secrets.token_urlsafe(16))
        device = Device(user=user, token_hash=keyed_hash(tokens[-1], PURPOSE), first_seen=now)
    elif device.session_key != request.session.session_key:
        _end_session(device)
    device.label = label_of(request.headers.get("User-Agent", ""))
    device.last_seen = local_day(now)
    device.session_key = request.session.session_key or ""
    device.save()
    request.session[KEY] = [device.pk, device.last_seen.isoformat()]
    _hand_over(response, tokens[-ACCOUNTS_PER_BROWSER:])
    for old in Device.objects.filter(user=user).exclude(pk=device.pk)[BROWSERS_PER_ACCOUNT - 1 :]:
        end(old)
    return device


def note_seen(request: HttpRequest, today: date) -> None:
    """Once a day, for a session that goes on for half a year."""
    pk, noted = request.session.get(KEY, [0, ""])
    if pk and noted != today.isoformat():
        Device.objects.filter(pk=pk).update(last_seen=today)
        request.session[KEY] = [pk, today.isoformat()]


def go_on(request: HttpRequest, user: User) -> None:
    """Password or phone of `user` are new: this session goes on, all others end."""
    update_session_auth_hash(request, user)
    pk, _noted = request.session.get(KEY, [0, ""])
    Device.objects.filter(pk=pk).update(session_key=request.session.session_key)


def end(device: Device) -> None:
    """It is signed out, and a stranger from now on."""
    _end_session(device)
    what = f"device {device.pk}"
    trail.note(trail.Kind.DEVICE_ENDED, about=device.user_id, what=what, now=local_now())
    device.delete()


@transaction.atomic
def end_all(user: User) -> None:
    """Every session ends, one that was copied from a browser too."""
    for device in user.devices.all():
        end(device)
    User.objects.filter(pk=user.pk).update(sign_outs=F("sign_outs") + 1)


@transaction.atomic
def sign_out_everywhere(*, user: User, now: datetime) -> None:
    end_all(user)
    tell_owner(user, Change.EVERYWHERE, now)


def trust(request: HttpRequest, *, user: User, now: datetime) -> None:
    """The second factor is not asked for at sign-in here for a while."""
    if device := recognise(request, user):
        Device.objects.filter(pk=device.pk).update(trusted_at=now)


def forget_old_devices(now: datetime) -> None:
    for device in Device.objects.filter(last_seen__lt=local_day(now - FORGOTTEN_AFTER)):
        end(device)


def _end_session(device: Device) -> None:
    Session.objects.filter(session_key=device.session_key).delete()


def _tokens(request: HttpRequest) -> list[str]:
    kept = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "").split(".")
    return [token for token in kept if TOKEN.fullmatch(token)][-ACCOUNTS_PER_BROWSER:]


def _hand_over(response: HttpResponse, tokens: list[str]) -> None:
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        ".".join(tokens),
        max_age=FORGOTTEN_AFTER,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )
