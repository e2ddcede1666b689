"""Which groups residents find, and what a card of one shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from diedie_edu.activities.models import Occasion
from diedie_edu.common.sent import sent_number
from diedie_edu.venues.models import Venue
from happy_square.models import Group, GroupKind, WeeklyTime
from happy_square.queries.groups import listed
from happy_square.rules.finder import CHILDREN, HOURS, When

TIMES_IN_USE = Prefetch(
    "weekly_times",
    WeeklyTime.objects.filter(is_on=True).select_related("venue").order_by("weekday", "starts"),
    to_attr="times",
)


@dataclass(frozen=True)
class UsualTime:
    """The days of a week on which a group meets at the same time and place."""

    days: tuple[str, ...]
    starts: time
    ends: time
    venue: Venue


def together(times: Iterable[WeeklyTime]) -> list[UsualTime]:
    """Weekly times as people say them: Tue Thu Sat 19:30, on the square."""
    found: dict[tuple[time, time, Venue], list[str]] = {}
    for row in times:
        found.setdefault((row.starts, row.ends, row.venue), []).append(row.get_weekday_display())
    return [UsualTime(tuple(days), *rest) for rest, days in found.items()]


def usual_times(group: Group) -> list[UsualTime]:
    rows = group.weekly_times.filter(is_on=True).select_related("venue")
    return together(rows.order_by("weekday", "starts"))


def kinds_with_groups() -> list[GroupKind]:
    """Kinds of which the directory has a group, in their order."""
    return list(GroupKind.objects.filter(Exists(listed().filter(kind=OuterRef("pk")))))


def directory(wanted: dict[str, Any]) -> QuerySet[Group]:
    """Groups that fit the wishes of `GroupFilter`, by kind; those at rest stand last in theirs."""
    found = listed().select_related("kind").prefetch_related(TIMES_IN_USE)
    if wanted.get("q"):
        found = found.filter(_mentions(wanted["q"]))
    if wanted.get("kind"):
        found = found.filter(kind=wanted["kind"])
    if wanted.get("weekday"):
        found = found.filter(_meets(weekday=wanted["weekday"]))
    if wanted.get("children"):
        found = found.filter(takes_children=True)
    return found.order_by("kind__place", "kind", "standing", "title", "pk")


def found_by(answers: dict[str, str]) -> QuerySet[Group]:
    """Groups that fit the answers of the finder: "any" and what is not known fit all."""
    found = directory({}).filter(standing=Group.Standing.ACTIVE)
    times: dict[str, Any] = {}
    if kind := sent_number(answers.get("kind", "")):
        found = found.filter(kind=kind)
    if answers.get("when") in HOURS:
        times |= HOURS[When(answers["when"])]
    if venue := sent_number(answers.get("where", "")):
        times["venue"] = venue
    if answers.get("where") == CHILDREN:
        found = found.filter(takes_children=True)
    return found.filter(_meets(**times)) if times else found


def places_of(groups: QuerySet[Group]) -> list[Venue]:
    """Where they meet, most of them first."""
    rows = Venue.objects.filter(weekly_times__group__in=groups, weekly_times__is_on=True)
    return list(rows.annotate(number=Count("pk")).order_by("-number", "pk"))


def _meets(**times: Any) -> Exists:
    return Exists(WeeklyTime.objects.filter(group=OuterRef("pk"), is_on=True, **times))


def _mentions(words: str) -> Q:
    return (
        Q(title__mentions=words)
        | Q(summary__mentions=words)
        | Q(kind__title_zh__mentions=words)
        | Q(kind__title_en__mentions=words)
        | Q(_meets(venue__title_zh__mentions=words))
    )


def with_next_meet_ups(groups: Iterable[Group], now: datetime) -> list[Any]:
    """Each group with its next occasion as `next`, or None, in one query; its times as `usual`."""
    rows: list[Any] = list(groups)
    ahead = Occasion.objects.filter(
        activity__in=[row.pk for row in rows], ends_at__gt=now, is_called_off=False
    )
    soonest = ahead.order_by("activity", "starts_at").distinct("activity")
    found = {row.activity_id: row for row in soonest.select_related("venue")}
    for row in rows:
        row.next, row.usual = found.get(row.pk), together(row.times)
    return rows
