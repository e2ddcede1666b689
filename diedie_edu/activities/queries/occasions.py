"""What takes place, and whom it concerns."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from diedie_edu.activities.models import Activity, Duty, Occasion, SignUp, SpecialDay
from diedie_edu.common.days import Calendar, moment
from diedie_edu.people.models import Resident


def calendar() -> Calendar:
    """The public calendar with the special days that staff entered."""
    return Calendar(dict(SpecialDay.objects.values_list("day", "kind")))


def announced(path: str = "") -> Q:
    """What residents may see: not a draft, nor one that was called off as a draft.

    `path` leads to the activity, as "occasion__activity__" does from a duty. Whatever shows
    residents anything asks this; of one row, `Activity.was_announced` says it.
    """
    return Q(**{f"{path}is_dropped": False}) & ~Q(**{f"{path}state": Activity.State.DRAFT})


def occasions_between(start: datetime, end: datetime) -> QuerySet[Occasion]:
    """Every occasion that begins in [start, end), drafts and called-off ones too."""
    return (
        Occasion.objects.filter(starts_at__gte=start, starts_at__lt=end)
        .select_related("activity__programme", "venue")
        .annotate(
            waiting=Count("activity__sign_ups", filter=Q(activity__sign_ups__status="waiting"))
        )
        .order_by("starts_at", "id")
    )


def occasions_standing(day: date, now: datetime) -> QuerySet[Occasion]:
    """What begins on a day and is neither over nor called off, in every programme."""
    start, end = moment(day), moment(day + timedelta(days=1))
    return occasions_between(start, end).filter(is_called_off=False, ends_at__gt=now)


def sign_ups_at(occasions: Collection[int]) -> QuerySet[SignUp]:
    """Seats, offers and places in the queue of the activities that meet at these occasions (ids).

    One row for each person and occasion.
    """
    return SignUp.objects.filter(activity__occasions__in=occasions, status__in=SignUp.LIVE)


def duties_at(occasions: Collection[int]) -> QuerySet[Duty]:
    """The duties of volunteers at these occasions (ids), called off or not."""
    return Duty.objects.filter(occasion__in=occasions, volunteer__isnull=False)


def people_at(occasions: Collection[int]) -> Sequence[int]:
    """Ids of residents who would have come, each once."""
    signed_up = sign_ups_at(occasions).order_by().values_list("resident_id")
    on_duty = duties_at(occasions).order_by().values_list("volunteer__resident_id")
    return [person for (person,) in signed_up.union(on_duty)]


def people_to_tell(activity_id: int) -> Sequence[int]:
    """Ids of residents with a live sign-up and of volunteers on duty."""
    signed_up = SignUp.objects.filter(activity_id=activity_id, status__in=SignUp.LIVE)
    on_duty = Resident.objects.filter(volunteer__duties__occasion__activity_id=activity_id)
    return list(signed_up.values_list("resident_id", flat=True).union(on_duty.values_list("id")))


def next_occasion(activity: Activity, now: datetime) -> Occasion:
    """The one that people look forward to; the last one when all is over."""
    occasions = activity.occasions.select_related("venue").order_by("starts_at")
    ahead = occasions.filter(ends_at__gt=now, is_called_off=False).first()
    return ahead or occasions.reverse()[0]
