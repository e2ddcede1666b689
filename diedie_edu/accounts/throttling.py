"""Which network a request came from, and what django-axes is told of a client.

It counts failed sign-ins by phone and network; the phone reaches its tables as a keyed hash
only, and its log lines name neither.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.errors import Refused
from diedie_edu.common.phones import normalise_phone

UNREADABLE = "0.0.0.0"  # nosec B104 (nothing listens there: one place for all that cannot be read)
WITH_PORT = re.compile(r"\[(?P<six>[^\]]+)\](:\d+)?|(?P<four>[\d.]+):\d+")


def network_of(request: HttpRequest) -> str:
    """The network that a request came from, by which tries are counted: an IPv4 address, or the
    first address of an IPv6 /64, which is one household's or one machine's to choose from."""
    typed = _address(request).strip()
    if found := WITH_PORT.fullmatch(typed):
        typed = found["six"] or found["four"]
    try:
        return str(_network(ip_address(typed)))
    except ValueError:
        return UNREADABLE


def _network(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """An IPv4 address may come in the clothes of IPv6."""
    if isinstance(address, IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    return inner or IPv6Network((int(address), 64), strict=False).network_address


def _address(request: HttpRequest) -> str:
    """Behind PROXY_COUNT proxies of our own it is the one that the outermost of them wrote down;
    what a client itself puts into the header stands further left and is not believed."""
    passed_on = request.headers.get("X-Forwarded-For", "").split(",")
    count = settings.PROXY_COUNT
    if count and len(passed_on) >= count and passed_on[-count].strip():
        return passed_on[-count]
    return request.META.get("REMOTE_ADDR", "")


def client_name(request: HttpRequest, credentials: Mapping[str, str] | None) -> str:
    """Whose sign-ins are counted: one hash for all the ways to write a phone number."""
    return keyed_hash(phone_typed(request, credentials), "accounts.throttling")


def phone_typed(request: HttpRequest, credentials: Mapping[str, str] | None) -> str:
    """The phone that somebody signs in with, in its one form where it is a number."""
    typed = credentials or request.POST
    phone = typed.get("phone") or typed.get("username") or ""
    with suppress(Refused):
        phone = normalise_phone(phone)
    return phone


def client_in_logs(*_known: object) -> str:
    """Logs tell that somebody failed to sign in, not who and from where."""
    return "a client"
