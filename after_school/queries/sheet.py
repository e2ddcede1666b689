"""The register on paper, for a power cut: all that the screen would say. Six queries for any
number of children."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from after_school.models import Collector, Enrolment, GuardianRight, Session
from after_school.queries.collecting import collectors_of
from after_school.queries.glance import marks_of
from after_school.queries.sessions import Line, Stand, register_of


@dataclass(frozen=True)
class SheetLine:
    """A child with whom to ring, what it must not eat, and with whom it may go."""

    line: Line
    guardians: list[GuardianRight]
    may: list[Collector]
    barred: list[Collector]
    allergies: str
    has_pass: bool
    walks_home: bool


def sheet_of(session: Session, now: datetime) -> list[SheetLine]:
    """Whoever comes on this weekday, by pinyin."""
    lines = [row for row in register_of(session, now) if row.stand != Stand.FREE]
    children = [row.child.pk for row in lines]
    people, guardians = collectors_of(children, session.day), _guardians_of(children)
    marks = marks_of([row.enrolment for row in lines], session.day)
    allergies = _allergies_of(lines)
    return [
        SheetLine(
            row,
            guardians[row.child.pk],
            *people.get(row.child.pk, ([], [])),
            allergies=allergies.get(row.child.pk, ""),
            has_pass=row.child.pk in marks.passes,
            walks_home=row.child.pk in marks.walks,
        )
        for row in lines
    ]


def _guardians_of(children: Collection[int]) -> dict[int, list[GuardianRight]]:
    rights = GuardianRight.objects.filter(child__in=children).order_by("place")
    found = defaultdict(list)
    for right in rights.select_related("guardian__account"):
        found[right.child_id].append(right)
    return found


def _allergies_of(lines: Collection[Line]) -> dict[int, str]:
    rows = Enrolment.objects.filter(pk__in=[row.enrolment.pk for row in lines])
    return dict(rows.exclude(allergies="").values_list("child", "allergies"))
