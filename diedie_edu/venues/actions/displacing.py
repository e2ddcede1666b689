"""A programme that comes first in a room takes it from another: 优先使用.

Whoever gave way hears at once, and has other times kept for a day. Lock order: the calendar →
what stands in the bookings → rooms (by id) → displacement → bookings → notices.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions import notify
from diedie_edu.venues import holders, messages
from diedie_edu.venues.actions import bookings as writing
from diedie_edu.venues.actions import freeing
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import Booking, Displacement
from diedie_edu.venues.queries import displacing as queries
from diedie_edu.venues.rules import displacing as rules


@transaction.atomic
def displace(
    *, wanted: Booking, reason: str, shown: frozenset[int], by: User, now: datetime
) -> list[Displacement]:
    """Take a room for a programme: what stands there then is called off, everybody concerned is
    told, and other times are kept for it. `shown` are the bookings (ids) that the page showed.

    Raises `Refused`: `not_yours`, what cannot give way says why, and `changed` where something
    else stands there now.
    """
    assert wanted.programme is not None
    rules.check_may_claim(by, wanted.programme.slug)
    rules.check_claim(wanted, now)
    lock_calendar()
    found = [row.pk for row in queries.standing_then(wanted)]
    freeing.lock(found, [wanted.venue_id])
    rows = queries.standing_then(wanted)
    _check_as_shown(rows, shown)
    ranks = queries.ranks_of(wanted.venue)
    for row in rows:
        rules.check_gives_way(row, wanted.programme.pk, ranks, now)
    freeing.free(bookings=[row.pk for row in rows], reason=reason, by=by, now=now)
    [gained] = writing.book(wanted=[wanted])
    about = {"gained": gained, "programme": wanted.programme, "reason": reason, "by": by}
    return [_keep_times(row, about, now) for row in rows]


def _check_as_shown(rows: Sequence[Booking], shown: frozenset[int]) -> None:
    """House rule: what gives way is what was shown."""
    if {row.pk for row in rows} != shown:
        raise Refused(
            "changed", _("Something else stands there now. Nothing has changed; please look again.")
        )


def _keep_times(row: Booking, about: dict[str, Any], now: datetime) -> Displacement:
    made: Displacement = Displacement.objects.create(booking=row, **about, at=now)
    free = queries.free_times(row, now)
    for place in free:
        place.purpose, place.programme_id, place.held_for = row.purpose, row.programme_id, made
        place.held_until = rules.held_until(place.starts_at, now)
    if free:
        writing.book(wanted=free)
    _notify(made, free, now)
    return made


def _notify(made: Displacement, free: Sequence[Booking], now: datetime) -> None:
    """Each account that answers for it by a link of its own."""
    gained = made.gained
    for account in holders.answer_for([made.booking_id]).get(made.booking_id, ()):
        facts = {"gained": gained.purpose, "reason": made.reason, "number": len(free)}
        notify(
            kind=messages.DISPLACED if free else messages.DISPLACED_WITHOUT,
            accounts=[account],
            subject=messages.BOOKING.of(made.booking_id),
            revision=f"displaced-{made.pk}",
            data=messages.booking_data(
                made.booking, **facts, held_until_at=_latest(free), displacement=[made.pk, account]
            ),
            now=now,
        )


def _latest(free: Sequence[Booking]) -> datetime | None:
    return max((row.held_until for row in free if row.held_until), default=None)


@transaction.atomic
def take(*, displacement: Displacement, hold: int, by: User, now: datetime) -> Booking:
    """What gave way stands again at one of the times (an id) that are kept for it; the others are
    free. Raises `Refused` (`settled`, `gone`)."""
    lock_calendar()
    locked = _lock(displacement)
    rules.check_not_settled(locked)
    place = locked.holds.select_related("venue").filter(pk=hold, is_off=False).first()
    rules.check_is_kept(place, now)
    assert place is not None
    _settle(locked, now)
    freeing.settle(booking=locked.booking, place=place, by=by, now=now)
    return place


@transaction.atomic
def let_go(*, displacement: Displacement, now: datetime) -> None:
    """None of the kept times is needed. Raises `Refused` (`settled`)."""
    locked = _lock(displacement)
    rules.check_not_settled(locked)
    _settle(locked, now)


def end_holds(now: datetime) -> int:
    """A planner: kept times whose day is over are free again; how many. Under the lock of their
    rooms, so a time that is just being taken is either taken or free."""
    over = Booking.objects.filter(held_until__lte=now)
    venues = list(over.values_list("venue", flat=True))
    if not venues:
        return 0
    writing.lock_rooms(venues)
    return over.filter(venue__in=venues).delete()[0]


def _lock(displacement: Displacement) -> Displacement:
    held = displacement.holds.values_list("venue", flat=True)
    freeing.lock([displacement.booking_id], list(held))
    rows = Displacement.objects.select_for_update(of=("self",))
    return rows.select_related("booking__venue").get(pk=displacement.pk)


def _settle(locked: Displacement, now: datetime) -> None:
    locked.settled_at = now
    locked.save(update_fields=["settled_at"])
    locked.holds.all().delete()
