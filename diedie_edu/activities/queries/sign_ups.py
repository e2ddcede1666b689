"""Who has a seat, and who waits for one."""

from collections.abc import Sequence

from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber

from diedie_edu.activities.models import SignUp


def live_sign_up(activity_id: int, resident_id: int) -> SignUp | None:
    """The person's seat or place in the queue, if any."""
    return SignUp.objects.filter(
        activity_id=activity_id, resident_id=resident_id, status__in=SignUp.LIVE
    ).first()


def waiting_count(activity_id: int) -> int:
    return SignUp.objects.filter(activity_id=activity_id, status=SignUp.Status.WAITING).count()


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
