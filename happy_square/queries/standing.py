"""How groups stand."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from diedie_edu.activities.models import Occasion
from diedie_edu.community.waking import quiet_until
from diedie_edu.venues.models import Booking
from happy_square.models import Group, StandingChange
from happy_square.queries.rooms import key_of
from happy_square.rules.standing import ROOMS_KEPT


def last_change(group: int) -> StandingChange | None:
    return StandingChange.objects.filter(group=group).select_related("by", "answered_by").first()


def history(group: int) -> QuerySet[StandingChange]:
    return StandingChange.objects.filter(group=group).select_related("by", "answered_by")


def dates_ahead(group: int, now: datetime) -> QuerySet[Occasion]:
    """What stands of it and has not begun."""
    return Occasion.objects.filter(activity=group, starts_at__gt=now, is_called_off=False)


def to_be_freed(now: datetime) -> QuerySet[Group]:
    """Suspended groups whose rooms are kept no longer, and which still hold some; no such time ends
    at night."""
    if quiet_until(now):
        return Group.objects.none()
    ahead = Occasion.objects.filter(activity=OuterRef("pk"), starts_at__gt=now, is_called_off=False)
    lent = Booking.objects.filter(
        request__asker=Concat(Value(key_of("")), Cast(OuterRef("pk"), TextField())),
        occasion=None,
        starts_at__gt=now,
        is_off=False,
    )
    suspended = Group.objects.filter(standing="suspended", standing_since__lte=now - ROOMS_KEPT)
    return suspended.filter(Exists(ahead) | Exists(lent)).order_by("pk")
