"""Reads of what went otherwise than planned: who is to be alarmed, and what stays on the desk."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from after_school import messages
from after_school.models import Session, SessionEvent
from after_school.queries.terms import STANDS
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.common.composed import Composed
from diedie_edu.common.days import local_day, moment
from diedie_edu.notices.queries.calls import unheard_alarms
from diedie_edu.people.models import Resident


def unopened_sessions(now: datetime) -> QuerySet[Session]:
    """Today's that take place and that nobody has opened, whatever the time."""
    found = Session.objects.filter(STANDS, day=local_day(now), state=Session.State.PLANNED)
    return found.filter(term__state=Activity.State.PUBLISHED).select_related("term")


def gaps(now: datetime) -> QuerySet[Session]:
    """Afternoons that are over, that nobody opened, and of which nobody has said why."""
    over = Occasion.objects.filter(
        zone_day__session=OuterRef("pk"), is_called_off=False, ends_at__lte=now
    )
    explained = SessionEvent.objects.filter(
        session=OuterRef("pk"), what=SessionEvent.What.EXPLAINED
    )
    found = Session.objects.filter(Exists(over), ~Exists(explained), state=Session.State.PLANNED)
    return found.filter(term__state=Activity.State.PUBLISHED).order_by("day", "pk")


def last_event(session: Session) -> SessionEvent | None:
    """What staff did last, and why: of a closed one its closing, of a gap its explanation."""
    return LAST_EVENT.first(session=session.pk)


LAST_EVENT = Composed[SessionEvent](
    lambda session: (
        SessionEvent.objects.filter(session=session).select_related("by").order_by("-at", "-pk")[:1]
    ),
    session=int,
)


def called_off_at(session: Session) -> datetime | None:
    """When staff called it off, while it is; None where it takes place."""
    if session.stands:  # type: ignore[attr-defined]
        return None
    found = session.events.filter(what=SessionEvent.What.CALLED_OFF)
    return found.values_list("at", flat=True).last()


def why_called_off(session: Session) -> str:
    """The reason that staff gave last; "" where they gave none."""
    found = session.events.filter(what=SessionEvent.What.CALLED_OFF)
    return found.values_list("reason", flat=True).last() or ""


def was_reopened(session: Session) -> bool:
    return session.events.filter(what=SessionEvent.What.REOPENED).exists()


def guardians_not_reached(
    children: Iterable[Resident], session: Session, now: datetime
) -> set[int]:
    """The ids of those of whose absence no guardian has heard, by message or telephone."""
    subjects = {messages.CHILD.of(child.pk): child.pk for child in children}
    if not subjects:
        return set()
    told = unheard_alarms({EVERYWHERE}, now).filter(
        kind=messages.MISSING.code,
        subject__in=subjects,
        created_at__gte=moment(session.day),
    )
    return {subjects[subject] for subject in told.values_list("subject", flat=True)}
