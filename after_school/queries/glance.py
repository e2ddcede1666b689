"""What the register shows beside its lines: marks, a search, and who has just gone.

A constant number of queries for any number of children.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, F, QuerySet, Value

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
from diedie_edu.common.composed import Composed
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


def _marked(term: int, day: date) -> QuerySet[Any, Any]:
    """Of which child there is which mark; of siblings by guardian, the children of the term."""
    nobody = Value(None, output_field=BigIntegerField())
    allergic = Enrolment.objects.filter(term=term).exclude(allergies="")
    passes = CollectorPass.objects.filter(day=day, used_at=None, taken_back_at=None)
    walks = WalkHomePermission.objects.filter(
        valid_from__lte=day, valid_until__gte=day, taken_back_at=None
    )
    of_one = {"allergies": allergic, "passes": passes, "walks": walks}
    rows = [
        found.order_by().values_list(Value(mark), F("child"), nobody)
        for mark, found in of_one.items()
    ]
    rights = GuardianRight.objects.filter(child__enrolments__term=term).order_by().distinct()
    siblings = rights.values_list(Value("siblings"), F("child"), F("guardian"))
    return siblings.union(*rows, all=True)


MARKED = Composed[tuple[str, int, int | None]](_marked, term=int, day=date)


def marks_at(session: Session, lines: Iterable[Line]) -> Marks:
    """Of all children of its term, and of all who have a pass or walk home on its day."""
    here = {row.child.pk for row in lines}
    found: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    for mark, child, guardian in MARKED.rows(term=session.term_id, day=session.day):
        found[mark].append((child, guardian))
    return Marks(
        allergies={child for child, _nobody in found["allergies"]},
        passes={child for child, _nobody in found["passes"]},
        walks={child for child, _nobody in found["walks"]},
        siblings=_with_siblings([row for row in found["siblings"] if row[0] in here]),
    )


def _with_siblings(pairs: Collection[tuple[int, int | None]]) -> set[int]:
    """Who shares a guardian with another of them."""
    families = Counter(guardian for _child, guardian in pairs)
    return {child for child, guardian in pairs if families[guardian] > 1}


def phone_of(guardian: Resident) -> str:
    """Their own number, or else the one they sign in with."""
    return guardian.phone or (guardian.account.phone if guardian.account else "")


def siblings_at(session: Session, child: int) -> QuerySet[Presence]:
    """Who shares a guardian with the child (id) and is inside too."""
    guardians = GuardianRight.objects.filter(child=child).values("guardian")
    shared = GuardianRight.objects.filter(guardian__in=guardians).values("child")
    inside = Presence.objects.filter(Presence.INSIDE, session=session, child__in=shared)
    return inside.exclude(child=child).select_related("child").order_by("child__sort_key")


def lines_like(text: str, lines: Iterable[Line]) -> list[Line]:
    """Those whose name, pinyin or initials are meant; all where nothing is typed."""
    return [row for row in lines if is_spelled(text, row.child.full_name, row.child.sort_key)]


def just_gone(session: Session, child: int, by: User, now: datetime) -> Presence | None:
    """The child (id) whom this account has just handed over."""
    gone = presences_of(session.pk).filter(child__in=Resident.objects.numbered(child), left_by=by)
    return gone.filter(left_at__gt=now - UNDONE_FOR).select_related("child").first()
