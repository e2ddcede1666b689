"""What the line of a child shows, in values that can be compared (`common.drawn`)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from after_school.models import GuardianMessage, Presence, Session
from after_school.queries.glance import Marks, phone_of
from after_school.queries.sessions import Line
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
        names = self.names
        return Shown(
            session=self.session.pk,
            is_open=self.session.is_open,
            is_staff=self.is_staff,
            child=child.pk,
            full_name=child.full_name,
            sort_key=child.sort_key,
            called=line.called,
            apart=line.apart,
            has_allergies=child.pk in self.marks.allergies,
            has_pass=child.pk in self.marks.passes,
            walks_home=child.pk in self.marks.walks,
            has_siblings=child.pk in self.marks.siblings,
            messages=self.messages.get(child.pk, ()),
            may_come=place.may_come,  # type: ignore[attr-defined]
            is_confirmed=place.is_confirmed,  # type: ignore[attr-defined]
            grade=place.grade,
            zone=names[place.zone_id],
            said=_said(presence),
            missing_at=presence.missing_notified_at,
            is_not_reached=child.pk in self.not_reached,
            arrived_at=presence.arrived_at,
            zone_now=names.get(presence.zone_id, ""),  # type: ignore[arg-type]
            left_at=presence.left_at,
            went_with=presence.went_with,
            others=tuple((pk, name) for pk, name in names.items() if pk != presence.zone_id),
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


# --- Who is still here -----------------------------------------------------------------


# What came of a call, by the word that its button sends.
OUTCOMES = {
    "reached": _("is on the way"),
    "no_answer": _("no answer"),
    "other": _("was told, sends somebody else"),
}


class Callable(NamedTuple):
    """Somebody to be called about a child."""

    full_name: str
    phone: str
    relation: str = ""


class Call(NamedTuple):
    """One that was noted."""

    at: datetime
    detail: str
    by: str


class LeftBehind(NamedTuple):
    """A child that is still here: whom to call, in order, and who was called."""

    session: int
    child: int
    full_name: str
    apart: str
    zone: str
    arrived_at: datetime
    people: tuple[Callable, ...]
    calls: tuple[Call, ...]

    @property
    def outcomes(self) -> dict[str, Any]:
        return OUTCOMES


def left_behind(presence: Any, apart: str) -> LeftBehind:
    """Of a presence of `still_here.children_inside`."""
    child = presence.child
    return LeftBehind(
        session=presence.session_id,
        child=child.pk,
        full_name=child.full_name,
        apart=apart,
        zone=str(presence.zone),
        arrived_at=presence.arrived_at,
        people=(
            *_guardians(child),
            *(Callable(row.full_name, row.phone, row.relation) for row in child.callable),
        ),
        calls=tuple(Call(row.at, row.detail, row.by.display_name) for row in presence.calls),
    )


def _guardians(child: Any) -> Iterator[Callable]:
    for row in child.guardian_rights.all():
        yield Callable(row.guardian.full_name, phone_of(row.guardian))
