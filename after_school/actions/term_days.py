"""The days of a term: planning, calling off, holding again. A year's days and slots take a
constant number of statements.

Lock order: the calendar → activity → occasions (by id) → rooms (by id) → notices.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from after_school.actions import days_off
from after_school.models import DayTopic, Session, StaffNeed, Term, Zone, ZoneDay
from after_school.queries.terms import days_to_add
from after_school.rules.terms import check_told_in_time
from diedie_edu.accounts.models import User
from diedie_edu.activities.actions.days import call_off_occasions, hold_again, lock_activities
from diedie_edu.activities.actions.schedule import add_occasions
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.days import moment
from diedie_edu.common.errors import Refused
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import Booking
from diedie_edu.volunteering.actions import slots
from diedie_edu.volunteering.models import Duty

WORK = {Zone.Kind.HOMEWORK: Duty.Work.TUTOR, Zone.Kind.ACTIVITIES: Duty.Work.CARER}


def create_days(term: Term, days: Iterable[tuple[date, int]]) -> list[Session]:
    """Sessions, an occasion for each zone, and its free slots: one statement for each table.

    Raises `Refused` where a room is taken.
    """
    zones = list(term.zones.select_related("venue").order_by("pk"))
    sessions = Session.objects.bulk_create(
        Session(term=term, day=day, weekday=weekday, starts=term.starts, ends=term.ends)
        for day, weekday in days
    )
    pairs = [(session, zone) for session in sessions for zone in zones]
    rooms = [
        Booking(
            venue=zone.venue,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            is_fixed=True,
        )
        for session, zone in pairs
    ]
    occasions = add_occasions(activity=term, wanted=rooms)
    ZoneDay.objects.bulk_create(
        ZoneDay(session=session, zone=zone, term=term, occasion=occasion)
        for (session, zone), occasion in zip(pairs, occasions, strict=True)
    )
    slots.open_slots(_slots(pairs, occasions, zones))
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
def hold_makeup_day(*, term: Term, day: date, weekday: int, by: User, now: datetime) -> int:
    """Confirm a make-up workday, held by the timetable of `weekday`, and tell guardians and
    volunteers; how many people. Also another day that the calendar has made one of work.

    Raises `Refused` where the day is not offered any more, a room is taken, or it begins so soon
    that not everybody would know.
    """
    lock_calendar()
    locked = Activity.objects.select_for_update(of=("self",)).get(pk=term.pk)
    if day not in {row.day for row in days_to_add(term, now)}:
        raise Refused("not_offered", _("This day is not a make-up workday of the term any more."))
    check_told_in_time(moment(day, term.starts), now)
    [session] = create_days(term, [(day, weekday)])
    is_announced = locked.state == Activity.State.PUBLISHED
    return days_off.notify_makeup_day(session, now) if is_announced else 0


def hold_besides(activity: int, day: date, timetable: int, by: User, now: datetime) -> int:
    """The same for a day that changes; a term by its id."""
    term = Term.objects.get(pk=activity)
    return hold_makeup_day(term=term, day=day, weekday=timetable, by=by, now=now)


@transaction.atomic
def call_off_session(*, session: Session, reason: str, by: User, now: datetime) -> int:
    """Call one day off in both zones; how many people are told, each once.

    Raises `Refused` where it is over or off already.
    """
    return call_off_sessions([session], reason, by, now)


@transaction.atomic
def hold_session_again(*, session: Session, by: User, now: datetime) -> int:
    """Take the calling off of a day back, in both zones; how many people are told.

    Raises `Refused` where it stands or is over, or a room is taken meanwhile or closed that day.
    """
    lock_calendar()
    off = Occasion.objects.filter(zone_day__session=session, is_called_off=True)
    return hold_again(occasions=list(off.values_list("pk", flat=True)), by=by, now=now)


def call_off_sessions(sessions: Sequence[Session], reason: str, by: User, now: datetime) -> int:
    """Days of one term at once. Raises `Refused` where all of it is over or off already."""
    standing = Occasion.objects.filter(
        zone_day__session__in=sessions, is_called_off=False, ends_at__gt=now
    )
    lock_activities(standing)
    occasions = list(standing.values_list("pk", flat=True))
    if not occasions:
        raise Refused("over", _("This day is over or called off already."))
    return call_off_occasions(occasions=occasions, reason=reason, by=by, now=now)


def set_topic(*, zone_day: ZoneDay, topic: DayTopic | None, by: User) -> None:
    """What is done in a zone on a day."""
    zone_day.topic = topic
    zone_day.save(update_fields=["topic"])
