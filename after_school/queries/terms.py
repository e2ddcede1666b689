"""Reads of terms and their days."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from after_school.models import Session, Term, ZoneDay
from after_school.rules.terms import DayState, PlannedDay, TermDays, preview
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.days import local, local_day, moment
from diedie_edu.venues.queries.special_days import calendar

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


def planned_days(days: TermDays, venues: Collection[int]) -> list[PlannedDay]:
    """What becomes of every day of a term in these rooms (ids), by the calendar of today."""
    return preview(days, calendar(), days_with_rooms_taken(days, venues))


def days_with_rooms_taken(days: TermDays, venues: Collection[int]) -> frozenset[date]:
    """Days on which something stands in one of the rooms at that time."""
    start, end = moment(days.first_day), moment(days.last_day + timedelta(days=1))
    others = Occasion.objects.filter(
        venue__in=venues, is_called_off=False, starts_at__lt=end, ends_at__gt=start
    )
    return frozenset(
        local_day(begins)
        for begins, ends in others.values_list("starts_at", "ends_at")
        if local(begins).time() < days.ends and local(ends).time() > days.starts
    )


def makeup_days(term: Term, now: datetime) -> list[PlannedDay]:
    """Make-up workdays ahead that staff have not confirmed yet."""
    rows = planned_days(term_days(term), [zone.venue_id for zone in term.zones.all()])
    held = set(term.sessions.values_list("day", flat=True))
    today = local_day(now)
    return [
        row
        for row in rows
        if row.state == DayState.MAKE_UP and row.day >= today and row.day not in held
    ]
