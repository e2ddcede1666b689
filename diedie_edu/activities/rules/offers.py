"""How places are offered to the queue, and until when."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import SignUp
from diedie_edu.common.errors import Refused
from diedie_edu.common.waking import awake_after, awake_between


def offer_expires_at(made_at: datetime, first_starts_at: datetime) -> datetime | None:
    """House rule: an offered place is kept for OFFER_HOURS, and never for more than half of the
    time left, so that the next in the queue can still be asked. Only waking time counts
    (`common.waking`), and no offer ends at night. None where OFFERS_END_MINUTES of it are left or
    less: then nobody is asked any more, and a free seat is for whoever is first at the door."""
    left = awake_between(made_at, first_starts_at)
    if left <= timedelta(minutes=settings.OFFERS_END_MINUTES):
        return None
    return awake_after(made_at, min(timedelta(hours=settings.OFFER_HOURS), left / 2))


def has_expired(sign_up: SignUp, now: datetime) -> bool:
    """House rule: an offer that was not confirmed before its end is gone."""
    expires_at = sign_up.offer_expires_at
    return expires_at is not None and expires_at <= now


def check_was_in_time(sign_up: SignUp | None) -> SignUp:
    """House rule: an offered place that was not taken before its end is kept no longer."""
    if sign_up is None or not sign_up.is_seated:
        raise Refused(
            "lapsed",
            _(
                "The time to confirm was over, so the place is no longer kept. "
                "You can sign up again."
            ),
        )
    return sign_up


def who_comes(party: Sequence[SignUp], coming: Collection[int] | None) -> list[SignUp]:
    """House rule: of those who were offered places together each may say no alone; `coming` are
    residents' ids, None where nobody was chosen from. Raises `Refused` (`nobody`)."""
    if len(party) == 1 or coming is None:
        return list(party)
    comes = [row for row in party if row.resident_id in coming]
    if not comes:
        raise Refused("nobody", _("Tick who comes, please."))
    return comes


def units(rows: Iterable[SignUp]) -> list[list[SignUp]]:
    """House rule: people of a party come together or not at all; everybody else comes alone.
    A unit stands where its first person stands."""
    found: dict[tuple[str, int], list[SignUp]] = {}
    for row in rows:
        found.setdefault(("party", row.party_id) if row.party_id else ("one", row.pk), []).append(
            row
        )
    return list(found.values())


def units_that_fit(queue: Iterable[SignUp], free: int) -> list[list[SignUp]]:
    """House rule: first come, first served; where a household does not fit, the next one that
    does goes ahead, for a place that nobody gets helps nobody."""
    chosen = []
    for unit in units(queue):
        if len(unit) <= free:
            chosen.append(unit)
            free -= len(unit)
    return chosen
