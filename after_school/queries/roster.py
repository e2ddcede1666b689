"""Reads of volunteers' slots: free ones, who could take them, who is missing, hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, TruncDate

from after_school.models import Session, StaffNeed, Term, ZoneDay
from after_school.queries import terms
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.composed import Composed, number_of
from diedie_edu.common.days import ZONE
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries.clearances import IsCleared

AHEAD = timedelta(days=28)
TOO_FEW = Q(filled__lt=F("needed"))  # of `_staffed_zones`


def slots_free_for(volunteer: Volunteer, now: datetime) -> QuerySet[Occasion]:
    """Zones of the next four weeks with a free slot (`free`) that this person can take."""
    busy = Duty.objects.filter(
        volunteer=volunteer,
        is_off=False,
        starts_at__lt=OuterRef("ends_at"),
        ends_at__gt=OuterRef("starts_at"),
    )
    day = TruncDate("starts_at", tzinfo=ZONE)
    return (
        Occasion.objects.filter(
            zone_day__isnull=False,
            activity__state=Activity.State.PUBLISHED,
            is_called_off=False,
            starts_at__gt=now,
            starts_at__lte=now + AHEAD,
        )
        .annotate(free=Count("duties", filter=Q(duties__volunteer=None)))
        .filter(~Exists(busy), IsCleared(Value(volunteer.pk), day), free__gt=0)
        .select_related("venue", "zone_day__zone", "zone_day__topic")
        .order_by("starts_at", "pk")
    )


def duties_ahead(volunteer: Volunteer, now: datetime) -> QuerySet[Duty]:
    """One's own slots at the school, soonest first."""
    mine = Duty.objects.filter(
        volunteer=volunteer, occasion__zone_day__isnull=False, ends_at__gt=now, is_off=False
    )
    return mine.select_related("occasion__venue", "occasion__zone_day__zone").order_by("starts_at")


@dataclass(frozen=True)
class ZoneRoster:
    """One zone of a day with its slots."""

    zone_day: ZoneDay
    duties: list[Duty]
    needed: int
    now: datetime

    @property
    def filled(self) -> int:
        """While it is not over, without those who have gone home."""
        return sum(
            duty.volunteer_id is not None
            and (duty.signed_out_at is None or duty.ends_at <= self.now)
            for duty in self.duties
        )

    @property
    def is_short(self) -> bool:
        return not self.zone_day.occasion.is_called_off and self.filled < self.needed


def roster_between(first: date, last: date, now: datetime) -> list[ZoneRoster]:
    """Every zone of these days with who is on duty: three queries for any number."""
    days = ZoneDay.objects.filter(session__day__range=(first, last))
    zone_days = days.select_related("session__term", "zone", "occasion").order_by(
        "session__day", "session_id", "zone_id"
    )
    duties: dict[int, list[Duty]] = {}
    for duty in duties_between(first, last):
        duties.setdefault(duty.occasion_id, []).append(duty)
    needs = _smallest_numbers(row.zone_id for row in zone_days)
    return [
        ZoneRoster(
            row,
            duties.get(row.occasion_id, []),
            needs.get((row.zone_id, row.session.weekday), 0),
            now,
        )
        for row in zone_days
    ]


def duties_between(first: date, last: date) -> QuerySet[Duty]:
    found = Duty.objects.filter(occasion__zone_day__session__day__range=(first, last))
    return found.select_related("volunteer__resident", "occasion__zone_day__zone").order_by(
        "starts_at", "occasion_id", "volunteer__resident__sort_key", "pk"
    )


def _smallest_numbers(zones: Iterable[int]) -> dict[tuple[int, int], int]:
    rows = StaffNeed.objects.filter(zone__in=set(zones))
    return {(row.zone_id, row.weekday): row.adults for row in rows}


def short_zones(now: datetime, until: datetime) -> QuerySet[ZoneDay]:
    """Zones that take place before `until` with fewer adults than needed (`filled`, `needed`)."""
    return _staffed_zones(now, until).filter(TOO_FEW)


def short_at(session: Session, now: datetime) -> list[ZoneDay]:
    """Those of an afternoon, until it is over."""
    if session.term.state != Activity.State.PUBLISHED:
        return []
    rows = STAFFED_AT.rows(session=session.pk, now=now)
    return [row for row in rows if row.filled < row.needed]  # type: ignore[attr-defined]


# Left to the database, "too few" would be counted twice.
STAFFED_AT = Composed[ZoneDay](
    lambda session, now: (
        _with_staff(ZoneDay.objects.filter(session=session))
        .filter(occasion__is_called_off=False, occasion__ends_at__gt=now)
        .select_related("zone")
        .order_by("occasion__starts_at", "pk")
    ),
    session=int,
    now=datetime,
)


def zones_to_watch(now: datetime, until: datetime) -> QuerySet[ZoneDay]:
    """Those, and the ones of which staff have been told so (`short_told`)."""
    return _staffed_zones(now, until).filter(TOO_FEW | Q(short_told__isnull=False))


def _staffed_zones(now: datetime, until: datetime) -> QuerySet[ZoneDay]:
    found = ZoneDay.objects.filter(
        term__state=Activity.State.PUBLISHED,
        occasion__is_called_off=False,
        occasion__ends_at__gt=now,
        occasion__starts_at__lte=until,
    )
    return (
        _with_staff(found)
        .select_related("session", "zone", "occasion")
        .order_by("occasion__starts_at", "pk")
    )


def _with_staff(zone_days: QuerySet[ZoneDay]) -> QuerySet[ZoneDay]:
    """With how many adults are `needed`, and `filled`: who has gone home is not counted."""
    on_duty = Duty.objects.filter(
        occasion=OuterRef("occasion"), volunteer__isnull=False, signed_out_at=None
    )
    same = {"zone": OuterRef("zone"), "weekday": OuterRef("session__weekday")}
    need = StaffNeed.objects.filter(**same).order_by()
    return zone_days.annotate(
        needed=Coalesce(Subquery(need.values("adults")), 0, output_field=IntegerField()),
        filled=Coalesce(Subquery(number_of(on_duty)), 0),
    )


def session_of(duty: Duty) -> Session:
    return (
        Session.objects.annotate(stands=terms.STANDS)
        .select_related("term")
        .get(zone_days__occasion=duty.occasion_id)
    )


def volunteers_of(session: Session) -> list[int]:
    """Ids of the residents who serve in its term and are cleared on its day."""
    serving = Duty.objects.filter(occasion__activity=session.term_id, volunteer__isnull=False)
    cleared = IsCleared(F("volunteer"), Value(session.day, DateField()))
    people = serving.filter(cleared, volunteer__is_active=True)
    return list(people.order_by().values_list("volunteer__resident", flat=True).distinct())


def needs_of(term: Term) -> list[StaffNeed]:
    """What each zone of a term needs, zone by zone."""
    rows = StaffNeed.objects.filter(zone__term=term).select_related("zone__venue")
    return list(rows.order_by("zone_id", "weekday"))


def duties_to_swap(duty: Duty, now: datetime) -> QuerySet[Duty]:
    """Those of other volunteers in the next four weeks, in other places or at other times."""
    ahead = Duty.objects.filter(
        occasion__zone_day__isnull=False,
        starts_at__range=(now, now + AHEAD),
        is_off=False,
        signed_in_at=None,
        volunteer__isnull=False,
    )
    others = ahead.exclude(occasion=duty.occasion_id).exclude(volunteer=duty.volunteer_id)
    rows = others.select_related(
        "volunteer__resident", "occasion__venue", "occasion__zone_day__zone"
    )
    return rows.order_by("starts_at", "pk")
