"""Reads of an afternoon: who is expected, inside, gone, absent or missing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import DateField, F, Model, Q, QuerySet, Value

from after_school.models import (
    Enrolment,
    GuardianRight,
    Presence,
    Session,
    Zone,
    ZoneDay,
)
from after_school.queries.children import namesakes, to_register
from after_school.queries.expected import absences_on, inside_elsewhere_at
from after_school.queries.kept_away import IsKeptAway
from after_school.queries.terms import STANDS
from after_school.rules import sessions
from after_school.rules.terms import PROGRAMME
from after_school.rules.whereabouts import is_on_the_way, is_with_guardian
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.composed import Composed
from diedie_edu.people.models import Resident
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries.clearances import IsCleared


class Stand(StrEnum):
    """How a child's afternoon stands."""

    MISSING = "missing"  # expected, without notice, past the time
    TO_COME = "to_come"
    INSIDE = "inside"
    GONE = "gone"
    ABSENT = "absent"  # with notice
    OFF = "off"  # would come, were the day not called off
    FREE = "free"  # has a place, and does not come on this weekday


@dataclass(frozen=True)
class Line:
    """A child in the register of an afternoon; `apart` tells it from another there of its name."""

    enrolment: Enrolment
    presence: Presence | None
    is_absent: bool
    stand: Stand
    apart: str

    @property
    def child(self) -> Resident:
        return self.enrolment.child

    @property
    def called(self) -> str:
        """For a button, which is read aloud by itself."""
        return f"{self.child.full_name} · {self.apart}" if self.apart else self.child.full_name


def sessions_at(day: date) -> QuerySet[Session]:
    """The sessions of a day, with `stands` and their term; drafts too."""
    return Session.objects.filter(day=day).annotate(stands=STANDS).select_related("term")


def sessions_with(occasions: Collection[int]) -> QuerySet[Session]:
    """The sessions to which these occasions (ids) belong."""
    zone_days = ZoneDay.objects.filter(occasion__in=occasions)
    return Session.objects.filter(pk__in=zone_days.values("session"))


WITH_STATE = Composed[Session](
    lambda pk: Session.objects.filter(pk=pk).annotate(stands=STANDS).select_related("term"),
    pk=int,
)


def session_with_state(pk: int) -> Session | None:
    return WITH_STATE.first(pk=pk)


def is_on_duty(user: User, session: Session) -> bool:
    """Whether an account's owner is a volunteer of this session, cleared to this moment; also of
    one that is called off, until it is closed."""
    still_on = Q(is_off=False) | Q(occasion__zone_day__session__state=Session.State.OPEN)
    return Duty.objects.filter(
        still_on,
        IsCleared(F("volunteer"), Value(session.day, DateField())),
        ~Q(IsKeptAway(F("volunteer"), Value(session.term_id), Value(session.weekday))),
        occasion__zone_day__session=session,
        volunteer__resident__account=user,
    ).exists()


# What the lines of a register say, and no more: they are read for a hundred children at once.
PRESENCES = Composed[Presence](
    lambda session: presences_of(session).only(
        *("session", "child", "zone", "missing_notified_at", "arrived_at", "left_at"),
        *("checked_how", "walk_home", "collector__full_name", "collector_pass__full_name"),
        *(
            f"whereabouts__{name}"
            for name in ("presence", "said", "who", "said_at", "way", "alarmed_at")
        ),
    ),
    session=int,
)
ZONES = Composed[Zone](lambda term: Zone.objects.filter(term=term), term=int)


def _known(session: int, term: int, day: date) -> QuerySet[Any, Any]:
    """Enrolments of which an absence was told, and children who are inside elsewhere."""
    absent = absences_on(day, term).order_by().values_list(Value(ABSENT), F("enrolment"))
    elsewhere = inside_elsewhere_at(session, day).values_list(Value(ELSEWHERE), F("child"))
    return absent.union(elsewhere, all=True)


ABSENT, ELSEWHERE = "absent", "elsewhere"
KNOWN = Composed[tuple[str, int]](_known, session=int, term=int, day=date)


def register_of(session: Session, now: datetime) -> list[Line]:
    """Every child with a place in the term, by pinyin. Four queries for any number."""
    presences = {row.child_id: row for row in PRESENCES.rows(session=session.pk)}
    zones = {zone.pk: zone for zone in zones_of(session)}
    facts = Facts(session, now)
    enrolments = to_register(session, now)
    same = namesakes((row.child for row in enrolments), enrolments)
    lines = []
    for enrolment in enrolments:
        _fill_in(enrolment, "zone", zones[enrolment.zone_id])
        if presence := presences.get(enrolment.child_id):
            _fill_in(presence, "child", enrolment.child)
            _fill_in(presence, "zone", zones.get(presence.zone_id or 0))
        is_absent, stand = facts.of(enrolment.pk, enrolment.child_id, enrolment.weekdays, presence)
        apart = same.get(enrolment.child_id, "")
        lines.append(Line(enrolment, presence, is_absent, stand, apart))
    return lines


