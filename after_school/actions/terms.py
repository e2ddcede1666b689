"""Planning a term and its days. A year's days, zones and slots take a constant number of
statements.

Lock order: the calendar → activity → occasions (by id) → rooms (by id) → notices.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from after_school.models import (
    DayTopic,
    SchoolBreak,
    Session,
    StaffNeed,
    Term,
    Weekday,
    Zone,
    ZoneDay,
)
from after_school.queries.terms import STANDS, makeup_days, planned_days, sessions_of
from after_school.rules import collecting
from after_school.rules.terms import (
    PROGRAMME,
    TermDays,
    check_places,
    check_term_days,
)
from diedie_edu.accounts.models import User
from diedie_edu.activities.actions.days import call_off_occasions
from diedie_edu.activities.actions.schedule import add_occasions
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.activities.rules import schedule
from diedie_edu.common.days import local_day, moment
from diedie_edu.common.errors import Refused
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import Booking, Venue
from diedie_edu.venues.rules.series import check_as_shown
from diedie_edu.volunteering.actions import roster
from diedie_edu.volunteering.models import Duty

WORK = {Zone.Kind.HOMEWORK: Duty.Work.TUTOR, Zone.Kind.ACTIVITIES: Duty.Work.CARER}


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
    _create_days(term, [(row.day, row.day.isoweekday()) for row in chosen])
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


def _create_days(term: Term, days: Iterable[tuple[date, int]]) -> list[Session]:
    """Sessions, an occasion for each zone, and its free slots: one statement for each table.

    Raises `Refused` where a room is taken.
    """
    zones = list(term.zones.select_related("venue").order_by("pk"))
    sessions = Session.objects.bulk_create(
        Session(term=term, day=day, weekday=weekday) for day, weekday in days
    )
    pairs = [(session, zone) for session in sessions for zone in zones]
    rooms = [
        Booking(
            venue=zone.venue,
            starts_at=moment(session.day, term.starts),
            ends_at=moment(session.day, term.ends),
        )
        for session, zone in pairs
    ]
    occasions = add_occasions(activity=term, wanted=rooms)
    ZoneDay.objects.bulk_create(
        ZoneDay(session=session, zone=zone, term=term, occasion=occasion)
        for (session, zone), occasion in zip(pairs, occasions, strict=True)
    )
    roster.open_slots(_slots(pairs, occasions, zones))
    return sessions


def _slots(
    pairs: Sequence[tuple[Session, Zone]], occasions: Sequence[Occasion], zones: Sequence[Zone]
) -> list[tuple[Occasion, str]]:
    needs = {
        (need.zone_id, need.weekday): need.slots
        for need in StaffNeed.objects.filter(zone__in=zones).select_related("zone")
    }
    return [
        (occasion, WORK[Zone.Kind(zone.kind)])
        for (session, zone), occasion in zip(pairs, occasions, strict=True)
        for _slot in range(needs.get((zone.pk, session.weekday), 0))
    ]


@transaction.atomic
def announce_term(*, term: Term, by: User, now: datetime) -> None:
    """Publish a draft, so that guardians can enrol. Announcing twice is harmless.

    Raises `Refused` where it is called off, over, or has no day.
    """
    locked = Activity.objects.select_for_update(of=("self",)).get(pk=term.pk)
    schedule.check_can_be_changed(locked)
    if not locked.occasions.filter(ends_at__gt=now, is_called_off=False).exists():
        raise Refused("no_days", _("No day of this term lies ahead."))
    Activity.objects.filter(pk=term.pk, state=Activity.State.DRAFT).update(
        state=Activity.State.PUBLISHED
    )


@transaction.atomic
def hold_makeup_day(*, term: Term, day: date, weekday: int, by: User, now: datetime) -> Session:
    """Confirm a make-up workday, held by the timetable of `weekday`.

    Raises `Refused` where the day is not offered any more or a room is taken.
    """
    lock_calendar()
    Activity.objects.select_for_update(of=("self",)).get(pk=term.pk)
    if day not in {row.day for row in makeup_days(term, now)}:
        raise Refused("not_offered", _("This day is not a make-up workday of the term any more."))
    [session] = _create_days(term, [(day, weekday)])
    return session


@transaction.atomic
def call_off_session(*, session: Session, reason: str, by: User, now: datetime) -> int:
    """Call one day off in both zones; how many people are told, each once.

    Raises `Refused` where it is over or off already.
    """
    return _call_off([session], reason, by, now)


@transaction.atomic
def add_break(
    *, term: Term, title: str, first_day: date, last_day: date, by: User, now: datetime
) -> int:
    """Enter a school break; its days ahead are called off. How many days that were.

    Raises `Refused` where it ends before it begins.
    """
    collecting.check_period(first_day, last_day, local_day(now))
    SchoolBreak.objects.create(term=term, title=title, first_day=first_day, last_day=last_day)
    ahead = sessions_of(term).filter(STANDS, day__range=(first_day, last_day))
    sessions = [row for row in ahead if row.state == Session.State.PLANNED]
    sessions = [row for row in sessions if moment(row.day, term.starts) > now]
    if sessions:
        _call_off(sessions, title, by, now)
    return len(sessions)


def _call_off(sessions: Sequence[Session], reason: str, by: User, now: datetime) -> int:
    Activity.objects.select_for_update(of=("self",)).get(pk=sessions[0].term_id)
    standing = Occasion.objects.filter(
        zone_day__session__in=sessions, is_called_off=False, ends_at__gt=now
    )
    occasions = list(standing.values_list("pk", flat=True))
    if not occasions:
        raise Refused("over", _("This day is over or called off already."))
    return call_off_occasions(occasions=occasions, reason=reason, by=by, now=now)


def set_topic(*, zone_day: ZoneDay, topic: DayTopic | None, by: User) -> None:
    """What is done in a zone on a day."""
    zone_day.topic = topic
    zone_day.save(update_fields=["topic"])
