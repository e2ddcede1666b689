"""Reads of terms and their days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.functional import Promise

from after_school.models import Session, Term, Weekday, ZoneDay
from after_school.rules.terms import DayState, TermDay, TermDays, preview
from diedie_edu.activities.changed_days import Addition
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import is_weekend, local_day, moment
from diedie_edu.venues.models import Venue
from diedie_edu.venues.queries import availability

ADDED = (DayState.MAKE_UP, DayState.HELD)
STANDS = Exists(Occasion.objects.filter(zone_day__session=OuterRef("pk"), is_called_off=False))


def shown_terms(now: datetime) -> QuerySet[Term]:
    """What guardians see: published terms that are not over, with their zones."""
    terms = Term.objects.filter(state=Activity.State.PUBLISHED, last_day__gte=local_day(now))
    return terms.prefetch_related("zones__venue").order_by("first_day", "pk")


def terms_to_enrol_in(now: datetime) -> QuerySet[Term]:
    """Shown terms whose enrolment is open or opens later; the next to begin first."""
    return shown_terms(now).filter(sign_up_closes_at__gt=now)


def terms_ending(today: date, days: int) -> QuerySet[Term]:
    """Published terms of which the last day that stands (`last`) comes within so many days."""
    standing = Session.objects.filter(STANDS, term=OuterRef("pk")).order_by("-day")
    soon = Q(last__gte=today, last__lte=today + timedelta(days=days))
    published = Term.objects.filter(state=Activity.State.PUBLISHED)
    return published.annotate(last=Subquery(standing.values("day")[:1])).filter(soon)


def term_open_after(term: Term, now: datetime) -> Term | None:
    """The next term, where guardians can enrol in it already."""
    later = terms_to_enrol_in(now).filter(first_day__gt=term.last_day, sign_up_opens_at__lte=now)
    return later.first()


def days_besides(day: date, known: Calendar, now: datetime) -> list[Addition]:
    """The terms that could be held on a day that changes, and by which timetables."""
    running = Term.objects.filter(first_day__lte=day, last_day__gte=day).exclude(
        state=Activity.State.CALLED_OFF
    )
    return [
        Addition(term.pk, term.title, timetables_of(row.day))
        for term in running.prefetch_related("breaks").order_by("pk")
        for row in days_to_add(term, now, known)
        if row.day == day
    ]


def timetables_of(day: date) -> list[tuple[int, str | Promise]]:
    """A day of the week has its own; on a weekend staff choose."""
    own = [Weekday(day.isoweekday())] if not is_weekend(day) else list(Weekday)
    return [(row.value, row.label) for row in own]


def staff_terms() -> QuerySet[Term]:
    """Every term, the last first, with how many wait and how many days it has."""
    waiting = Count("sign_ups", filter=Q(sign_ups__status="waiting"), distinct=True)
    return Term.objects.annotate(waiting=waiting, days=Count("sessions", distinct=True)).order_by(
        "-first_day", "-pk"
    )


def sessions_of(term: Term) -> QuerySet[Session]:
    """The days of a term with their zones and topics; `stands` tells what takes place."""
    zone_days = ZoneDay.objects.select_related("zone", "occasion", "topic").order_by("zone_id")
    return (
        Session.objects.filter(term=term)
        .annotate(stands=STANDS)
        .prefetch_related(Prefetch("zone_days", zone_days))
        .order_by("day")
    )


def term_days(term: Term) -> TermDays:
    return TermDays(
        first_day=term.first_day,
        last_day=term.last_day,
        starts=term.starts,
        ends=term.ends,
        breaks=[(row.first_day, row.last_day) for row in term.breaks.all()],
    )


def planned_days(
    days: TermDays, venues: Sequence[Venue], known: Calendar | None = None
) -> list[TermDay]:
    """What becomes of every day of a term in these rooms, as things stand; `known`: by this
    calendar."""
    start, end = moment(days.first_day), moment(days.last_day + timedelta(days=1))
    found = availability.occupancy({venue.pk for venue in venues}, start, end)
    return preview(days, replace(found, calendar=known or found.calendar), venues)


def makeup_days(term: Term, now: datetime) -> list[TermDay]:
    """Make-up workdays ahead that staff have not confirmed yet."""
    return [row for row in days_to_add(term, now) if row.state == DayState.MAKE_UP]


def days_to_add(term: Term, now: datetime, known: Calendar | None = None) -> list[TermDay]:
    """Days ahead on which a term could be held and is not planned; `known`: by this calendar."""
    venues = [zone.venue for zone in term.zones.select_related("venue")]
    held = set(term.sessions.values_list("day", flat=True))
    ahead = (row for row in planned_days(term_days(term), venues, known) if row.day not in held)
    today = local_day(now)
    return [row for row in ahead if row.day >= today and row.state in ADDED]
