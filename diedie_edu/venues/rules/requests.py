"""What may be asked of rooms, changed and taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day, moment
from diedie_edu.common.errors import Refused
from diedie_edu.venues.models import Booking, RoomRequest, Venue
from diedie_edu.venues.rules.availability import Occupancy
from diedie_edu.venues.rules.series import HELD, PlannedDay

LONGEST = 26  # weeks of a series
FURTHEST = timedelta(days=366)
# So long before its first date a request that still waits goes to the lead.
LEAD_BEFORE = timedelta(hours=24)
LEFT_OUT = "left_out"


@dataclass(frozen=True)
class RoomPlan:
    """A room once, or on the same weekday of several weeks."""

    venue: Venue
    day: date
    starts: time
    ends: time
    weeks: int = 1
    with_music: bool = False
    people: int | None = None

    def wanted(self) -> Iterator[Booking]:
        """Its dates, not saved."""
        for week in range(self.weeks):
            day = self.day + timedelta(weeks=week)
            yield Booking(
                venue=self.venue,
                starts_at=moment(day, self.starts),
                ends_at=moment(day, self.ends),
                with_music=self.with_music,
            )


def check_plan(plan: RoomPlan, now: datetime) -> None:
    """House rule: rooms are asked for ahead, within a year, by people who have places in them."""
    if plan.ends <= plan.starts:
        raise Refused("ends_early", _("The end must come after the beginning."), "ends")
    if moment(plan.day, plan.starts) <= now:
        raise Refused("past", _("Please choose a time that lies ahead."), "day")
    if plan.day + timedelta(weeks=plan.weeks) - local_day(now) > FURTHEST:
        raise Refused("far", _("That is more than a year ahead. Please check the year."), "day")
    check_places(plan.people, plan.venue)


def check_places(people: int | None, venue: Venue) -> None:
    """House rule: no more people than the room has places, for fire safety."""
    if people is not None and people > venue.places:
        words = {"venue": venue, "places": venue.places}
        raise Refused(
            "too_many", _("%(venue)s has %(places)s places. Choose a larger one.") % words, "people"
        )


def planned_days(plan: RoomPlan, known: Occupancy, now: datetime) -> list[PlannedDay]:
    """Each date of a plan: held, or why not and when the room is free instead."""
    return [_planned(row, known, now) for row in plan.wanted()]


def _planned(row: Booking, known: Occupancy, now: datetime) -> PlannedDay:
    day = local_day(row.starts_at)
    obstacle = known.obstacle(row)
    if obstacle is None:
        return PlannedDay(day, HELD, (row,))
    free = known.nearest_free(row, lambda at: at > now)
    return PlannedDay(day, LEFT_OUT, reason=obstacle.reason, instead=tuple(free))


def is_due(request: RoomRequest, first: Booking, now: datetime) -> bool:
    """House rule: a day before its first date what still waits goes to the lead, once; at its
    start it ends."""
    is_untold = request.lead_told_at is None
    return first.starts_at <= now or (is_untold and first.starts_at - LEAD_BEFORE <= now)


def may_keep(user: User, request: RoomRequest) -> bool:
    """House rule: whoever asked keeps a request, and whoever plans in its programme; a partner's
    is kept by those who plan in every programme."""
    programme = request.programme.slug if request.programme else ""
    return user.pk == request.asked_by_id or user.may(Permission.PLAN_ACTIVITIES, programme)


def check_is_open(request: RoomRequest) -> None:
    """House rule: what was refused, taken back or has ended is asked for anew."""
    if not request.is_open:
        raise Refused("closed", _("This request has ended. Please ask anew."))


def check_holds_a_room(bookings: Sequence[Booking]) -> None:
    """House rule: nobody says yes to what holds no room any more. Raises `Refused`."""
    if not bookings:
        raise Refused("nothing_held", _("None of its dates stands any more."))


def check_can_change(bookings: Sequence[Booking], now: datetime) -> None:
    """House rule: only dates ahead are changed."""
    if not bookings or any(row.starts_at <= now for row in bookings):
        raise Refused("past", _("Nothing of it lies ahead any more."))
