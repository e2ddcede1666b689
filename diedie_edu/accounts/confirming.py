"""How far a session has come: signed in, shown the second factor, lately, idle for too long.

Whoever holds power over others and has signed in is nobody yet until the second factor is shown;
`request.user` is a visitor meanwhile, and `request.known_user` whom the session belongs to.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from diedie_edu.accounts.models import Device, User
from diedie_edu.accounts.queries import has_agreed, privacy_notice_in_force
from diedie_edu.common.days import local_now

SHOWN = "second_factor_at"  # in the session; zero where the browser is trusted
SEEN = "seen_at"
OWES = "owes_agreement"  # to the privacy notice in force
# A page that gives power or takes whole lists out asks again after so long; a form that was opened
# in time may take longer.
FRESH, FILLED_IN = timedelta(minutes=10), timedelta(minutes=30)
NOTED_EVERY = timedelta(minutes=5)
TRUSTED_FOR = timedelta(days=30)
READS = {"GET", "HEAD"}
Whoever = User | AnonymousUser


def watch(request: Any) -> None:
    request.known_user = SimpleLazyObject(lambda: _present(request))
    request.user = SimpleLazyObject(lambda: _through(request))


def begin(request: HttpRequest, user: User, device: Device | None, now: datetime) -> None:
    """An account has just signed in, in a browser that it knows or in another one (None)."""
    request.session.pop(SHOWN, None)
    notice = privacy_notice_in_force(now)
    request.session[OWES] = notice is not None and not has_agreed(user, notice)
    request.session[SEEN] = now.timestamp()
    if device and device.trusted_at and now < device.trusted_at + TRUSTED_FOR:
        request.session[SHOWN] = 0


def note_shown(request: HttpRequest, now: datetime) -> None:
    request.session[SHOWN] = now.timestamp()


def owes_agreement(request: HttpRequest) -> bool:
    """Whether the reader has yet to agree to the privacy notice. A form that is sent is not
    stopped: what was typed would be lost."""
    return request.method in READS and bool(request.session.get(OWES))


def note_agreed(request: HttpRequest) -> None:
    request.session[OWES] = False


def is_through(request: HttpRequest, user: User) -> bool:
    """Whether an account that has signed in may go on without the second factor."""
    if not user.has_power:
        return True
    return (
        SHOWN in request.session if user.has_second_factor else not settings.SECOND_FACTOR_REQUIRED
    )


def is_fresh(request: HttpRequest, user: User) -> bool:
    """Whether the second factor was shown lately enough; an account without one is not asked."""
    limit = FRESH if request.method in READS else FILLED_IN
    age = local_now().timestamp() - request.session.get(SHOWN, 0)
    return not user.has_second_factor or age < limit.total_seconds()


def _through(request: Any) -> Whoever:
    user = request.known_user
    if user.is_authenticated and not is_through(request, user):
        return AnonymousUser()
    return get_user(request)


def _present(request: Any) -> Whoever:
    user: Any = get_user(request)
    if not user.is_authenticated or not user.has_power:
        return user
    if _is_idle(request):
        request.session.flush()
        request.was_idle, request._cached_user = True, AnonymousUser()
    return get_user(request)


def _is_idle(request: HttpRequest) -> bool:
    """Notes that somebody is there, every few minutes; a page that loads itself anew is nobody."""
    limit, now = settings.STAFF_IDLE_MINUTES * 60, local_now().timestamp()
    if not limit:
        return False
    seen = request.session.get(SEEN, 0)
    if seen and now - seen >= limit:
        return True
    if now - seen >= NOTED_EVERY.total_seconds() and _is_by_hand(request):
        request.session[SEEN] = now
    return False


def _is_by_hand(request: HttpRequest) -> bool:
    """Browsers say whether somebody tapped; old ones say nothing."""
    is_silent = "Sec-Fetch-Mode" not in request.headers
    return request.method not in READS or is_silent or "Sec-Fetch-User" in request.headers
