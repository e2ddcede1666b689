"""What the line of a child shows, in values that can be compared (`common.drawn`)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from after_school.models import GuardianMessage, Presence, Session
from after_school.queries.glance import Marks
from after_school.queries.sessions import Line, Stand
from diedie_edu.common.names import spellings


class Said(NamedTuple):
    """Where a child is, as was said (`Whereabouts`)."""

    who: str
    get_said_display: str
    said_at: datetime
    get_way_display: str
    alarmed_at: datetime | None


class Shown(NamedTuple):
    """A line of the register: what is told of a child, and what can be done with it."""

    session: int
    is_open: bool
    is_staff: bool
    child: int
    full_name: str
    sort_key: str
    called: str
    apart: str
    has_allergies: bool
    has_pass: bool
    walks_home: bool
    has_siblings: bool
    messages: tuple[str, ...]
    may_come: bool
    is_confirmed: bool
    grade: str
    zone: str
    said: Said | None
    missing_at: datetime | None
    is_not_reached: bool
    arrived_at: datetime | None
    zone_now: str
    left_at: datetime | None
    went_with: str
    others: tuple[tuple[int, str], ...]  # zones into which it can change

    @property
    def spellings(self) -> str:
        """For a search on the page, the name first."""
        return " ".join(spellings(self.full_name, self.sort_key))


@dataclass(frozen=True)
class Register:
    """What the lines of one afternoon have in common."""

    session: Session
    names: dict[int, str]  # of the zones, by id
    marks: Marks
    messages: dict[int, tuple[str, ...]]  # that nobody has seen, by child (id)
    not_reached: Collection[int]
    is_staff: bool

    def shown(self, line: Line) -> Shown:
        child, place, presence = line.child, line.enrolment, line.presence or NOT_YET
        names, marks, pk = self.names, self.marks, place.child_id
        return Shown(
            session=self.session.pk,
            is_open=self.session.is_open,
            is_staff=self.is_staff,
            child=pk,
            full_name=child.full_name,
            sort_key=child.sort_key,
            called=line.called,
            apart=line.apart,
            has_allergies=pk in marks.allergies,
            has_pass=pk in marks.passes,
            walks_home=pk in marks.walks,
            has_siblings=pk in marks.siblings,
            messages=self.messages.get(pk, ()),
            may_come=place.may_come,  # type: ignore[attr-defined]
            is_confirmed=place.is_confirmed,  # type: ignore[attr-defined]
            grade=place.grade,
            zone=names[place.zone_id],
            said=_said(presence),
            missing_at=presence.missing_notified_at,
            is_not_reached=pk in self.not_reached,
            arrived_at=presence.arrived_at,
            zone_now=names.get(presence.zone_id, ""),  # type: ignore[arg-type]
            left_at=presence.left_at,
            went_with=presence.went_with if presence.left_at else "",
            others=tuple(zone for zone in names.items() if zone[0] != presence.zone_id),
        )


NOT_YET = Presence()


def _said(presence: Presence) -> Said | None:
    if (answer := presence.answer) is None:
        return None
    said, way = answer.get_said_display(), answer.get_way_display()
    return Said(answer.who, said, answer.said_at, way, answer.alarmed_at)


def by_child(unseen: Iterable[GuardianMessage]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for message in unseen:
        found[message.presence.child_id].append(str(message))
    return {child: tuple(texts) for child, texts in found.items()}


def by_stand(lines: Iterable[Line], register: Register) -> dict[Stand, list[Shown]]:
    """As the sections of the page take them."""
    found: dict[Stand, list[Shown]] = {stand: [] for stand in Stand}
    for line in lines:
        found[line.stand].append(register.shown(line))
    return found
