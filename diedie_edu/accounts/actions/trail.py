"""Writing the trail of security, and letting its old end go."""

from datetime import datetime, timedelta

from django.conf import settings

from diedie_edu.accounts.models import SecurityEvent
from diedie_edu.accounts.throttling import network_of
from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.current_request import account_number, current_request

Kind = SecurityEvent.Kind

NETWORK_KEY = "accounts.trail"
SIX_MONTHS = 184  # days, at the longest


def note(
    kind: Kind,
    *,
    by: int | None = None,
    about: int | None = None,
    what: str = "",
    reason: str = "",
    now: datetime,
) -> None:
    """Write one event; the network is that of the request that is being answered.

    `by` and `about` are numbers of accounts: who did it (None: whoever asks, if anybody is signed
    in) and whose account it touches. `what` is a word and at most a number ("residents 120"),
    never a name, a phone or anybody's own words; `reason` is what staff gave as theirs.
    """
    SecurityEvent.objects.create(
        kind=kind,
        account=account_number() if by is None else by,
        about=about,
        what=what,
        reason=reason,
        network_hash=_network(),
        at=now,
    )


def _network() -> str:
    request = current_request()
    return keyed_hash(network_of(request), NETWORK_KEY) if request else ""


def forget_old_events(now: datetime) -> int:
    """Delete what the house no longer keeps; the database keeps six months whatever is set."""
    days = max(settings.TRAIL_KEEP_DAYS, SIX_MONTHS)
    old = SecurityEvent.objects.filter(at__lt=now - timedelta(days=days))
    return old.delete()[0]
