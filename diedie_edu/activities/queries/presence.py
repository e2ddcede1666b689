"""Who is in at something that is not over."""

from collections.abc import Collection
from datetime import datetime

from diedie_edu.activities.models import Attendance


def places_used(
    activities: Collection[int], people: Collection[int], now: datetime
) -> set[tuple[int, int]]:
    """(activity, resident) of those of `people` (ids) who are in; of what goes on from week to week
    nobody is, for no seat is asked for there."""
    rows = Attendance.objects.filter(
        occasion__activity__in=activities,
        resident__in=people,
        occasion__ends_at__gt=now,
        occasion__activity__is_ongoing=False,
    )
    return set(rows.values_list("occasion__activity", "resident"))


def people_in(activity: int, people: Collection[int], now: datetime) -> set[int]:
    """Those of `people` (ids) who are in at an activity (its id)."""
    return {person for _activity, person in places_used([activity], people, now)}


def is_in(activity: int, resident: int, now: datetime) -> bool:
    return bool(people_in(activity, [resident], now))
