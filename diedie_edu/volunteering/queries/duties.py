"""Reads of volunteers on duty."""

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from diedie_edu.activities.models import Occasion
from diedie_edu.activities.participants import Occasions
from diedie_edu.common.days import ZONE
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries.clearances import IsCleared


def clashes(volunteers: Collection[int], occasion: Occasion) -> QuerySet[Duty]:
    """What these volunteers (ids) do elsewhere at an occasion's time."""
    return (
        Duty.objects.filter(volunteer__in=volunteers, is_off=False)
        .filter(starts_at__lt=occasion.ends_at, ends_at__gt=occasion.starts_at)
        .exclude(occasion=occasion.pk)
        .select_related("volunteer__resident", "occasion__activity__programme")
        .order_by("starts_at", "id")
    )


def duties_at(occasions: Occasions) -> QuerySet[Duty]:
    """The duties of volunteers at these occasions (ids), called off or not."""
    rows = Duty.objects.filter(occasion__in=occasions, volunteer__isnull=False)
    return rows.annotate(resident_id=F("volunteer__resident_id"))


def who_cannot_come(occasions: Occasions) -> QuerySet[Duty]:
    """Of the duties at called-off occasions (ids), those of volunteers who have taken another one
    at that time since, or are not cleared any more."""
    busy = Duty.objects.filter(
        volunteer=OuterRef("volunteer"),
        is_off=False,
        starts_at__lt=OuterRef("ends_at"),
        ends_at__gt=OuterRef("starts_at"),
    )
    cleared = IsCleared(F("volunteer"), TruncDate("starts_at", tzinfo=ZONE))
    rows = duties_at(occasions).filter(Exists(busy) | Q(needs_clearance=True) & ~Q(cleared))
    return rows.select_related("volunteer", "occasion__activity__programme", "occasion__venue")


def helpers_at(activity: int) -> QuerySet[Duty]:
    """The duties of volunteers at an event (its id), in the order in which they were put down."""
    rows = Duty.objects.filter(occasion__activity=activity, volunteer__isnull=False)
    return rows.select_related("volunteer__resident").order_by("pk")


def who_are_free(occasion: Occasion) -> QuerySet[Volunteer]:
    """Volunteers who are nowhere else at that time."""
    busy = Duty.objects.filter(
        volunteer=OuterRef("pk"),
        is_off=False,
        starts_at__lt=occasion.ends_at,
        ends_at__gt=occasion.starts_at,
    )
    rows = Volunteer.objects.filter(~Exists(busy), is_active=True)
    return rows.select_related("resident").order_by("resident__sort_key", "pk")
