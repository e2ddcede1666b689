"""Who is in at something that is not over."""

from collections.abc import Collection
from datetime import datetime

from diedie_edu.activities.models import Attendance
from diedie_edu.common.composed import Composed, OneOf


def places_used(
    activities: Collection[int], people: Collection[int], now: datetime
) -> set[tuple[int, int]]:
    """(activity, resident) of those of `people` (ids) who are in; of what goes on from week to week
    nobody is, for no seat is asked for there."""
    if not people:
        return set()
    return set(IN.rows(activities=list(activities), people=list(people), now=now))


IN = Composed[tuple[int, int]](
    lambda activities, people, now: Attendance.objects.filter(
        OneOf("occasion__activity", activities),
        OneOf("resident", people),
        occasion__ends_at__gt=now,
        occasion__activity__is_ongoing=False,
    ).values_list("occasion__activity", "resident"),
    activities=list,
    people=list,
    now=datetime,
)


def people_in(activity: int, people: Collection[int], now: datetime) -> set[int]:
    """Those of `people` (ids) who are in at an activity (its id)."""
    return {person for _activity, person in places_used([activity], people, now)}


def is_in(activity: int, resident: int, now: datetime) -> bool:
    return bool(people_in(activity, [resident], now))
