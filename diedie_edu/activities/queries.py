"""Reads that more than one door needs."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from diedie_edu.activities.models import Duty, Occasion, SignUp, SpecialDay
from diedie_edu.common.days import Calendar, moment
from diedie_edu.people.models import Resident


def calendar() -> Calendar:
    """The public calendar with the special days that staff entered."""
    return Calendar(dict(SpecialDay.objects.values_list("day", "kind")))


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
    """Seats and places in the queue of the activities that meet at these occasions (ids).

    One row for each person and occasion.
    """
    return SignUp.objects.filter(activity__occasions__in=occasions, status__in=SignUp.LIVE)


def duties_at(occasions: Collection[int]) -> QuerySet[Duty]:
    """The duties of volunteers at these occasions (ids)."""
    return Duty.objects.filter(occasion__in=occasions, volunteer__isnull=False)


def people_at(occasions: Collection[int]) -> Sequence[int]:
    """Ids of residents who would have come, each once."""
    signed_up = sign_ups_at(occasions).order_by().values_list("resident_id")
    on_duty = duties_at(occasions).order_by().values_list("volunteer__resident_id")
    return [person for (person,) in signed_up.union(on_duty)]


def live_sign_up(activity_id: int, resident_id: int) -> SignUp | None:
    """The person's seat or place in the queue, if any."""
    return SignUp.objects.filter(
        activity_id=activity_id, resident_id=resident_id, status__in=SignUp.LIVE
    ).first()


def waiting_count(activity_id: int) -> int:
    return SignUp.objects.filter(activity_id=activity_id, status=SignUp.Status.WAITING).count()


def people_to_tell(activity_id: int) -> Sequence[int]:
    """Ids of residents with a live sign-up and of volunteers on duty."""
    signed_up = SignUp.objects.filter(activity_id=activity_id, status__in=SignUp.LIVE)
    on_duty = Resident.objects.filter(volunteer__duties__occasion__activity_id=activity_id)
    return list(signed_up.values_list("resident_id", flat=True).union(on_duty.values_list("id")))


def seated(activity_id: int) -> QuerySet[SignUp]:
    """Everybody with a seat, as a class register sorts them."""
    return (
        SignUp.objects.filter(activity_id=activity_id, status=SignUp.Status.SEATED)
        .select_related("resident")
        .order_by("resident__sort_key", "resident_id")
    )


def queue_positions(waiting: Sequence[SignUp]) -> dict[int, int]:
    """Position of each waiting sign-up, by its id, in one query; 1 is next."""
    if not waiting:
        return {}
    queues = SignUp.objects.filter(
        activity__in={row.activity_id for row in waiting}, status=SignUp.Status.WAITING
    ).annotate(
        position=Window(RowNumber(), partition_by="activity", order_by=["signed_up_at", "id"])
    )
    positions = dict(queues.values_list("id", "position"))
    return {row.pk: positions[row.pk] for row in waiting if row.pk in positions}
