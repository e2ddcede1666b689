"""How long volunteers served: what waits to be confirmed, what is, and its sums."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from diedie_edu.activities.queries import occasions
from diedie_edu.common.belonging import within
from diedie_edu.common.composed import Composed
from diedie_edu.common.days import ZONE
from diedie_edu.people.models import Resident, VolunteerKind
from diedie_edu.volunteering.models import Duty


def duties_done(scopes: Collection[str], now: datetime) -> QuerySet[Duty]:
    """What volunteers were down for in these programmes and is over, the oldest first; of what was
    called off, where they had served until then."""
    return (
        within(Duty.objects, scopes)
        .filter(occasions.announced("occasion__activity__"), Duty.COUNTS, ends_at__lte=now)
        .filter(volunteer__isnull=False)
        .select_related("volunteer__resident", "occasion__activity__programme", "occasion__venue")
        .order_by("starts_at", "occasion_id", "volunteer__resident__sort_key", "pk")
    )


def duties_to_confirm(scopes: Collection[str], now: datetime) -> QuerySet[Duty]:
    """Of `duties_done`, what nobody has confirmed."""
    return duties_done(scopes, now).filter(confirmed_at=None)


def confirmed_duties(resident: Resident | int) -> QuerySet[Duty]:
    """What a volunteer's hours are made of, in all programmes, the latest first."""
    return (
        Duty.objects.filter(volunteer__resident=resident)
        .exclude(confirmed_at=None)
        .select_related("occasion__activity__programme")
        .order_by("-starts_at", "-pk")
    )


@dataclass(frozen=True)
class YearServed:
    year: int
    minutes: int
    times: int


@dataclass(frozen=True)
class HoursServed:
    """A volunteer's confirmed hours, in minutes, the latest year first."""

    years: list[YearServed]

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.years)

    @property
    def times(self) -> int:
        return sum(row.times for row in self.years)


def hours_of(resident: Resident) -> HoursServed:
    """In all programmes, by the year in which it was, in one query."""
    return HoursServed([YearServed(**row) for row in BY_YEAR.rows(resident=resident.pk)])


def _by_year(resident: int) -> QuerySet[Any, Any]:
    by_year = confirmed_duties(resident).annotate(year=ExtractYear("starts_at", tzinfo=ZONE))
    counted = (
        by_year.order_by("-year")
        .values("year")
        .annotate(minutes=Sum("served_minutes"), times=Count("pk"))
    )
    return counted.values("year", "minutes", "times")


BY_YEAR = Composed[dict[str, int]](_by_year, resident=int)


@dataclass(frozen=True)
class KindServed:
    """What volunteers of one kind did; somebody of two kinds counts in both."""

    kind: str
    people: int
    times: int
    minutes: int


def hours_by_kind(scopes: Collection[str], since: datetime, until: datetime) -> list[KindServed]:
    """Confirmed hours of what ended in [since, until), in these programmes; one query."""
    ended = Duty.objects.filter(ends_at__gte=since, ends_at__lt=until)
    confirmed = within(ended, scopes).exclude(confirmed_at=None)
    sums = confirmed.aggregate(
        **{f"{kind}_{name}": one for kind in VolunteerKind for name, one in _sums(kind).items()}
    )
    rows = [
        KindServed(
            str(kind.label),
            sums[f"{kind}_people"],
            sums[f"{kind}_times"],
            sums[f"{kind}_minutes"] or 0,
        )
        for kind in VolunteerKind
    ]
    return [row for row in rows if row.times]


def _sums(kind: VolunteerKind) -> dict[str, Count | Sum]:
    is_one = Q(volunteer__kinds__contains=[kind])
    return {
        "people": Count("volunteer", distinct=True, filter=is_one),
        "times": Count("pk", filter=is_one),
        "minutes": Sum("served_minutes", filter=is_one),
    }
