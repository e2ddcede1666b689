"""Reads of an afternoon: who is expected, inside, gone, absent or missing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import DateField, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value

from after_school.models import (
    Collector,
    Enrolment,
    GuardianRight,
    Presence,
    PresenceEvent,
    Session,
    Zone,
    ZoneDay,
)
from after_school.queries.children import IS_BARRED, namesakes, to_register
from after_school.queries.expected import absences_on, inside_elsewhere_at
from after_school.queries.kept_away import IsKeptAway
from after_school.queries.terms import STANDS
from after_school.rules import sessions
from after_school.rules.terms import PROGRAMME
from after_school.rules.whereabouts import is_on_the_way, is_with_guardian
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.names import spellings
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

    @property
    def spellings(self) -> str:
        """For a search on the page, the name first."""
        return " ".join(spellings(self.child.full_name, self.child.sort_key))


def sessions_at(day: date) -> QuerySet[Session]:
    """The sessions of a day, with `stands` and their term; drafts too."""
    return Session.objects.filter(day=day).annotate(stands=STANDS).select_related("term")


def sessions_with(occasions: Collection[int]) -> QuerySet[Session]:
    """The sessions to which these occasions (ids) belong."""
    zone_days = ZoneDay.objects.filter(occasion__in=occasions)
    return Session.objects.filter(pk__in=zone_days.values("session"))


def session_with_state(pk: int) -> Session | None:
    found = Session.objects.filter(pk=pk).annotate(stands=STANDS)
    return found.select_related("term", "opened_by", "closed_by").first()


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


def register_of(session: Session, now: datetime) -> list[Line]:
    """Every child with a place in the term, by pinyin. Five queries for any number."""
    presences = {row.child_id: row for row in presences_of(session)}
    absent = set(absences_on(session.day, session.term_id).values_list("enrolment", flat=True))
    awaited = _awaited(session, now)
    elsewhere = set(inside_elsewhere_at(session).values_list("child", flat=True))
    enrolments = list(to_register(session, presences, now))
    same = namesakes((row.child for row in enrolments), enrolments)
    lines = []
    for enrolment in enrolments:
        presence = presences.get(enrolment.child_id)
        is_absent = enrolment.pk in absent or is_with_guardian(presence)
        is_known = is_on_the_way(presence, now) or enrolment.child_id in elsewhere
        due = Stand.TO_COME if is_known else awaited
        stand = _stand(presence, session.weekday in enrolment.weekdays, is_absent, due)
        apart = same.get(enrolment.child_id, "")
        lines.append(Line(enrolment, presence, is_absent, stand, apart))
    return lines


def _awaited(session: Session, now: datetime) -> Stand:
    """How those stand who are expected and have not come."""
    if not takes_place(session):
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


def presences_of(session: Session) -> QuerySet[Presence]:
    """With whoever let the child in and took it, for one line each."""
    return Presence.objects.filter(session=session).select_related(
        *("child", "zone", "collector", "collector_pass", "arrived_by", "left_by", "whereabouts")
    )


def children_inside(session: Session) -> QuerySet[Presence]:
    """By pinyin, each with whom to call, nobody barred among them, and the log of calls."""
    rights = (
        GuardianRight.objects.filter(~IS_BARRED)
        .select_related("guardian__account")
        .order_by("place")
    )
    barred = Collector.objects.filter(child=OuterRef("child"), barred_at__isnull=False)
    same_phone = ~Q(phone_key="") & Q(phone_key=OuterRef("phone_key"))
    others = Collector.objects.filter(
        ~Exists(barred.filter(Q(name_key=OuterRef("name_key")) | same_phone)),
        Q(valid_until=None) | Q(valid_until__gte=session.day),
        valid_from__lte=session.day,
        barred_at=None,
        ended_at=None,
        guardian=None,
    )
    calls = PresenceEvent.objects.filter(what=PresenceEvent.What.CALLED).select_related("by")
    return (
        presences_of(session)
        .filter(arrived_at__isnull=False, left_at=None)
        .prefetch_related(
            Prefetch("child__guardian_rights", rights),
            Prefetch("child__collectors", others, to_attr="callable"),
            Prefetch("events", calls, to_attr="calls"),
        )
        .order_by("child__sort_key", "child_id")
    )


def places_in(session: Session, zone: Zone) -> int:
    """Those of the zone, and no more than its room of that day has."""
    rooms = ZoneDay.objects.filter(session=session, zone=zone)
    room = rooms.values_list("occasion__venue__places", flat=True).first()
    return min(zone.places, room or zone.places)


def count_inside(session: Session, zone: Zone) -> int:
    """How many children are in a zone now."""
    return Presence.objects.filter(Presence.INSIDE, session=session, zone=zone).count()


def inside_elsewhere(presence: Presence) -> Presence | None:
    """Where else the child is down as inside, with the session."""
    others = Presence.objects.filter(Presence.INSIDE, child=presence.child_id)
    return others.exclude(session=presence.session_id).select_related("session", "child").first()


def presence_at(session: Session, child: int) -> Presence | None:
    return presences_of(session).select_related("walk_home").filter(child=child).first()


def enrolment_at(session: Session, child: int, *, sealed: bool = False) -> Enrolment | None:
    """The child's (id) place in the session's term; `sealed`: with what only its page shows."""
    found = Enrolment.objects.filter(term=session.term_id, child=child)
    found = found if sealed else found.defer("allergies", "notes")
    return found.select_related("child", "zone", "term").first()


def zones_at(session: Session, lines: Iterable[Line]) -> list[tuple[Zone, int]]:
    """The zones of a session with the number of children inside."""
    inside = [row.presence.zone_id for row in lines if row.presence and row.presence.is_inside]
    return [(zone, inside.count(zone.pk)) for zone in session.term.zones.all()]


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
