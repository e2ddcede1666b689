"""Reads of series of lectures, and of what stands in the way of a new one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from diedie_edu.activities.models import Activity
from diedie_edu.activities.rules.schedule import FURTHEST, check_fits
from diedie_edu.common.days import local_day, moment
from diedie_edu.venues.models import Venue
from diedie_edu.venues.queries import availability
from diedie_edu.venues.rules.series import PlannedDay
from diedie_edu.volunteering.models import Duty
from residents_school.models import Lecture, LectureSeries, OnClash
from residents_school.queries.lectures import announced_lectures, planned_lectures
from residents_school.rules import seasons

DAY = timedelta(days=1)


def season_days(season: seasons.Season, now: datetime) -> list[PlannedDay]:
    """What a series comes to as things stand. Raises `Refused` where it cannot be worked out."""
    seasons.check_season(season, local_day(now))
    check_fits(season.capacity, season.venue)
    return seasons.preview(season, surroundings(season, now))


def surroundings(season: seasons.Season, now: datetime) -> seasons.Surroundings:
    """Calendar, rooms and duties a series must fit into, in a constant number of queries."""
    start, end = moment(season.first_day), now + FURTHEST + DAY
    venues = Venue.objects.filter(is_open=True) if season.on_clash == OnClash.OTHER_VENUE else ()
    rooms = {season.venue.pk, *(venue.pk for venue in venues)}
    busy = Duty.objects.filter(volunteer__in=season.speakers, is_off=False)
    busy = busy.filter(starts_at__lt=end, ends_at__gt=start)
    return seasons.Surroundings(
        occupancy=availability.occupancy(rooms, start, end),
        now=now,
        busy=list(busy.select_related("volunteer__resident", "occasion__activity")),
        venues=list(venues),
    )


def lectures_of(series: LectureSeries) -> QuerySet[Any]:
    """All of a series in order, called-off ones too."""
    return planned_lectures().filter(series=series).order_by("starts_at", "pk")


def lectures_to_change(series: LectureSeries, since: datetime, now: datetime) -> QuerySet[Any]:
    """Those of a series that begin from `since` on, lie ahead and stand."""
    ahead = lectures_of(series).filter(starts_at__gte=since, starts_at__gt=now)
    return ahead.exclude(state=Activity.State.CALLED_OFF)


def announced_dates(series_id: int) -> QuerySet[Any]:
    """What residents see of a series, in order; called-off ones are no date of it any more."""
    rows = announced_lectures().filter(series=series_id).exclude(state=Activity.State.CALLED_OFF)
    return rows.order_by("starts_at", "pk")


def dates_with(activity: int, now: datetime) -> list[int]:
    """Those (ids) of a lecture's series that lie ahead, in order; none where it stands alone."""
    series = Lecture.objects.filter(pk=activity).exclude(series=None).values("series")
    rows = announced_lectures().exclude(state=Activity.State.CALLED_OFF)
    ahead = rows.filter(series__in=series, starts_at__gt=now).order_by("starts_at", "pk")
    return list(ahead.values_list("pk", flat=True))


def with_places_in_series(lectures: Sequence[Any]) -> Sequence[Any]:
    """Mark each lecture of a series with its place in it, such as (1, 4), in one query at most."""
    series = {row.series_id for row in lectures if row.series_id}
    dates = _dates_of(series) if series else {}
    for lecture in lectures:
        own = dates.get(lecture.series_id, [])
        if len(own) > 1 and lecture.pk in own:
            lecture.place_in_series = (own.index(lecture.pk) + 1, len(own))
    return lectures


def _dates_of(series: Collection[int]) -> dict[int, list[int]]:
    """Lectures (ids) by their series, in order."""
    rows = announced_lectures().filter(series__in=series).exclude(state="called_off")
    dates: dict[int, list[int]] = defaultdict(list)
    for pk, of in rows.order_by("starts_at", "pk").values_list("pk", "series"):
        dates[of].append(pk)
    return dates
