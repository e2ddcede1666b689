"""How groups stand."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from diedie_edu.activities.models import Occasion
from happy_square.models import Group, StandingChange
from happy_square.rules.standing import ROOMS_KEPT


def last_change(group: int) -> StandingChange | None:
    return StandingChange.objects.filter(group=group).select_related("by", "answered_by").first()


def history(group: int) -> QuerySet[StandingChange]:
    return StandingChange.objects.filter(group=group).select_related("by", "answered_by")


def dates_ahead(group: int, now: datetime) -> QuerySet[Occasion]:
    """What stands of it and has not begun."""
    return Occasion.objects.filter(activity=group, starts_at__gt=now, is_called_off=False)


def to_be_freed(now: datetime) -> QuerySet[Group]:
    """Suspended groups whose rooms are kept no longer, and which still hold some."""
    ahead = Occasion.objects.filter(activity=OuterRef("pk"), starts_at__gt=now, is_called_off=False)
    suspended = Group.objects.filter(
        Exists(ahead), standing="suspended", standing_since__lte=now - ROOMS_KEPT
    )
    return suspended.order_by("pk")
