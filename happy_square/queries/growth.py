"""Who comes to Happy Square: people, visits and new faces in a span of days.

A visit is somebody's attendance at a meet-up, or a guest who was counted without a name; people are
those with a name, each once. Every property is one statement, whatever the span.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import (
    Case,
    Count,
    F,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractIsoWeekDay, TruncMonth

from diedie_edu.activities.models import Attendance
from diedie_edu.common.days import ZONE, local_day, moment
from diedie_edu.people.rules.ages import BANDS, AgeBand, last_birth_date
from happy_square.models import Group, GrowthStart, MeetUp
from happy_square.models.groups import PROGRAMME
from happy_square.rules.growth import SPAN, Turnout, shrinks

DAY = timedelta(days=1)
CAME = Attendance.objects.filter(occasion__activity__programme__slug=PROGRAMME)
# The month of the first time that somebody came at all; not of members from before growth counts.
# LIMIT 1 keeps it at one look into each person's visits, so that it takes no longer for the years
# behind.
NEW_FACES = """
SELECT date_trunc('month', first_at AT TIME ZONE %s)::date AS month, count(*)
FROM ({came}) AS came (resident_id, first_at)
WHERE came.resident_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM happy_square_membership WHERE resident_id = came.resident_id AND since < %s)
AND (SELECT attendance.id FROM activities_attendance attendance
    JOIN activities_occasion occasion ON occasion.id = attendance.occasion_id
    JOIN activities_activity activity ON activity.id = occasion.activity_id
    JOIN programmes_programme programme ON programme.id = activity.programme_id
    WHERE attendance.resident_id = came.resident_id AND occasion.starts_at < %s
    AND programme.slug = %s LIMIT 1) IS NULL
GROUP BY month
"""


@dataclass(frozen=True)
class Row:
    """People, their visits, and guests."""

    people: int = 0
    named: int = 0
    guests: int = 0

    @property
    def visits(self) -> int:
        return self.named + self.guests


@dataclass(frozen=True)
class Shrinking:
    """A group to whose meet-ups fewer come than in the eight weeks before."""

    group: Group
    before: Turnout
    now: Turnout


class Growth:
    """What was counted from `first` to `last`, both included."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.starts_at, self.ends_at = moment(first), moment(last + DAY)

    @cached_property
    def whole(self) -> Row:
        came = self._came.aggregate(people=Count("resident", distinct=True), named=Count("pk"))
        return Row(**came, guests=self._counted.aggregate(guests=Sum("guests"))["guests"] or 0)

    @cached_property
    def by_month(self) -> dict[date, Row]:
        month = TruncMonth("occasion__starts_at", tzinfo=ZONE)
        return {key.date(): row for key, row in self._rows(month).items()}

    @cached_property
    def by_weekday(self) -> dict[int, Row]:
        """As ISO counts them."""
        return self._rows(ExtractIsoWeekDay("occasion__starts_at", tzinfo=ZONE))

    @cached_property
    def by_kind(self) -> dict[int | None, Row]:
        """By the kind of group (its id); None for what no group holds, such as a festival."""
        return self._rows(F("occasion__activity__group__kind"))

    @cached_property
    def by_age(self) -> dict[str, Row]:
        """By the age on the last day; "" where no date of birth is known. Guests have none."""
        last = [(band, last_birth_date(age, self.last)) for age, band in BANDS]
        bands = [When(resident__birth_date__lte=day, then=Value(band)) for band, day in last]
        return self._people(Case(*bands, default=Value("")))

    @property
    def over_60(self) -> int | None:
        """In percent of the people whose age is known; None where it is of nobody."""
        known = {band: row.people for band, row in self.by_age.items() if band}
        old = known.get(AgeBand.FROM_60, 0) + known.get(AgeBand.FROM_70, 0)
        return percent(old, sum(known.values()))

    @property
    def guests_share(self) -> int | None:
        """In percent of all visits."""
        return percent(self.whole.guests, self.whole.visits)

    @cached_property
    def new_faces(self) -> dict[date, int]:
        """By month. Raises nothing and finds nobody before growth counts."""
        start = start_of_growth() or self.first
        since = max(self.starts_at, moment(start))
        came = self._came.filter(occasion__starts_at__gte=since).values_list("resident")
        sql, params = came.annotate(first=Min("occasion__starts_at")).query.sql_with_params()
        with connection.cursor() as cursor:
            asked = [ZONE.key, *params, start, since, PROGRAMME]
            cursor.execute(NEW_FACES.format(came=sql), asked)
            return dict(cursor.fetchall())

    @property
    def new(self) -> int:
        return sum(self.new_faces.values())

    @cached_property
    def shrinking(self) -> list[Shrinking]:
        """Groups whose last eight weeks are compared with the eight before; most lost first."""
        cut, since = self.ends_at - SPAN, self.ends_at - 2 * SPAN
        now, before = _turnouts(cut, self.ends_at), _turnouts(since, cut)
        less = [pk for pk in now if pk in before and shrinks(before[pk], now[pk])]
        groups = Group.objects.select_related("kind").in_bulk(less)
        rows = [Shrinking(groups[pk], before[pk], now[pk]) for pk in less]
        return sorted(rows, key=lambda row: row.now.people / row.before.people)

    @property
    def _came(self) -> QuerySet[Attendance]:
        return CAME.filter(
            occasion__starts_at__gte=self.starts_at, occasion__starts_at__lt=self.ends_at
        ).order_by()

    @property
    def _counted(self) -> QuerySet[MeetUp]:
        return MeetUp.objects.filter(
            occasion__starts_at__gte=self.starts_at, occasion__starts_at__lt=self.ends_at
        ).order_by()

    def _rows(self, key: Any) -> dict[Any, Row]:
        people = self._people(key)
        rows = self._counted.values(key=key).annotate(guests=Sum("guests")).exclude(guests=None)
        guests = dict(rows.values_list("key", "guests"))
        keys = sorted({*people, *guests}, key=lambda one: (one is None, one))
        return {one: replace(people.get(one, Row()), guests=guests.get(one, 0)) for one in keys}

    def _people(self, key: Any) -> dict[Any, Row]:
        rows = self._came.values(key=key).annotate(
            people=Count("resident", distinct=True), named=Count("pk")
        )
        return {row["key"]: Row(row["people"], row["named"]) for row in rows}


def _turnouts(first: datetime, end: datetime) -> dict[int, Turnout]:
    """Of each group's meet-ups that were counted between two moments."""
    counted = MeetUp.objects.filter(
        counted_at__isnull=False, occasion__starts_at__gte=first, occasion__starts_at__lt=end
    )
    came = Attendance.objects.filter(occasion=OuterRef("occasion")).order_by().values("occasion")
    named = Coalesce(Subquery(came.annotate(number=Count("pk")).values("number")), 0)
    rows = (
        counted.order_by()
        .values("group")
        .annotate(meet_ups=Count("pk"), visits=Sum(F("guests") + named))
    )
    return {row["group"]: Turnout(row["meet_ups"], row["visits"]) for row in rows}


def percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def start_of_growth() -> date | None:
    """The day that staff have set; else the first on which anybody was entered by name."""
    if row := GrowthStart.objects.first():
        return row.day
    first = CAME.aggregate(first=Min("occasion__starts_at"))["first"]
    return first and local_day(first)
