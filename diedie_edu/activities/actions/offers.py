"""What happens to a free place: it is offered to the queue, confirmed, or passed on.

Whoever frees places holds the activity's row and calls `offer_places`; so no place stands free
while somebody waits who could have it. docs/adr/0013 gives the reasons.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.activities import messages
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.activities.queries import sign_ups
from diedie_edu.activities.queries.offers import (
    activities_with_places_to_pass_on,
    lapsed_offers,
    offer_expires_at,
    queue_of,
)
from diedie_edu.activities.rules import offers as offers_rules
from diedie_edu.activities.rules.sign_up import check_not_off
from diedie_edu.activities.traits import traits_of
from diedie_edu.notices.actions import cancel, notify_rows
from diedie_edu.notices.kinds import Kind


def accept_offer(
    *,
    sign_up: SignUp | None,
    by: User | None,
    now: datetime,
    coming: Collection[int] | None = None,
) -> SignUp:
    """As `confirm_offer`; raises `Refused` (`lapsed`) too where it was too late, or the place has
    gone on already (None)."""
    own = sign_up and confirm_offer(sign_up=sign_up, by=by, now=now, coming=coming)
    return offers_rules.check_was_in_time(own)


@transaction.atomic
def confirm_offer(
    *, sign_up: SignUp, by: User | None, now: datetime, coming: Collection[int] | None = None
) -> SignUp:
    """Turn an offered place into a seat, for all of a party at once, and tell them. Of a party, who
    is not among `coming` (residents' ids) gives the place back.

    Returns the sign-up of one who comes as it then stands: `lapsed` where it was too late, `seated`
    where it was confirmed before. Raises `Refused` when all is called off, and where nobody comes
    (`nobody`).
    """
    activity = lock_activity(sign_up.activity_id)
    check_not_off(activity)
    offer_places(activity.pk, now)
    own = SignUp.objects.get(pk=sign_up.pk)
    return _answer(own, activity, coming, by, now) if own.is_offered else own


def _answer(
    own: SignUp,
    activity: Activity,
    coming: Collection[int] | None,
    by: User | None,
    now: datetime,
) -> SignUp:
    party = sign_ups.companions(own)
    comes = offers_rules.who_comes(party, coming)
    if stays_away := [row for row in party if row not in comes]:
        release(stays_away, SignUp.Status.CANCELLED, now, by)
        notify_in_own_words(messages.CANCELLED, stays_away, activity, now)
    _seat(comes, activity, now)
    offer_places(activity.pk, now)
    return SignUp.objects.get(pk=own.pk if own in comes else comes[0].pk)


def _seat(offered: Sequence[SignUp], activity: Activity, now: datetime) -> None:
    _stop_messages(offered, now)
    SignUp.objects.filter(pk__in=[row.pk for row in offered]).update(
        status=SignUp.Status.SEATED, seated_at=now, offer_expires_at=None
    )
    notify_in_own_words(messages.SEATED, offered, activity, now)


@transaction.atomic
def pass_places_on(now: datetime) -> int:
    """At every tick: end the offers whose time is up, and offer what is free; how many are told.

    Offers go out when a place becomes free. This one finds what time alone makes free, and
    what a move or a closed day has made possible again.
    """
    waiting = activities_with_places_to_pass_on(now)
    return sum(offer_places(lock_activity(activity_id).pk, now) for activity_id in waiting)


def offer_places(activity_id: int, now: datetime) -> int:
    """Offer what is free to the queue, in its order; returns how many messages that makes.

    Offers whose time is up end first. A unit that does not fit keeps its place in the queue,
    and a later one that fits goes ahead. The activity's row is held by the caller.
    """
    lapsed = _end_lapsed_offers(activity_id, now)
    activity = Activity.objects.select_related("programme").get(pk=activity_id)
    expires_at = offer_expires_at(activity, now)
    if expires_at is None or not activity.free:
        return lapsed
    units = offers_rules.units_that_fit(queue_of(activity_id), activity.free)
    if units:
        _offer([row for unit in units for row in unit], activity_id, expires_at)
        notify_in_own_words(messages.OFFERED, [unit[0] for unit in units], activity, now)
    return lapsed + len(units)


def _offer(rows: Sequence[SignUp], activity_id: int, expires_at: datetime) -> None:
    SignUp.objects.filter(pk__in=[row.pk for row in rows]).update(
        status=SignUp.Status.OFFERED, offer_expires_at=expires_at
    )
    Activity.objects.filter(pk=activity_id).update(taken=F("taken") + len(rows))


def _end_lapsed_offers(activity_id: int, now: datetime) -> int:
    lapsed = lapsed_offers(now).filter(activity=activity_id).order_by("id")
    units = offers_rules.units(lapsed)
    rows = [row for unit in units for row in unit]
    if rows:
        release(rows, SignUp.Status.LAPSED, now)
        activity = Activity.objects.select_related("programme").get(pk=activity_id)
        notify_in_own_words(messages.LAPSED, [unit[0] for unit in units], activity, now)
    return len(units)


def lock_activity(activity_id: int) -> Activity:
    """The activity with its row locked until the transaction ends."""
    return Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)


def lock_activities(activities: QuerySet[Activity]) -> None:
    """Several, by id."""
    list(activities.order_by("pk").select_for_update(of=("self",)))


def release(rows: Sequence[SignUp], status: str, now: datetime, by: User | None = None) -> None:
    """End the sign-ups of one activity and free the places they hold; its row is held."""
    _stop_messages(rows, now)
    held = sum(row.status in SignUp.HOLDS_A_PLACE for row in rows)
    SignUp.objects.filter(pk__in=[row.pk for row in rows]).update(
        status=status, cancelled_at=now, cancelled_by=by, offer_expires_at=None
    )
    if held:
        Activity.objects.filter(pk=rows[0].activity_id).update(taken=F("taken") - held)


def _stop_messages(rows: Sequence[SignUp], now: datetime) -> None:
    for row in rows:
        subject = messages.ACTIVITY.of(row.activity_id)
        cancel(subject=subject, recipient=row.resident_id, now=now)


def notify_in_own_words(
    kind: Kind, rows: Sequence[SignUp], activity: Activity, now: datetime
) -> None:
    """In the words of its programme, where it has some."""
    own = traits_of(activity.programme.slug).notify
    (own or notify_of)(kind, rows, now)


def notify_of(kind: Kind, rows: Sequence[SignUp], now: datetime) -> None:
    """Tell people of their sign-ups in one statement; it reads the time that then holds."""
    people = [row.pk for row in rows]
    notify_rows(kind=kind, rows=messages.people_of(kind), params=[now, people], now=now)
