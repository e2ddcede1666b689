"""Which children are still here, and whom to call about them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from after_school.models import Collector, GuardianRight, Presence, PresenceEvent, Session, Zone
from after_school.queries.children import IS_BARRED, namesakes
from diedie_edu.common.composed import Composed

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


def left_behind(session: Session) -> list[LeftBehind]:
    """By pinyin, nobody barred among those to be called; four queries for any number."""
    inside, zones = INSIDE.rows(session=session.pk), dict(Zone.Kind.choices)
    same = namesakes(row.child for row in inside)
    guardians = _by_child(_guardians(session))
    others = _by_child(OTHERS.rows(session=session.pk, day=session.day))
    calls = _by_child(CALLS.rows(session=session.pk))
    return [
        LeftBehind(
            session=session.pk,
            child=row.child_id,
            full_name=row.child.full_name,
            apart=same.get(row.child_id, ""),
            zone=str(zones[row.kind]),
            arrived_at=row.arrived_at,
            people=tuple(Callable(*one) for one in guardians[row.child_id] + others[row.child_id]),
            calls=tuple(Call(*one) for one in calls[row.child_id]),
        )
        for row in inside
    ]


def children_inside(session: int) -> QuerySet[Presence]:
    """Of a session (id)."""
    return Presence.objects.filter(Presence.INSIDE, session=session)


INSIDE = Composed[Any](
    lambda session: (
        children_inside(session)
        .annotate(kind=F("zone__kind"))
        .select_related("child")
        .order_by("child__sort_key", "child_id")
    ),
    session=int,
)


def _here(session: int) -> QuerySet[Presence, Any]:
    return children_inside(session).order_by().values("child")


def _guardians(session: Session) -> Iterator[tuple[int, str, str]]:
    """The first first, with their own number, or else the one they sign in with."""
    for child, name, phone, account_phone in GUARDIANS.rows(session=session.pk):
        yield child, name, phone or account_phone or ""


GUARDIANS = Composed[tuple[int, str, str, str | None]](
    lambda session: (
        GuardianRight.objects.filter(~IS_BARRED, child__in=_here(session))
        .order_by("child", "place")
        .values_list("child", "guardian__full_name", "guardian__phone", "guardian__account__phone")
    ),
    session=int,
)


def _others(session: int, day: date) -> QuerySet[Collector, Any]:
    barred = Collector.objects.filter(child=OuterRef("child"), barred_at__isnull=False)
    same_phone = ~Q(phone_key="") & Q(phone_key=OuterRef("phone_key"))
    rows = Collector.objects.filter(
        ~Exists(barred.filter(Q(name_key=OuterRef("name_key")) | same_phone)),
        Q(valid_until=None) | Q(valid_until__gte=day),
        child__in=_here(session),
        valid_from__lte=day,
        barred_at=None,
        ended_at=None,
        guardian=None,
    )
    return rows.order_by("child", "pk").values_list("child", "full_name", "phone", "relation")


OTHERS = Composed[tuple[int, str, str, str]](_others, session=int, day=date)
CALLS = Composed[tuple[int, datetime, str, str]](
    lambda session: (
        PresenceEvent.objects.filter(
            what=PresenceEvent.What.CALLED, presence__in=children_inside(session).values("pk")
        )
        .order_by("at", "pk")
        .values_list("presence__child", "at", "detail", "by__display_name")
    ),
    session=int,
)


def _by_child(rows: Iterable[tuple[Any, ...]]) -> defaultdict[int, list[tuple[Any, ...]]]:
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for child, *rest in rows:
        found[child].append(tuple(rest))
    return found
