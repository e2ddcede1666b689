"""Whom a child may, or may not, go home with."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import F
from django.db.models.lookups import IsNull

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


class Right(NamedTuple):
    """What paper says of a guardian, and what `rules.seeing` asks of a right."""

    child: int
    guardian_id: int
    account: int | None
    is_seen: bool
    full_name: str
    phone: str
    account_phone: str | None


class Named(NamedTuple):
    """What paper says of a `Collector`, and what `rules.collecting` asks of one."""

    child: int
    guardian_id: int | None
    full_name: str
    name_key: str
    phone_key: str
    relation: str
    valid_from: date
    valid_until: date | None
    named_by_id: int
    is_barred: bool
    ended_at: datetime | None


def rights_over(children: Collection[int]) -> dict[int, list[Any]]:
    """`Right`s by child (id), the first guardian first."""
    found = defaultdict(list)
    for right in map(Right._make, RIGHTS_OVER.rows(children=list(children))):
        found[right.child].append(right)
    return found


# Of a whole afternoon, as plain values: 120 children have 360 such rows.
RIGHTS_OVER = Composed[tuple[Any, ...]](
    lambda children: (
        GuardianRight.objects.filter(OneOf("child", children))
        .order_by("place")
        .values_list(
            *("child", "guardian", "guardian__account", IsNull(F("seen_at"), False)),
            *("guardian__full_name", "guardian__phone", "guardian__account__phone"),
        )
    ),
    children=list,
)
COLLECTORS = Composed[tuple[Any, ...]](
    lambda children: (
        Collector.objects.filter(OneOf("child", children))
        .order_by("child_id", "pk")
        .values_list(
            *("child", "guardian", "full_name", "name_key", "phone_key", "relation"),
            *("valid_from", "valid_until", "named_by", IsNull(F("barred_at"), False), "ended_at"),
        )
    ),
    children=list,
)


class OfPaper(NamedTuple):
    """Who may collect a child, by name, relation and whether by a document alone, and the names
    of whoever is barred from it."""

    may: tuple[tuple[str, str, bool], ...] = ()
    barred: tuple[str, ...] = ()


def collectors_of(rights: Mapping[int, list[Any]], day: date) -> dict[int, OfPaper]:
    """By child (id) of `rights_over`, on a day."""
    rows: Any = map(Named._make, COLLECTORS.rows(children=list(rights)))
    return {
        child: _of_paper(list(named), rights[child], day)
        for child, named in groupby(rows, attrgetter("child"))
    }


def _of_paper(named: list[Any], rights: list[Any], day: date) -> OfPaper:
    barred = [row for row in named if row.is_barred]
    return OfPaper(
        may=tuple(
            (row.full_name, row.relation, seeing.needs_document(row, rights))
            for row in named
            if _may(row, barred, day) and not _waits(row, rights)
        ),
        barred=tuple(row.full_name for row in barred),
    )
