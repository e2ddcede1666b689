"""Whom a child may, or may not, go home with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from after_school.models import Collector, CollectorPass, WalkHomePermission
from after_school.rules import collecting
from diedie_edu.people.models import Resident


@dataclass(frozen=True)
class WhoCollects:
    """Everybody a child may, or may not, go home with on a day."""

    may: list[Collector]
    barred: list[Collector]
    passes: list[CollectorPass]
    walk_home: WalkHomePermission | None


def who_collects(child: Resident, day: date, now: datetime) -> WhoCollects:
    collectors = list(child.collectors.order_by("pk"))
    walks = child.walk_home_permissions.filter(
        valid_from__lte=day, valid_until__gte=day, taken_back_at=None
    )
    barred = [row for row in collectors if row.is_barred]
    passes = child.passes.filter(day=day, used_at=None, taken_back_at=None)
    return WhoCollects(
        may=[row for row in collectors if _may(row, barred, day)],
        barred=barred,
        passes=[row for row in passes if not collecting.bar_on(row, barred)],
        walk_home=walks.first(),
    )


def _may(row: Collector, barred: list[Collector], day: date) -> bool:
    """Nobody is shown as both."""
    may = collecting.can_collect(row, day)
    return may and not collecting.bar_on(row, barred, row.guardian_id)


def barred_from(child: int) -> list[Collector]:
    """Everybody who may not collect a child (id)."""
    return list(Collector.objects.filter(child=child, barred_at__isnull=False).order_by("pk"))


def collectors_of(children: Iterable[int], day: date) -> dict[int, tuple[list, list]]:
    """By child (id): who may collect it on a day, and who is barred. One query."""
    rows = Collector.objects.filter(child__in=list(children)).order_by("child_id", "pk")
    found = {}
    for child, group in groupby(rows, attrgetter("child_id")):
        named = list(group)
        barred = [row for row in named if row.is_barred]
        found[child] = ([row for row in named if _may(row, barred, day)], barred)
    return found
