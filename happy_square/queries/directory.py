"""Which groups residents find, and what a card of one shows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from diedie_edu.activities.models import Occasion
from happy_square.models import Group, GroupKind, WeeklyTime
from happy_square.queries.groups import listed

TIMES_IN_USE = Prefetch(
    "weekly_times",
    WeeklyTime.objects.filter(is_on=True).select_related("venue").order_by("weekday", "starts"),
    to_attr="times",
)


def kinds_with_groups() -> list[GroupKind]:
    """Kinds of which the directory has a group, in their order."""
    return list(GroupKind.objects.filter(Exists(listed().filter(kind=OuterRef("pk")))))


def directory(wanted: dict[str, Any]) -> QuerySet[Group]:
    """Groups that fit the wishes of `GroupFilter`, by kind; those at rest stand last in theirs."""
    found = listed().select_related("kind").prefetch_related(TIMES_IN_USE)
    if wanted.get("q"):
        found = found.filter(_mentions(wanted["q"].strip()))
    if wanted.get("kind"):
        found = found.filter(kind=wanted["kind"])
    if wanted.get("weekday"):
        found = found.filter(_meets(weekday=wanted["weekday"]))
    if wanted.get("children"):
        found = found.filter(takes_children=True)
    return found.order_by("kind__place", "kind", "standing", "title", "pk")


def _meets(**times: Any) -> Exists:
    return Exists(WeeklyTime.objects.filter(group=OuterRef("pk"), is_on=True, **times))


def _mentions(words: str) -> Q:
    return (
        Q(title__icontains=words)
        | Q(summary__icontains=words)
        | Q(kind__title_zh__icontains=words)
        | Q(kind__title_en__icontains=words)
        | Q(_meets(venue__title_zh__icontains=words))
    )


def with_next_meet_ups(groups: Iterable[Group], now: datetime) -> list[Any]:
    """Each group with its next occasion as `next`, or None, in one query."""
    rows: list[Any] = list(groups)
    ahead = Occasion.objects.filter(
        activity__in=[row.pk for row in rows], ends_at__gt=now, is_called_off=False
    )
    soonest = ahead.order_by("activity", "starts_at").distinct("activity")
    found = {row.activity_id: row for row in soonest.select_related("venue")}
    for row in rows:
        row.next = found.get(row.pk)
    return rows
