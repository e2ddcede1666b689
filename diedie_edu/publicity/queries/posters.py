"""What stands on the poster of an activity."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Q, QuerySet

from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.activities.queries.occasions import announced
from diedie_edu.activities.traits import traits_of
from diedie_edu.common.belonging import within
from diedie_edu.common.manifests import programmes

MOST = 4  # dates that can be read from two metres


@dataclass(frozen=True)
class Poster:
    activity: Activity
    occasions: list[Occasion]
    left: int


def activities_ahead(scopes: Collection[str], now: datetime) -> QuerySet[Activity]:
    """Announced ones with a date ahead, soonest first; not what has pages of its own."""
    own = [slug for slug in programmes() if not traits_of(slug).in_calendar]
    ahead = Q(occasions__ends_at__gt=now, occasions__is_called_off=False)
    rows = within(Activity.objects.filter(announced()), scopes).exclude(programme__slug__in=own)
    dated = rows.exclude(state=Activity.State.CALLED_OFF).annotate(
        next_at=Min("occasions__starts_at", filter=ahead)
    )
    return dated.filter(next_at__isnull=False).select_related("programme").order_by("next_at", "pk")


def poster_of(activity: Activity, now: datetime) -> Poster:
    rows = activity.occasions.filter(ends_at__gt=now, is_called_off=False)
    found = list(rows.select_related("venue").order_by("starts_at"))
    return Poster(activity, found[:MOST], max(0, len(found) - MOST))
