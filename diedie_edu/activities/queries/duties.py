"""Reads of volunteers on duty."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import ExtractYear

from diedie_edu.activities.models import Duty, Occasion
from diedie_edu.activities.queries.occasions import announced
from diedie_edu.common.days import ZONE
from diedie_edu.people.models import Resident


def clashes(volunteers: Collection[int], occasion: Occasion) -> QuerySet[Duty]:
    """What these volunteers (ids) do elsewhere at an occasion's time."""
    return (
        Duty.objects.filter(volunteer__in=volunteers, is_off=False)
        .filter(starts_at__lt=occasion.ends_at, ends_at__gt=occasion.starts_at)
        .exclude(occasion=occasion.pk)
        .select_related("volunteer__resident", "occasion__activity__programme")
        .order_by("starts_at", "id")
    )


def duties_to_confirm(programmes: Collection[str], now: datetime) -> QuerySet[Duty]:
    """What volunteers did in the programmes (slugs) and nobody has confirmed, the oldest first."""
    return (
        Duty.objects.filter(announced("occasion__activity__"), is_off=False, ends_at__lte=now)
        .filter(confirmed_at=None, occasion__activity__programme__slug__in=programmes)
        .exclude(volunteer=None)
        .order_by("ends_at", "pk")
    )


def confirmed_duties(resident: Resident) -> QuerySet[Duty]:
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
    by_year = confirmed_duties(resident).annotate(year=ExtractYear("starts_at", tzinfo=ZONE))
    counted = (
        by_year.order_by("-year")
        .values("year")
        .annotate(minutes=Sum("served_minutes"), times=Count("pk"))
    )
    return HoursServed([YearServed(**row) for row in counted.values("year", "minutes", "times")])
