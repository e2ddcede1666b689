"""Taking a seat, or a place in the queue, and giving it back.

Lock order everywhere: household → residents (by id) → activity (by id) → occasion →
venues (by id) → volunteers (by id) → sign-up → notice.
Seats are taken by one conditional UPDATE (`taking`), never by counting rows; CHECK (taken <=
capacity) stands behind it. What becomes free goes to the queue by `offers.offer_places`.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from diedie_edu.accounts.models import User
from diedie_edu.activities import messages
from diedie_edu.activities.actions import offers, taking
from diedie_edu.activities.models import Activity, Party, SignUp
from diedie_edu.activities.queries import no_shows, presence, sign_ups
from diedie_edu.activities.rules.sign_up import (
    check_cancel,
    check_capacity,
    check_fits_together,
    check_is_not_in,
    check_may_wait,
    check_sign_up,
)
from diedie_edu.common.errors import Refused
from diedie_edu.notices.kinds import Kind
from diedie_edu.people.actions.following import follows_merges
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import ids_read_by


@follows_merges
def sign_up(
    *,
    activity: Activity,
    resident: Resident,
    by: User | None,
    now: datetime,
    is_told: bool = True,
) -> SignUp:
    """Take a seat, or a place in the queue where all are taken, and tell the person; not `is_told`
    where the caller does, in words of its programme.

    Repeating it is harmless: the sign-up that already lives is returned. Raises `Refused`
    where a rule of `SIGN_UP_RULES` says no.
    """
    try:
        check_sign_up(activity, resident, now)
        with transaction.atomic():
            return enter(activity, [resident], by, now, is_told=is_told)[0]
    except (Refused, taking.AlreadyIn) as error:
        # They are in already, by this form or the same person's other tap; else it stands.
        already = sign_ups.live_sign_up(activity.pk, resident.pk)
        if already is not None:
            return already
        if isinstance(error, Refused):
            raise
    # They were in, and have given the place back since.
    return sign_up(activity=activity, resident=resident, by=by, now=now, is_told=is_told)


def enter(
    activity: Activity,
    people: Sequence[Resident],
    by: User | None,
    now: datetime,
    *,
    is_told: bool = True,
) -> list[SignUp]:
    """Seats for all of `people`, or a place in the queue for them as one unit."""
    seated = taking.take_seats(activity, people, by, now, is_told=is_told) or _take_under_lock(
        activity, people, by, now, is_told=is_told
    )
    if seated:
        return seated
    waiting = _queue_up(activity, people, by, now)
    if is_told:
        offers.notify_of(_queued_words(activity, people), waiting[:1], now)
    if len(people) > 1:
        offers.offer_places(activity.pk, now)  # what is free, and too little, is held for them
    return waiting


def _queued_words(activity: Activity, people: Sequence[Resident]) -> Kind:
    """Whoever waits together reads whether seats are kept for them, or others may go ahead."""
    if len(people) == 1:
        return messages.WAITING
    return messages.WAITING_KEPT if activity.holds_for_parties else messages.WAITING_OVERTAKEN


def _queue_up(
    activity: Activity, people: Sequence[Resident], by: User | None, now: datetime
) -> list[SignUp]:
    party = _party(activity, by, now) if len(people) > 1 else None
    is_deferred = _is_put_behind(people, now)
    return SignUp.objects.bulk_create(
        SignUp(
            activity=activity,
            resident=resident,
            party=party,
            status=SignUp.Status.WAITING,
            is_deferred=is_deferred,
            signed_up_at=now,
            signed_up_by=by,
        )
        for resident in people
    )


def _is_put_behind(people: Sequence[Resident], now: datetime) -> bool:
    """Nobody stands behind the others for what another of their family missed. Asked only where
    all seats are taken."""
    return no_shows.are_all_put_behind([person.pk for person in people], now)


def _party(activity: Activity, by: User | None, now: datetime) -> Party:
    return Party.objects.create(activity_id=activity.pk, made_by=by, made_at=now)


def _take_under_lock(
    activity: Activity,
    people: Sequence[Resident],
    by: User | None,
    now: datetime,
    *,
    is_told: bool,
) -> list[SignUp]:
    """Try once more while nobody can free a seat, before joining the queue.

    Without the lock somebody could cancel between the failed try and the new row in the
    queue, and a free seat would stand beside a waiting person; or come in at the door and wait.
    Raises `Refused`.
    """
    locked = offers.lock_activity(activity.pk)
    for resident in people:
        check_sign_up(locked, resident, now)
    check_fits_together(locked, len(people))
    taken = taking.take_seats(locked, people, by, now, is_told=is_told)
    if not taken:
        here = presence.people_in(locked.pk, [person.pk for person in people], now)
        check_may_wait([person for person in people if person.pk in here])
    return taken


@transaction.atomic
def cancel_sign_up(
    *,
    activity: Activity,
    resident: Resident,
    by: User | None,
    now: datetime,
    is_asked: bool = False,
) -> bool:
    """Give back a seat, an offered place or a place in the queue; the queue gets what is free.

    An offer to a party is declined for all of them; who waits or sits leaves alone. `by` is None
    behind the link in a message, and where a rule does it; whom neither they nor their family gave
    up, nor asked for it (`is_asked`), read that the community did. Returns whether there was a
    place; repeating it is harmless. Raises `Refused` once the last occasion has begun, when all is
    called off, and for whoever is in (`is_in`).
    """
    locked = offers.lock_activity(activity.pk)
    own = sign_ups.live_sign_up(locked.pk, resident.pk)
    if own is None:
        return False
    check_cancel(locked, locked.last_starts_at, now)
    check_is_not_in(presence.is_in(locked.pk, resident.pk, now))
    leaving = sign_ups.companions(own) if own.is_offered else [own]
    offers.release(leaving, SignUp.Status.CANCELLED, now, by)
    words = messages.CANCELLED if is_asked else _words_for(resident, by)
    offers.notify_in_own_words(words, leaving, locked, now)
    offers.offer_places(locked.pk, now)
    return True


def _words_for(resident: Resident, by: User | None) -> Kind:
    """Whoever gave the place back, or whose family or guardian did, reads it so."""
    own = by is None or Resident.objects.filter(Q(pk__in=ids_read_by(by)), pk=resident.pk).exists()
    return messages.CANCELLED if own else messages.TAKEN_OFF


def leave_all(resident: Resident, by: User | None, now: datetime) -> None:
    """Give back all that somebody holds, in every programme."""
    live = SignUp.objects.filter(resident=resident, status__in=SignUp.LIVE)
    for row in live.select_related("activity").order_by("activity_id"):
        with suppress(Refused):  # over, or they sit there: there is nothing to free
            cancel_sign_up(activity=row.activity, resident=resident, by=by, now=now)


@transaction.atomic
def change_capacity(*, activity: Activity, capacity: int, by: User, now: datetime) -> None:
    """Set the number of seats; new ones are offered to those waiting.

    Raises `Refused` below `taken`; what is held for a party is nobody's seat yet.
    """
    locked = offers.lock_activity(activity.pk)
    if capacity < locked.taken:
        offers.end_hold(locked.pk)
        locked.refresh_from_db(fields=["taken"])
    check_capacity(locked, capacity)
    Activity.objects.filter(pk=locked.pk).update(capacity=capacity)
    offers.offer_places(locked.pk, now)
