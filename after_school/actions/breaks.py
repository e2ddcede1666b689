"""School breaks within a term: their days are called off, and held again when one is taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from after_school.actions import days_off
from after_school.actions.term_days import call_off_sessions, create_days
from after_school.models import SchoolBreak, Session, SessionEvent, Term
from after_school.queries.terms import STANDS, days_to_add, sessions_of
from after_school.rules import collecting
from after_school.rules.terms import DayState
from diedie_edu.accounts.models import User
from diedie_edu.activities.actions.days import hold_again, lock_activities
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.days import local_day, moment
from diedie_edu.venues.actions.calendar import lock_calendar


@dataclass(frozen=True)
class BreakChange:
    """How many days are called off or held, and how many people are told."""

    days: int
    told: int


@transaction.atomic
def add_break(
    *, term: Term, title: str, first_day: date, last_day: date, by: User, now: datetime
) -> BreakChange:
    """Enter a school break; its days ahead are called off.

    Raises `Refused` where it ends before it begins.
    """
    collecting.check_period(first_day, last_day, local_day(now))
    SchoolBreak.objects.create(term=term, title=title, first_day=first_day, last_day=last_day)
    ahead = sessions_of(term).filter(STANDS, day__range=(first_day, last_day))
    sessions = [row for row in ahead if row.state == Session.State.PLANNED]
    sessions = [row for row in sessions if row.starts_at > now]
    told = call_off_sessions(sessions, title, by, now) if sessions else 0
    return BreakChange(len(sessions), told)


@transaction.atomic
def take_back_break(*, school_break: SchoolBreak, by: User, now: datetime) -> BreakChange:
    """There is no such break: the days ahead that it called off are held again, and those that
    had been left out for it are planned. What was called off for another reason stays so.

    Raises `Refused` where a room is taken meanwhile.
    """
    lock_calendar()
    lock_activities(Occasion.objects.filter(activity=school_break.term_id))
    term = Term.objects.select_for_update(of=("self", "activity_ptr")).get(pk=school_break.term_id)
    school_break.delete()
    first, last = school_break.first_day, school_break.last_day
    off = _called_off_for(school_break, now)
    occasions = Occasion.objects.filter(zone_day__session__in=off, is_called_off=True)
    ids = list(occasions.values_list("pk", flat=True))
    told = hold_again(occasions=ids, by=by, now=now) if ids else 0
    offered = (row for row in days_to_add(term, now) if row.state == DayState.HELD)
    days = [row.day for row in offered if first <= row.day <= last]
    days = [day for day in days if moment(day, term.starts) > now]
    new = create_days(term, [(day, day.isoweekday()) for day in days]) if days else []
    if new and term.state == Activity.State.PUBLISHED:
        told += days_off.notify_added(new, now)
    return BreakChange(len(off) + len(new), told)


def preview_adding(
    *, term: Term, title: str, first_day: date, last_day: date, by: User, now: datetime
) -> BreakChange:
    """What `add_break` would come to; nothing is written. Raises `Refused` as it does."""
    with transaction.atomic():
        period = {"first_day": first_day, "last_day": last_day}
        done = add_break(term=term, title=title, by=by, now=now, **period)
        transaction.set_rollback(True)
    return done


def preview_taking_back(*, school_break: SchoolBreak, by: User, now: datetime) -> BreakChange:
    """The same for `take_back_break`."""
    with transaction.atomic():
        same = SchoolBreak.objects.get(pk=school_break.pk)
        done = take_back_break(school_break=same, by=by, now=now)
        transaction.set_rollback(True)
    return done


def _called_off_for(school_break: SchoolBreak, now: datetime) -> list[Session]:
    """The days ahead whose last word is that they are off, for this break; of a draft nothing is
    written, so all that are off."""
    last = SessionEvent.objects.filter(session=OuterRef("pk")).order_by("-at", "-pk")
    period = (school_break.first_day, school_break.last_day)
    rows = Session.objects.filter(term=school_break.term_id, day__range=period).annotate(
        what=Subquery(last.values("what")[:1]), why=Subquery(last.values("reason")[:1])
    )
    own = Q(what=SessionEvent.What.CALLED_OFF, why=school_break.title)
    off = rows.filter(own | Q(term__state=Activity.State.DRAFT)).exclude(STANDS)
    return [row for row in off.select_related("term") if row.starts_at > now]
