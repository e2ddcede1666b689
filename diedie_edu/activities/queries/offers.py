"""What can be offered, to whom, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from diedie_edu.activities.models import Activity, Party, SignUp
from diedie_edu.activities.rules import offers


def queue_of(activity_id: int) -> QuerySet[SignUp]:
    """Everybody who waits, in the order in which places are offered."""
    waiting = SignUp.objects.filter(activity_id=activity_id, status=SignUp.Status.WAITING)
    return waiting.select_related("party").order_by(*SignUp.QUEUE)


def offer_expires_at(activity: Activity, now: datetime) -> datetime | None:
    """Until when a place offered now is kept; None where none can be offered any more."""
    ends_at = offers_end_at(activity)
    return ends_at and offers.offer_expires_at(now, ends_at)


def hold_ends_at(activity: Activity, now: datetime) -> datetime | None:
    """Until when seats that come back now are held for a party; None where none are."""
    ends_at = offers_end_at(activity) if activity.holds_for_parties else None
    return ends_at and offers.hold_ends_at(now, ends_at)


def offers_end_at(activity: Activity) -> datetime | None:
    """What offers and holds come before: its last beginning; None where it does not stand."""
    if activity.state != Activity.State.PUBLISHED:
        return None
    if activity.is_ongoing:
        return activity.sign_up_closes_at
    standing = activity.occasions.filter(is_called_off=False).order_by("-starts_at")
    return standing.values_list("starts_at", flat=True).first()


@dataclass(frozen=True)
class Held:
    """Seats kept for a party: how many of how many people, until when."""

    held: int
    people: int
    until: datetime | None


def held_of(sign_up: SignUp, party: Sequence[SignUp], now: datetime) -> dict[str, object]:
    """What whoever waits together may count on: seats held now, that there will be some, or that
    others may go ahead (`held.html`)."""
    if sign_up.party is None or not sign_up.is_waiting or len(party) < 2:
        return {"held": None, "is_overtaken": False, "is_together": False}
    own, activity = sign_up.party, sign_up.activity
    held = Held(own.held, len(party), own.held_until) if own.held else None
    can_be = own.can_be_held_for(now) and hold_ends_at(activity, now) is not None
    return {"held": held, "is_overtaken": not can_be, "is_together": can_be}


def held_party(activity_id: int) -> Party | None:
    """For whom seats are held, if anybody."""
    return Party.objects.filter(activity=activity_id, held__gt=0).first()


def lapsed_offers(now: datetime) -> QuerySet[SignUp]:
    """Offers whose time is up; what is called off has none to pass on."""
    return SignUp.objects.filter(
        status=SignUp.Status.OFFERED,
        offer_expires_at__lte=now,
        activity__state=Activity.State.PUBLISHED,
    )


def activities_with_places_to_pass_on(now: datetime) -> list[int]:
    """Ids, in order, of activities with an offer or a hold whose time is up, or with a free place
    beside a queue."""
    beside_a_queue = SignUp.objects.filter(
        status=SignUp.Status.WAITING,
        activity__state=Activity.State.PUBLISHED,
        activity__taken__lt=F("activity__capacity"),
        activity__occasions__starts_at__gt=now,
    )
    found = lapsed_offers(now).order_by().values_list("activity_id")
    held = Party.objects.filter(
        held__gt=0, held_until__lte=now, activity__state=Activity.State.PUBLISHED
    )
    more = (beside_a_queue.order_by().values_list("activity_id"), held.values_list("activity_id"))
    return sorted(pk for (pk,) in found.union(*more))
