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
    Zone,
)
from after_school.queries.sessions import Line, presences_of, zones_of
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


def _leaving(day: date) -> dict[str, QuerySet[Any, Any]]:
    passes = CollectorPass.objects.filter(day=day, used_at=None, taken_back_at=None)
    walks = WalkHomePermission.objects.filter(
        valid_from__lte=day, valid_until__gte=day, taken_back_at=None
    )
    return {"passes": passes, "walks": walks}


def _marked(term: int, day: date) -> QuerySet[Any, Any]:
    """Of which child there is which mark; of siblings by guardian, the children of the term."""
    allergic = Enrolment.objects.filter(term=term).exclude(allergies="")
    rows = _by_mark({"allergies": allergic, **_leaving(day)})
    rights = GuardianRight.objects.filter(child__enrolments__term=term).order_by().distinct()
    siblings = rights.values_list(Value("siblings"), F("child"), F("guardian"))
    return siblings.union(*rows, all=True)


def _by_mark(found: dict[str, QuerySet[Any, Any]]) -> list[QuerySet[Any, Any]]:
    nobody = Value(None, output_field=BigIntegerField())
    return [
        rows.order_by().values_list(Value(mark), F("child"), nobody) for mark, rows in found.items()
    ]


def _leaving_marked(day: date) -> QuerySet[Any, Any]:
    passes, walks = _by_mark(_leaving(day))
    return passes.union(walks, all=True)


MARKED = Composed[tuple[str, int, int | None]](_marked, term=int, day=date)
LEAVING = Composed[tuple[str, int, int | None]](_leaving_marked, day=date)


def alone_or_with_a_pass(day: date) -> tuple[set[int], set[int]]:
    """Children (ids) who have a pass for a day, and those who walk home then."""
    rows = LEAVING.rows(day=day)
    passes = {child for mark, child, _nobody in rows if mark == "passes"}
    return passes, {child for mark, child, _nobody in rows if mark == "walks"}


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


def zones_at(session: Session, lines: Iterable[Line]) -> list[tuple[Zone, int]]:
    """The zones of a session with the number of children inside."""
    inside = [row.presence.zone_id for row in lines if row.presence and row.presence.is_inside]
    return [(zone, inside.count(zone.pk)) for zone in zones_of(session)]


def just_gone(session: Session, child: int, by: User, now: datetime) -> Presence | None:
    """The child (id) whom this account has just handed over."""
    gone = presences_of(session.pk).filter(child__in=Resident.objects.numbered(child), left_by=by)
    return gone.filter(left_at__gt=now - UNDONE_FOR).select_related("child").first()
