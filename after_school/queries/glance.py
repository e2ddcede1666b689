"""What the register shows beside its lines: marks, a search, and who has just gone.

A constant number of queries for any number of children.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from after_school.models import (
    CollectorPass,
    Enrolment,
    GuardianRight,
    Presence,
    Session,
    WalkHomePermission,
)
from after_school.queries.sessions import Line, presences_of
from diedie_edu.accounts.models import User
from diedie_edu.common.names import is_spelled
from diedie_edu.people.models import Resident

UNDONE_FOR = timedelta(minutes=1)  # so long the page offers to put a hand-over right


@dataclass(frozen=True)
class Marks:
    """Which children (ids) have one; what it is about stands on the child's page."""

    allergies: set[int]
    passes: set[int]
    walks: set[int]
    siblings: set[int]


def marks_of(enrolments: Collection[Enrolment], day: date) -> Marks:
    children = [row.child_id for row in enrolments]
    allergic = Enrolment.objects.filter(pk__in=[row.pk for row in enrolments])
    passes = CollectorPass.objects.filter(day=day, used_at=None, taken_back_at=None)
    walks = WalkHomePermission.objects.filter(
        valid_from__lte=day, valid_until__gte=day, taken_back_at=None
    )
    return Marks(
        allergies=_children(allergic.exclude(allergies="")),
        passes=_children(passes.filter(child__in=children)),
        walks=_children(walks.filter(child__in=children)),
        siblings=_with_siblings(children),
    )


def _children(rows: QuerySet) -> set[int]:
    return set(rows.values_list("child", flat=True))


def _with_siblings(children: Collection[int]) -> set[int]:
    """Who shares a guardian with another of them."""
    rights = GuardianRight.objects.filter(child__in=children)
    pairs = list(rights.values_list("guardian", "child"))
    families = Counter(guardian for guardian, _child in pairs)
    return {child for guardian, child in pairs if families[guardian] > 1}


def siblings_at(session: Session, child: int) -> QuerySet[Presence]:
    """Who shares a guardian with the child (id) and is inside too."""
    guardians = GuardianRight.objects.filter(child=child).values("guardian")
    shared = GuardianRight.objects.filter(guardian__in=guardians).values("child")
    inside = presences_of(session).filter(Presence.INSIDE, child__in=shared)
    return inside.exclude(child=child).order_by("child__sort_key")


def lines_like(text: str, lines: Iterable[Line]) -> list[Line]:
    """Those whose name, pinyin or initials are meant; all where nothing is typed."""
    return [row for row in lines if is_spelled(text, row.child.full_name, row.child.sort_key)]


def just_gone(session: Session, child: int, by: User, now: datetime) -> Presence | None:
    """The child (id) whom this account has just handed over."""
    gone = presences_of(session).filter(child__in=Resident.objects.numbered(child), left_by=by)
    return gone.filter(left_at__gt=now - UNDONE_FOR).first()
