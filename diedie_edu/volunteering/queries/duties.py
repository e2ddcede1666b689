"""Reads of volunteers on duty."""

from collections.abc import Collection

from django.db.models import F, QuerySet

from diedie_edu.activities.models import Occasion
from diedie_edu.volunteering.models import Duty


def clashes(volunteers: Collection[int], occasion: Occasion) -> QuerySet[Duty]:
    """What these volunteers (ids) do elsewhere at an occasion's time."""
    return (
        Duty.objects.filter(volunteer__in=volunteers, is_off=False)
        .filter(starts_at__lt=occasion.ends_at, ends_at__gt=occasion.starts_at)
        .exclude(occasion=occasion.pk)
        .select_related("volunteer__resident", "occasion__activity__programme")
        .order_by("starts_at", "id")
    )


def duties_at(occasions: Collection[int]) -> QuerySet[Duty]:
    """The duties of volunteers at these occasions (ids), called off or not."""
    rows = Duty.objects.filter(occasion__in=occasions, volunteer__isnull=False)
    return rows.annotate(resident_id=F("volunteer__resident_id"))
