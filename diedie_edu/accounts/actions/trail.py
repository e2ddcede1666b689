"""Writing the trail of security, and letting its old end go."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.accounts.models import SecurityEvent
from diedie_edu.accounts.throttling import network_of
from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.current_request import account_number, current_request

Kind = SecurityEvent.Kind

NETWORK_KEY = "accounts.trail"
SIX_MONTHS = 184  # days, at the longest
REFUSED = Throttle("pages refused", within=timedelta(minutes=10))


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


def note_refused(page: str, numbers: Iterable[str], now: datetime) -> None:
    """That whoever asks was refused a page, with the numbers in its address.

    House rule: of one account at pages of one address the first within ten minutes is written, then
    the tenth, the hundredth and so on with their count, so that nobody fills the trail.
    """
    count = REFUSED.count(f"{account_number()} {page}", now)
    if count == 1:
        note(Kind.REFUSED, what=" ".join([page, *numbers])[:80], now=now)
    elif str(count).rstrip("0") == "1":
        note(Kind.REFUSED, what=f"{page} ×{count}"[:80], now=now)


def note_roles(
    users: Iterable[int], *, is_given: bool, role: str, by: int | None, now: datetime
) -> None:
    """One event for each of these accounts, in one statement."""
    SecurityEvent.objects.bulk_create(
        SecurityEvent(
            kind=Kind.ROLE_GIVEN if is_given else Kind.ROLE_TAKEN,
            account=account_number() if by is None else by,
            about=user,
            what=role,
            network_hash=_network(),
            at=now,
        )
        for user in users
    )


def _network() -> str:
    request = current_request()
    return keyed_hash(network_of(request), NETWORK_KEY) if request else ""


def forget_old_events(now: datetime) -> int:
    """Delete what the house no longer keeps; the database keeps six months whatever is set."""
    days = max(settings.TRAIL_KEEP_DAYS, SIX_MONTHS)
    old = SecurityEvent.objects.filter(at__lt=now - timedelta(days=days))
    return old.delete()[0]
