"""What django-axes is told of a client, and what it is not told.

It counts failed sign-ins by phone and address; the phone reaches its tables as a keyed hash
only, and its log lines name neither.
"""

from collections.abc import Mapping
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest

from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.errors import Refused
from diedie_edu.common.phones import normalise_phone


def client_ip(request: HttpRequest) -> str:
    """The address a request came from.

    Behind PROXY_COUNT proxies of our own it is the one that the outermost of them wrote down;
    what a client itself puts into the header stands further left and is not believed.
    """
    passed_on = request.headers.get("X-Forwarded-For", "").split(",")
    count = settings.PROXY_COUNT
    if count and len(passed_on) >= count and passed_on[-count].strip():
        return passed_on[-count].strip()
    return request.META.get("REMOTE_ADDR", "")


def client_name(request: HttpRequest, credentials: Mapping[str, str] | None) -> str:
    """Whose sign-ins are counted: one hash for all the ways to write a phone number."""
    typed = credentials or request.POST
    phone = typed.get("phone") or typed.get("username") or ""
    with suppress(Refused):
        phone = normalise_phone(phone)
    return keyed_hash(phone, "accounts.throttling")


def client_in_logs(*_known: object) -> str:
    """Logs tell that somebody failed to sign in, not who and from where."""
    return "a client"
