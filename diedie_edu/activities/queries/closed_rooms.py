"""What stands in a room that is to be closed, in every programme, and what could become of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from diedie_edu.activities.changed_days import day_rules
from diedie_edu.activities.models import Occasion
from diedie_edu.activities.participants import people_at
from diedie_edu.activities.queries.changed_days import Choice, Planned
from diedie_edu.venues.holders import answer_for
from diedie_edu.venues.models import Booking, ClosedTime
from diedie_edu.venues.queries import availability


class PlannedDate(Planned):
    """One date of an activity: another of its dates may have another fate."""

    @property
    def name(self) -> str:
        return f"{self.activity.pk}_{self.first.pk}"


@dataclass(frozen=True)
class PlannedBooking:
    """A booking without an occasion, such as a rehearsal or a partner's; `accounts` (ids) answer
    for it."""

    booking: Booking
    accounts: frozenset[int]
    choices: Sequence[Choice]

    @property
    def people(self) -> int:
        return len(self.accounts)

    @property
    def name(self) -> str:
        return f"b{self.booking.pk}"

    @property
    def title(self) -> str:
        return self.booking.purpose

    @property
    def whose(self) -> str:
        return self.booking.programme.title if self.booking.programme else ""

    @property
    def occasions(self) -> Sequence[Booking]:
        """Where and when it stands."""
        return [self.booking]

    @property
    def first(self) -> Booking:
        return self.booking

    @property
    def key(self) -> str:
        row = self.booking
        return f"{self.name}:{row.starts_at:%m%d%H%M}.{row.venue_id}"


def bookings_in(closed: ClosedTime, now: datetime) -> list[Booking]:
    """What stands in the room, its whole or its parts; what is merely kept free for somebody for
    a day ends by itself."""
    held = availability.held([closed.venue.pk], closed.starts_at, closed.ends_at)
    rows = held.filter(ends_at__gt=now, held_until=None).select_related(
        "venue", "programme", "request"
    )
    found = (row for row in rows if row.venue.shares_ground_with(closed.venue))
    return sorted(found, key=lambda row: (row.starts_at, row.pk))


def standing_in(closed: ClosedTime, now: datetime) -> list[PlannedDate | PlannedBooking]:
    """One row for each, soonest first."""
    rows = bookings_in(closed, now)
    ids = [row.pk for row in rows]
    dates = Occasion.objects.filter(booking__in=ids).select_related("activity__programme", "venue")
    occasions = {row.booking_id: row for row in dates}
    accounts = answer_for([pk for pk in ids if pk not in occasions])
    return [
        _date(occasions[row.pk], now)
        if row.pk in occasions
        else PlannedBooking(row, frozenset(accounts.get(row.pk, ())), _choices(row, now))
        for row in rows
    ]


def _date(row: Occasion, now: datetime) -> PlannedDate:
    rules = day_rules(row.activity.programme.slug)
    people = people_at(list(rules.off_with([row.pk])))
    choices = _choices(row, now, moves=rules.move, stays=rules.stays_where_closed)
    return PlannedDate(row.activity, [row], len(people), choices)


def _choices(
    row: Occasion | Booking, now: datetime, *, moves: bool = True, stays: bool = True
) -> list[Choice]:
    """House rule: what has begun is not moved."""
    lies_ahead = row.starts_at > now
    offered = {
        Choice.ROOM: lies_ahead,
        Choice.MOVE: lies_ahead and moves,
        Choice.CALL_OFF: True,
        Choice.KEEP: stays,
    }
    return [choice for choice, is_offered in offered.items() if is_offered]


def keys_of(rows: Sequence[Planned | PlannedBooking], closed: ClosedTime) -> frozenset[str]:
    """What a page that shows all this carries along, with when the room is closed already."""
    meeting = ClosedTime.objects.filter(
        venue=closed.venue, starts_at__lt=closed.ends_at, ends_at__gt=closed.starts_at
    )
    known = [f"closed:{row.pk}" for row in meeting]
    return frozenset([*known, *(f"{row.key}@{row.first.starts_at:%m%d}" for row in rows)])
