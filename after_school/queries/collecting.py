"""Whom a child may, or may not, go home with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

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
    return WhoCollects(
        may=[row for row in collectors if collecting.can_collect(row, day)],
        barred=[row for row in collectors if row.is_barred],
        passes=list(child.passes.filter(day=day, used_at=None, taken_back_at=None)),
        walk_home=walks.first(),
    )


def collectors_of(children: Iterable[int], day: date) -> dict[int, tuple[list, list]]:
    """By child (id): who may collect it on a day, and who is barred. One query."""
    found: dict[int, tuple[list[Collector], list[Collector]]] = {}
    for row in Collector.objects.filter(child__in=list(children)).order_by("pk"):
        may, barred = found.setdefault(row.child_id, ([], []))
        if row.is_barred:
            barred.append(row)
        elif collecting.can_collect(row, day):
            may.append(row)
    return found
