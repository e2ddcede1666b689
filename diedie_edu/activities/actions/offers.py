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
from diedie_edu.activities.models import Activity, Party, SignUp
from diedie_edu.activities.queries import sign_ups
from diedie_edu.activities.queries.offers import (
    activities_with_places_to_pass_on,
    held_party,
    hold_ends_at,
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
    seat(comes, activity, now)
    offer_places(activity.pk, now)
    return SignUp.objects.get(pk=own.pk if own in comes else comes[0].pk)


def seat(rows: Sequence[SignUp], activity: Activity, now: datetime) -> None:
    """On places that are kept for them already; the activity's row is held."""
    _stop_messages(rows, now)
    SignUp.objects.filter(pk__in=[row.pk for row in rows]).update(
        status=SignUp.Status.SEATED, seated_at=now, offer_expires_at=None
    )
    notify_in_own_words(messages.SEATED, rows, activity, now)


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

    Offers and holds whose time is up end first. A unit that does not fit keeps its place in the
    queue: what is free is held for it, or a later one that fits goes ahead (`rules.deal`). The
    activity's row is held by the caller.
    """
    lapsed = _end_lapsed_offers(activity_id, now)
    is_held = _settle_hold(activity_id, now)
    activity = Activity.objects.select_related("programme").get(pk=activity_id)
    expires_at = offer_expires_at(activity, now)
    if expires_at is None or not (activity.free or is_held):
        return lapsed
    until = hold_ends_at(activity, now)
    dealt = offers_rules.deal(
        queue_of(activity_id), activity.free, holds=until is not None, now=now
    )
    if dealt.offered:
        _offer([row for unit in dealt.offered for row in unit], activity_id, expires_at)
        notify_in_own_words(messages.OFFERED, [unit[0] for unit in dealt.offered], activity, now)
    if dealt.party:
        _hold(dealt.party, dealt.held, until)
    return lapsed + len(dealt.offered)


def _offer(rows: Sequence[SignUp], activity_id: int, expires_at: datetime) -> None:
    """What was held for them is theirs now."""
    SignUp.objects.filter(pk__in=[row.pk for row in rows]).update(
        status=SignUp.Status.OFFERED, offer_expires_at=expires_at
    )
    held_by = {row.party.pk: row.party.held for row in rows if row.party}
    Party.objects.filter(pk__in=held_by).update(held=0)
    Activity.objects.filter(pk=activity_id).update(
        taken=F("taken") + len(rows) - sum(held_by.values())
    )


def _hold(party: Party, number: int, until: datetime | None) -> None:
    """Held seats count as taken, so that nobody else can have them; the end is that of the first
    of them."""
    Party.objects.filter(pk=party.pk).update(
        held=F("held") + number, held_until=party.held_until or until
    )
    Activity.objects.filter(pk=party.activity_id).update(taken=F("taken") + number)


def _settle_hold(activity_id: int, now: datetime) -> bool:
    """End the hold whose time is up, or whose party waits no more; whether seats are held still."""
    party = held_party(activity_id)
    if party is None:
        return False
    waits = party.sign_ups.filter(status=SignUp.Status.WAITING).exists()
    if waits and party.can_be_held_for(now):
        return True
    _let_go(party)
    return False


def end_hold(activity_id: int) -> None:
    """What is held is free; in its time it is held again by whoever deals. The activity's row is
    held by the caller."""
    if party := held_party(activity_id):
        _let_go(party)


def _let_go(party: Party) -> None:
    Party.objects.filter(pk=party.pk).update(held=0)
    Activity.objects.filter(pk=party.activity_id).update(taken=F("taken") - party.held)


def bring_hold_forward(activity: Activity, now: datetime) -> None:
    """After a move: no hold lasts longer than one that began now."""
    until = hold_ends_at(activity, now) or now
    late = Party.objects.filter(activity=activity.pk, held__gt=0, held_until__gt=until)
    late.update(held_until=until)


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
