"""Reads of series of lectures, and of what stands in the way of a new one."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.days import local_day, moment
from diedie_edu.venues.models import Venue
from diedie_edu.venues.queries.special_days import calendar
from diedie_edu.volunteering.models import Duty
from residents_school.models import LectureSeries
from residents_school.queries.lectures import planned_lectures
from residents_school.rules import seasons
from residents_school.rules.lectures import FURTHEST, check_fits

DAY = timedelta(days=1)


def season_days(season: seasons.Season, now: datetime) -> list[seasons.PlannedDay]:
    """What a series comes to as things stand. Raises `Refused` where it cannot be worked out."""
    seasons.check_season(season, local_day(now))
    check_fits(season.capacity, season.venue)
    return seasons.preview(season, surroundings(season, now))


def surroundings(season: seasons.Season, now: datetime) -> seasons.Surroundings:
    """Calendar, rooms and bookings a series must fit into, in a constant number of queries."""
    start, end = moment(season.first_day), now + FURTHEST + DAY
    return seasons.Surroundings(
        calendar=calendar(),
        bookings=[_booking(row) for row in _standing(start, end)],
        venues=list(Venue.objects.filter(is_open=True)),
        now=now,
    )


def _standing(start: datetime, end: datetime) -> QuerySet[Occasion]:
    duties = Duty.objects.exclude(volunteer=None).select_related("volunteer__resident")
    return (
        Occasion.objects.filter(is_called_off=False, starts_at__lt=end, ends_at__gt=start)
        .select_related("activity")
        .prefetch_related(Prefetch("duties", duties))
    )


def _booking(row: Occasion) -> seasons.Booking:
    busy = [duty.volunteer for duty in row.duties.all() if duty.volunteer]
    people = {volunteer.pk: volunteer.resident.full_name for volunteer in busy}
    return seasons.Booking(row.venue_id, row.starts_at, row.ends_at, row.activity.title, people)


def lectures_of(series: LectureSeries) -> QuerySet[Any]:
    """All of a series in order, called-off ones too."""
    return planned_lectures().filter(series=series).order_by("starts_at", "pk")


def lectures_to_change(series: LectureSeries, since: datetime, now: datetime) -> QuerySet[Any]:
    """Those of a series that begin from `since` on, lie ahead and stand."""
    ahead = lectures_of(series).filter(starts_at__gte=since, starts_at__gt=now)
    return ahead.exclude(state=Activity.State.CALLED_OFF)
