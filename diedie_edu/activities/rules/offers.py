"""How places are offered to the queue, and until when."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Party, SignUp
from diedie_edu.common.errors import Refused
from diedie_edu.community.waking import awake_after, awake_between


def offer_expires_at(made_at: datetime, first_starts_at: datetime) -> datetime | None:
    """House rule: an offered place is kept for OFFER_HOURS, and never for more than half of the
    time left, so that the next in the queue can still be asked. Only waking time counts
    (`common.waking`), and no offer ends at night. None where OFFERS_END_MINUTES of it are left or
    less: then nobody is asked any more, and a free seat is for whoever is first at the door."""
    left = awake_between(made_at, first_starts_at)
    if left <= timedelta(minutes=settings.OFFERS_END_MINUTES):
        return None
    return awake_after(made_at, min(timedelta(hours=settings.OFFER_HOURS), left / 2))


def hold_ends_at(begun_at: datetime, first_starts_at: datetime) -> datetime | None:
    """House rule: what comes back one by one is held for a party for HOLD_HOURS of waking time, and
    never for more than half of what is left. None where HOLDS_END_MINUTES are left or less, so that
    what was held in vain can still be offered to others."""
    left = awake_between(begun_at, first_starts_at)
    if left <= timedelta(minutes=settings.HOLDS_END_MINUTES):
        return None
    return awake_after(begun_at, min(timedelta(hours=settings.HOLD_HOURS), left / 2))


def check_are_held(number: int, held: int) -> None:
    """House rule: of a party that waits as many sit at once as seats are held for it. Raises
    `Refused` (`not_held`)."""
    if number > held:
        raise Refused(
            "not_held",
            _("Only %(held)s seats are kept for you at present. Tick no more than that.")
            % {"held": held},
        )


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


@dataclass(frozen=True)
class Dealt:
    """Who is offered what is free, and for which party how many more of it are held."""

    offered: list[list[SignUp]]
    party: Party | None = None
    held: int = 0


def deal(queue: Iterable[SignUp], free: int, *, holds: bool, now: datetime) -> Dealt:
    """House rule: first come, first served. Of the first party of the queue, where it does not fit,
    what is free is held for it, once, if the activity `holds` (can begin a hold); elsewhere the
    next that fits goes ahead, for a place that nobody gets helps nobody."""
    waiting = units(queue)
    holder = next((unit[0].party for unit in waiting if _held(unit)), None)
    offered, first, held = [], None, 0
    for unit in waiting:
        own = unit[0].party
        if len(unit) <= free + _held(unit):
            offered.append(unit)
            free -= len(unit) - _held(unit)
        elif own and first is None:
            first = own
            if holder in {None, own} and _can_hold(own, holds, now):
                held, free = free, 0
    return Dealt(offered, first if held else None, held)


def _held(unit: Sequence[SignUp]) -> int:
    return unit[0].party.held if unit[0].party else 0


def _can_hold(party: Party, holds: bool, now: datetime) -> bool:
    begun = party.held_until is not None
    return (begun or holds) and party.can_be_held_for(now)
