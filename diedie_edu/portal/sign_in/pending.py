"""What a visitor has asked for and proved so far, kept in their session, never in addresses."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from django.http import HttpRequest

KEY = "sign_in"
LIFE = timedelta(hours=1)


@dataclass(frozen=True)
class Pending:
    """A phone that was sent a code; `is_proved` once the code was entered, `is_asked` where its
    account's owner has to say their name after it."""

    phone: str
    purpose: str
    next: str
    until: float
    is_proved: bool = False
    is_asked: bool = False


def remember(request: HttpRequest, *, phone: str, purpose: str, next: str, now: datetime) -> None:
    _keep(request, Pending(phone, purpose, next, (now + LIFE).timestamp()))


def prove(request: HttpRequest, pending: Pending, now: datetime) -> None:
    _keep(request, replace(pending, is_proved=True, until=(now + LIFE).timestamp()))


def ask_owner(request: HttpRequest, pending: Pending, now: datetime) -> None:
    _keep(request, replace(pending, is_asked=True, until=(now + LIFE).timestamp()))


def recall(request: HttpRequest, now: datetime, *, is_proved: bool = False) -> Pending | None:
    """What is under way, unless it lapsed; with `is_proved`, only behind a right code."""
    kept = request.session.get(KEY)
    pending = Pending(**kept) if kept else None
    if pending is None or pending.until < now.timestamp():
        return None
    return pending if pending.is_proved or not is_proved else None


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def _keep(request: HttpRequest, pending: Pending) -> None:
    request.session[KEY] = asdict(pending)
    if not request.user.is_authenticated:
        # A stranger's phone must not lie in the session table for half a year.
        request.session.set_expiry(int(LIFE.total_seconds()))
