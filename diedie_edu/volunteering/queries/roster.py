"""Reads of slots: who could take one, and who is asked to stand in."""

from django.db.models import DateField, Exists, F, OuterRef, QuerySet, Value

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models import Duty, DutySwap, StandIn
from diedie_edu.volunteering.queries.clearances import IsCleared


def volunteer_of(user: User) -> Volunteer | None:
    return Volunteer.objects.filter(resident__account=user, is_active=True).first()


def who_could_take(occasion: Occasion) -> QuerySet[Volunteer]:
    """Active volunteers who are not on duty at that time, and cleared on the day where the work
    needs it."""
    busy = Duty.objects.filter(
        volunteer=OuterRef("pk"),
        is_off=False,
        starts_at__lt=occasion.ends_at,
        ends_at__gt=occasion.starts_at,
    )
    free = Volunteer.objects.filter(~Exists(busy), is_active=True)
    if occasion.needs_clearance:
        day = Value(local_day(occasion.starts_at), DateField())
        free = free.filter(IsCleared(F("pk"), day))
    return free.select_related("resident").order_by("resident__sort_key", "pk")


def stand_in_numbered(pk: int) -> StandIn | None:
    rows = StandIn.objects.filter(pk=pk)
    return rows.select_related("volunteer__resident", "duty__occasion__activity__programme").first()


def swap_numbered(pk: int) -> DutySwap | None:
    rows = DutySwap.objects.select_related("offered__occasion", "wanted__occasion")
    rows = rows.prefetch_related("asking__resident", "asked__resident")
    return rows.filter(pk=pk).first()
