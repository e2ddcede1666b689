"""The register on paper, for a power cut: all that the screen would say. A constant number of
queries for any number of children."""

from datetime import datetime
from typing import Any, NamedTuple

from after_school.models import Enrolment, Session
from after_school.queries.collecting import OfPaper, collectors_of, rights_over
from after_school.queries.glance import alone_or_with_a_pass
from after_school.queries.sessions import Line, Stand, register_of
from diedie_edu.common.composed import Composed


class OnPaper(NamedTuple):
    """A child with whom to ring, what it must not eat, and with whom it may go."""

    number: int
    child: int
    full_name: str
    is_absent: bool
    grade: str
    zone: str
    apart: str
    allergies: str
    guardians: tuple[tuple[str, str], ...]  # name, phone
    arrived_at: datetime | None
    left_at: datetime | None
    may: tuple[tuple[str, str, bool], ...]  # name, relation, whether by a document alone
    has_pass: bool
    walks_home: bool
    barred: tuple[str, ...]


def sheet_of(session: Session, now: datetime) -> list[OnPaper]:
    """Whoever comes on this weekday, by pinyin."""
    lines = [row for row in register_of(session, now) if row.stand != Stand.FREE]
    rights = rights_over([row.enrolment.child_id for row in lines])
    people = collectors_of(rights, session.day)
    passes, walks = alone_or_with_a_pass(session.day)
    allergies = dict(ALLERGIES.rows(term=session.term_id))
    zones = {row.enrolment.zone_id: row.enrolment.zone for row in lines}
    names = {pk: str(zone) for pk, zone in zones.items()}
    return [
        OnPaper(
            number=number,
            zone=names[row.enrolment.zone_id],
            **_of_the_line(row),
            allergies=allergies.get(row.enrolment.child_id, ""),
            guardians=tuple(map(_to_ring, rights.get(row.enrolment.child_id, ()))),
            **people.get(row.enrolment.child_id, NOBODY)._asdict(),
            has_pass=row.enrolment.child_id in passes,
            walks_home=row.enrolment.child_id in walks,
        )
        for number, row in enumerate(lines, 1)
    ]


def _of_the_line(row: Line) -> dict[str, Any]:
    presence = row.presence
    return {
        "child": row.enrolment.child_id,
        "full_name": row.child.full_name,
        "is_absent": row.is_absent,
        "grade": row.enrolment.grade,
        "apart": row.apart,
        "arrived_at": presence and presence.arrived_at,
        "left_at": presence and presence.left_at,
    }


def _to_ring(right: Any) -> tuple[str, str]:
    """Their own number, or else the one they sign in with."""
    return right.full_name, right.phone or right.account_phone or ""


NOBODY = OfPaper()
ALLERGIES = Composed[tuple[int, str]](
    lambda term: (
        Enrolment.objects.filter(term=term)
        .exclude(allergies="")
        .order_by()
        .values_list("child", "allergies")
    ),
    term=int,
)
