"""Which afternoons are on: one for each term that is held, so often several at once."""

from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from after_school.models import Presence, Session
from after_school.queries.sessions import sessions_at
from after_school.queries.terms import STANDS
from diedie_edu.activities.models import Activity
from diedie_edu.activities.queries.occasions import announced
from diedie_edu.common.composed import Composed, number_of
from diedie_edu.common.days import local_day

# Counted beside the row: joined, all of its columns would be grouped by.
INSIDE = Coalesce(
    Subquery(number_of(Presence.objects.filter(Presence.INSIDE, session=OuterRef("pk")))), 0
)


def sessions_of_today(now: datetime) -> list[Session]:
    """Those that are announced, called off or not, with how many children are `inside`."""
    found = sessions_at(local_day(now)).filter(announced("term__"))
    return list(found.annotate(inside=INSIDE).order_by("pk"))


def sessions_to_tend(today: date) -> list[Session]:
    """Today's that take place and are not closed, and older ones left open; each with how many
    children are inside (`inside`)."""
    return [row for row in TENDED.rows(today=today) if row.is_open or row.stands]  # type: ignore[attr-defined]


def to_tend(today: date) -> QuerySet[Session]:
    """The same, uncounted."""
    return _open_or_planned(today).filter(Q(state=Session.State.OPEN) | Q(stands=True))


def _open_or_planned(today: date) -> QuerySet[Session]:
    planned = Q(day=today, state=Session.State.PLANNED, term__state=Activity.State.PUBLISHED)
    found = Session.objects.annotate(stands=STANDS)
    return found.filter(Q(state=Session.State.OPEN) | planned)


# Whether one stands is told of each row once: asked as a condition too, it is planned twice.
TENDED = Composed[Session](
    lambda today: (
        _open_or_planned(today)
        .annotate(inside=INSIDE)
        .select_related("term")
        .only("day", "state", "starts", "ends", "term__title")
        .order_by("day", "pk")
    ),
    today=date,
)


def day_at_hand(today: date) -> date:
    """Today, or else the next day on which an afternoon takes place."""
    ahead = Session.objects.filter(STANDS, day__gte=today, term__state="published")
    return ahead.order_by("day").values_list("day", flat=True).first() or today


def next_sessions(now: datetime) -> list[Session]:
    """Those of the next day on which one takes place."""
    ahead = Session.objects.filter(STANDS, day__gt=local_day(now), term__state="published")
    first = ahead.order_by("day").first()
    return list(ahead.filter(day=first.day).select_related("term").order_by("pk")) if first else []
