"""Planning a term with its days and zones, and announcing it.

Lock order: the calendar → activity → occasions (by id) → rooms (by id) → notices.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from after_school.actions.term_days import create_days
from after_school.models import (
    SchoolBreak,
    StaffNeed,
    Term,
    Weekday,
    Zone,
)
from after_school.queries.terms import planned_days
from after_school.rules.terms import (
    PROGRAMME,
    TermDays,
    check_places,
    check_term_days,
)
from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity
from diedie_edu.activities.rules import schedule
from diedie_edu.common.days import local_day, moment
from diedie_edu.common.errors import Refused
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import Venue
from diedie_edu.venues.rules.series import check_as_shown


@dataclass(frozen=True)
class ZonePlan:
    """A zone of a term: its room, its places, and the adults it needs on every weekday."""

    kind: str
    venue: Venue
    places: int
    adults: int
    children_per_adult: int


@dataclass(frozen=True)
class TermPlan:
    """All that staff decide about a term."""

    title: str
    days: TermDays
    zones: Sequence[ZonePlan]
    sign_up_opens_at: datetime

    @property
    def venues(self) -> list[Venue]:
        return [zone.venue for zone in self.zones]


@transaction.atomic
def plan_term(
    *, plan: TermPlan, kept: Collection[str], breaks: Sequence[str], by: User, now: datetime
) -> Term:
    """Put a term with the ticked days of the preview (`PlannedDay.key`) into the programme, as
    a draft. `breaks` are the names of the plan's breaks.

    Raises `Refused` where the term cannot be (`check_term_days`, `check_places`) or its days
    are not as they were shown (`changed`).
    """
    lock_calendar()
    check_term_days(plan.days, local_day(now))
    for zone in plan.zones:
        check_places(zone.places, zone.venue)
    bookings.lock_rooms(venue.pk for venue in plan.venues)
    chosen = check_as_shown(planned_days(plan.days, plan.venues), kept)
    term = _create(plan, by)
    SchoolBreak.objects.bulk_create(
        SchoolBreak(term=term, title=title, first_day=first, last_day=last)
        for title, (first, last) in zip(breaks, plan.days.breaks, strict=True)
    )
    _create_zones(term, plan)
    create_days(term, [(row.day, row.day.isoweekday()) for row in chosen])
    return term


def _create(plan: TermPlan, by: User) -> Term:
    return Term.objects.create(
        programme=Programme.objects.get(slug=PROGRAMME),
        title=plan.title,
        capacity=sum(zone.places for zone in plan.zones),
        sign_up_opens_at=plan.sign_up_opens_at,
        sign_up_closes_at=moment(plan.days.last_day, plan.days.starts),
        first_day=plan.days.first_day,
        last_day=plan.days.last_day,
        starts=plan.days.starts,
        ends=plan.days.ends,
        needs_clearance=True,
        created_by=by,
    )


def _create_zones(term: Term, plan: TermPlan) -> None:
    zones = Zone.objects.bulk_create(
        Zone(term=term, kind=row.kind, venue=row.venue, places=row.places) for row in plan.zones
    )
    StaffNeed.objects.bulk_create(
        StaffNeed(
            zone=zone,
            weekday=weekday,
            adults=row.adults,
            children_per_adult=row.children_per_adult,
        )
        for zone, row in zip(zones, plan.zones, strict=True)
        for weekday in Weekday
    )


@transaction.atomic
def announce_term(*, term: Term, by: User, now: datetime) -> None:
    """Publish a draft, so that guardians can enrol. Announcing twice is harmless.

    Raises `Refused` where it is called off, over, or has no day.
    """
    locked = Activity.objects.select_for_update(of=("self",)).get(pk=term.pk)
    schedule.check_can_be_changed(locked)
    if not locked.occasions.filter(ends_at__gt=now, is_called_off=False).exists():
        raise Refused("no_days", _("No day of this term lies ahead."))
    Activity.objects.filter(pk=term.pk).update(state=Activity.State.PUBLISHED)
