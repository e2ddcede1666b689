"""Whom a child may, or may not, go home with."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import F

from after_school.models import Collector, CollectorPass, GuardianRight, WalkHomePermission
from after_school.queries.children import guardians_of
from after_school.rules import collecting, seeing
from diedie_edu.common.composed import Composed, OneOf
from diedie_edu.common.errors import refusal_of
from diedie_edu.people.models import Resident


@dataclass(frozen=True)
class WhoCollects:
    """Everybody a child may, or may not, go home with on a day.

    `by_document`: guardians (ids of the rows) whom staff have not seen; `later`: names of those
    who may once staff have seen the guardian who says so.
    """

    may: list[Collector]
    by_document: set[int]
    later: list[str]
    barred: list[Collector]
    passes: list[CollectorPass]
    walk_home: WalkHomePermission | None


def who_collects(child: Resident, day: date, now: datetime) -> WhoCollects:
    collectors = list(child.collectors.order_by("pk"))
    walks = child.walk_home_permissions.filter(
        valid_from__lte=day, valid_until__gte=day, taken_back_at=None
    )
    barred = [row for row in collectors if row.is_barred]
    rights = list(guardians_of(child.pk))
    may = [row for row in collectors if _may(row, barred, day)]
    open_passes = child.passes.filter(day=day, used_at=None, taken_back_at=None)
    passes = [row for row in open_passes if not collecting.bar_on(row, barred)]
    return WhoCollects(
        may=[row for row in may if not _waits(row, rights)],
        by_document={row.pk for row in may if seeing.needs_document(row, rights)},
        later=[row.full_name for row in may if _waits(row, rights)]
        + [row.full_name for row in passes if seeing.is_by_unseen(row.made_by_id, rights)],
        barred=barred,
        passes=[row for row in passes if not seeing.is_by_unseen(row.made_by_id, rights)],
        walk_home=next(
            (row for row in walks if not seeing.is_by_unseen(row.given_by_id, rights)), None
        ),
    )


def _waits(row: Collector, rights: Collection[GuardianRight]) -> bool:
    return refusal_of(seeing.check_collector, row, rights) is not None


def _may(row: Collector, barred: list[Collector], day: date) -> bool:
    """Nobody is shown as both."""
    may = collecting.can_collect(row, day)
    return may and not collecting.bar_on(row, barred, row.guardian_id)


def barred_from(child: int) -> list[Collector]:
    """Everybody who may not collect a child (id)."""
    return list(Collector.objects.filter(child=child, barred_at__isnull=False).order_by("pk"))


def rights_over(children: Collection[int]) -> dict[int, list[Any]]:
    """Of children (ids), the first guardian first, each with the `account_phone`."""
    found = defaultdict(list)
    for right in RIGHTS_OVER.rows(children=list(children)):
        found[right.child_id].append(right)
    return found


# Of a whole afternoon, and nothing that a sheet of paper does not say.
RIGHTS_OVER = Composed[Any](
    lambda children: (
        GuardianRight.objects.filter(OneOf("child", children))
        .order_by("place")
        .select_related("guardian")
        .annotate(account_phone=F("guardian__account__phone"))
        .only(
            *("child", "seen_at", "guardian__full_name", "guardian__birth_date"),
            *("guardian__phone", "guardian__account"),
        )
    ),
    children=list,
)
COLLECTORS = Composed[Collector](
    lambda children: (
        Collector.objects.filter(OneOf("child", children))
        .order_by("child_id", "pk")
        .only(
            *("child", "guardian", "full_name", "name_key", "phone_key", "relation"),
            *("valid_from", "valid_until", "named_by", "barred_at", "ended_at"),
        )
    ),
    children=list,
)


def collectors_of(
    rights: Mapping[int, list[GuardianRight]], day: date
) -> dict[int, tuple[list, list]]:
    """By child (id) of `rights_over`: who may collect it on a day, and who is barred.

    A guardian whom staff have not seen carries `by_document`.
    """
    rows = COLLECTORS.rows(children=list(rights))
    found = {}
    for child, group in groupby(rows, attrgetter("child_id")):
        named, own = list(group), rights[child]
        barred = [row for row in named if row.is_barred]
        may = [row for row in named if _may(row, barred, day) and not _waits(row, own)]
        for row in may:
            row.by_document = seeing.needs_document(row, own)  # type: ignore[attr-defined]
        found[child] = (may, barred)
    return found
