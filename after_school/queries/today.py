"""Which afternoons are on: one for each term that is held, so often several at once."""

from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from after_school.models import Session
from after_school.queries.sessions import sessions_at
from after_school.queries.terms import STANDS
from diedie_edu.activities.models import Activity
from diedie_edu.activities.queries.occasions import announced
from diedie_edu.common.days import local_day

INSIDE = Count("presences", filter=Q(presences__arrived_at__isnull=False, presences__left_at=None))


def sessions_of_today(now: datetime) -> list[Session]:
    """Those that are announced, called off or not, with how many children are `inside`."""
    found = sessions_at(local_day(now)).filter(announced("term__"))
    return list(found.annotate(inside=INSIDE).order_by("pk"))


def sessions_to_tend(today: date) -> QuerySet[Session]:
    """Today's that take place and are not closed, and older ones left open; each with how many
    children are inside (`inside`)."""
    found = to_tend(today).annotate(inside=INSIDE)
    return found.select_related("term").order_by("day", "pk")


def to_tend(today: date) -> QuerySet[Session]:
    """The same, uncounted."""
    ahead = Q(day=today, state=Session.State.PLANNED, term__state=Activity.State.PUBLISHED)
    return Session.objects.annotate(stands=STANDS).filter(
        Q(state=Session.State.OPEN) | (ahead & Q(stands=True))
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
