"""How many children of an afternoon stand how, counted without reading their lines."""

from collections import Counter
from datetime import datetime

from django.db.models import Count, F, QuerySet
from django.db.models.lookups import IsNull

from after_school.models import Presence, Session
from after_school.queries.expected import on_register
from after_school.queries.sessions import Facts, Stand, presences_of
from diedie_edu.common.composed import Composed


def came_to(session: int) -> QuerySet[Presence]:
    """Who has come to a session (id), inside or gone."""
    return Presence.objects.filter(session=session, arrived_at__isnull=False).order_by()


CAME = Composed[tuple[bool, int]](
    lambda session: came_to(session).values_list(IsNull(F("left_at"), True)).annotate(Count("pk")),
    session=int,
)
NOT_COME = Composed[tuple[int, int, list[int]]](
    lambda session, term: (
        on_register(session, term)
        .exclude(child__in=came_to(session).values("child"))
        .values_list("pk", "child", "weekdays")
    ),
    session=int,
    term=int,
)
SAID = Composed[Presence](
    lambda session: presences_of(session).filter(arrived_at=None), session=int
)


def stands_at(session: Session, now: datetime) -> Counter[Stand]:
    """How many of the register stand how; nobody is read who has come."""
    counts: Counter[Stand] = Counter()
    for is_inside, number in CAME.rows(session=session.pk):
        counts[Stand.INSIDE if is_inside else Stand.GONE] = number
    if rows := NOT_COME.rows(session=session.pk, term=session.term_id):
        presences = {row.child_id: row for row in SAID.rows(session=session.pk)}
        facts = Facts(session, now)
        counts.update(
            facts.of(pk, child, weekdays, presences.get(child))[1] for pk, child, weekdays in rows
        )
    return counts
