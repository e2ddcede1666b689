"""What can be offered, to whom, and until when."""

from datetime import datetime

from django.db.models import F, QuerySet

from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.activities.rules import offers


def queue_of(activity_id: int) -> QuerySet[SignUp]:
    """Everybody who waits, in the order in which places are offered."""
    waiting = SignUp.objects.filter(activity_id=activity_id, status=SignUp.Status.WAITING)
    return waiting.order_by(*SignUp.QUEUE)


def offer_expires_at(activity: Activity, now: datetime) -> datetime | None:
    """Until when a place offered now is kept; None where none can be offered any more."""
    if activity.state != Activity.State.PUBLISHED:
        return None
    if activity.is_ongoing:
        return offers.offer_expires_at(now, activity.sign_up_closes_at)
    standing = activity.occasions.filter(is_called_off=False).order_by("-starts_at")
    starts_at = standing.values_list("starts_at", flat=True).first()
    return starts_at and offers.offer_expires_at(now, starts_at)


def lapsed_offers(now: datetime) -> QuerySet[SignUp]:
    """Offers whose time is up; what is called off has none to pass on."""
    return SignUp.objects.filter(
        status=SignUp.Status.OFFERED,
        offer_expires_at__lte=now,
        activity__state=Activity.State.PUBLISHED,
    )


def activities_with_places_to_pass_on(now: datetime) -> list[int]:
    """Ids, in order, of activities with an offer whose time is up, or with a free place beside
    a queue."""
    beside_a_queue = SignUp.objects.filter(
        status=SignUp.Status.WAITING,
        activity__state=Activity.State.PUBLISHED,
        activity__taken__lt=F("activity__capacity"),
        activity__occasions__starts_at__gt=now,
    )
    found = lapsed_offers(now).order_by().values_list("activity_id")
    return sorted(pk for (pk,) in found.union(beside_a_queue.order_by().values_list("activity_id")))