def _fill_in(row: Enrolment | Presence, name: str, one: Model | None) -> None:
    """The row that a key of it names: as a prefetch does it, for assigning one asks far more."""
    row._state.fields_cache[name] = one


class Facts:
    """What of an afternoon says how its children stand."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.weekday, self.now = session.weekday, now
        self.awaited = _awaited(session, now)
        known = KNOWN.rows(session=session.pk, term=session.term_id, day=session.day)
        self.absent = {pk for what, pk in known if what == ABSENT}
        self.elsewhere = {pk for what, pk in known if what == ELSEWHERE}

    def of(
        self, enrolment: int, child: int, weekdays: list[int], presence: Presence | None
    ) -> tuple[bool, Stand]:
        """Whether a child (id) is absent with notice, and how it stands."""
        is_absent = enrolment in self.absent or is_with_guardian(presence)
        is_known = is_on_the_way(presence, self.now) or child in self.elsewhere
        due = Stand.TO_COME if is_known else self.awaited
        return is_absent, _stand(presence, self.weekday in weekdays, is_absent, due)


def _awaited(session: Session, now: datetime) -> Stand:
    """How those stand who are expected and have not come."""
    stands = getattr(session, "stands", None)  # most have been asked for it when they were read
    if not (takes_place(session) if stands is None else stands):
        return Stand.OFF
    return Stand.MISSING if sessions.missing_from(session) <= now else Stand.TO_COME


def takes_place(session: Session) -> bool:
    return Session.objects.filter(STANDS, pk=session.pk).exists()


def _stand(presence: Presence | None, is_expected: bool, is_absent: bool, awaited: Stand) -> Stand:
    if presence is not None and presence.arrived_at is not None:
        return Stand.INSIDE if presence.is_inside else Stand.GONE
    if not is_expected:
        return Stand.FREE
    if is_absent:
        return Stand.ABSENT
    return awaited


def presences_of(session: int) -> QuerySet[Presence]:
    """Of a session (id), with whoever took the child and what was said of it, for one line each."""
    taken = Presence.objects.filter(session=session).order_by("pk")
    return taken.select_related("collector", "collector_pass", "whereabouts")


def places_in(session: Session, zone: Zone) -> int:
    """Those of the zone, and no more than its room of that day has."""
    rooms = ZoneDay.objects.filter(session=session, zone=zone)
    room = rooms.values_list("occasion__venue__places", flat=True).first()
    return min(zone.places, room or zone.places)


def count_inside(session: Session, zone: Zone) -> int:
    """How many children are in a zone now."""
    return Presence.objects.filter(Presence.INSIDE, session=session, zone=zone).count()


def presence_at(session: Session, child: int) -> Presence | None:
    """With whoever let the child in and handed it over."""
    found = presences_of(session.pk).prefetch_related("child", "zone", "walk_home")
    return found.select_related("arrived_by", "left_by").filter(child=child).first()


def enrolment_at(session: Session, child: int, *, sealed: bool = False) -> Enrolment | None:
    """The child's (id) place in the session's term; `sealed`: with what only its page shows."""
    found = Enrolment.objects.filter(term=session.term_id, child=child)
    found = found if sealed else found.defer("allergies", "notes")
    return found.select_related("child", "zone", "term").first()


def zones_of(session: Session) -> list[Zone]:
    """Those of its term, read once for a page."""
    if not hasattr(session, "zones"):
        session.zones = ZONES.rows(term=session.term_id)  # type: ignore[attr-defined]
    return session.zones  # type: ignore[attr-defined]


def guardians_to_notify(child: int, *, with_notes: bool = False) -> list[int]:
    """Ids of the residents who are told how a child's (id) afternoon goes; `with_notes`: those
    who read what staff note."""
    rights = GuardianRight.objects.filter(child=child).order_by("place")
    readers = rights.filter(sees_notes=True) if with_notes else rights
    return list(readers.values_list("guardian_id", flat=True))


def staff_to_notify() -> list[int]:
    """Ids of the accounts that look after the children: staff, and who leads the programme."""
    staff = accounts_with(Permission.LOOK_AFTER_CHILDREN, PROGRAMME)
    return list(staff.values_list("pk", flat=True))


def colleagues_to_ask() -> list[int]:
    """Ids of the other accounts with a desk, who have no right to a child's name."""
    others = accounts_with(Permission.OPEN_DESK).exclude(pk__in=staff_to_notify())
    return list(others.values_list("pk", flat=True))
