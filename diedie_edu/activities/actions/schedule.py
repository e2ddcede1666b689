"""Where occasions stand; moving one and calling an activity off: everybody concerned is told."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.activities import messages, participants
from diedie_edu.activities.actions import presence
from diedie_edu.activities.actions.offers import bring_hold_forward, offer_places
from diedie_edu.activities.changed_days import with_own_words
from diedie_edu.activities.models import Activity, Occasion, SignUp
from diedie_edu.activities.rules import schedule
from diedie_edu.community.waking import before_the_night
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.models import Booking, Venue
from diedie_edu.venues.rules.availability import Suits


def lock_occasions(occasions: QuerySet[Occasion]) -> list[Occasion]:
    """Before their rooms and the people on duty; the caller has locked their activities."""
    return list(occasions.order_by("pk").select_for_update(of=("self",)))


@transaction.atomic
def add_occasions(
    *, activity: Activity, wanted: Sequence[Booking], suits: Suits | None = None
) -> list[Occasion]:
    """Hold the rooms and put an occasion into each: a statement for each table, however many.

    The caller has locked the activity, or has just made it. Raises `Refused` as `bookings.book`
    does.
    """
    for row in wanted:
        row.purpose, row.programme_id = activity.title, activity.programme_id
    _take_what_is_kept(activity, wanted)
    booked = bookings.book(wanted=wanted, suits=suits)
    return Occasion.objects.bulk_create(Occasion.at(row, activity) for row in booked)


def _take_what_is_kept(activity: Activity, wanted: Sequence[Booking]) -> None:
    """A room that its programme has taken for this very time, by coming first in it, gives way to
    what is planned there."""
    kept = Booking.objects.filter(
        programme=activity.programme_id,
        venue__in={row.venue_id for row in wanted},
        occasion=None,
        request=None,
        held_until=None,
        is_off=False,
    )
    spans = {(row.venue_id, row.starts_at, row.ends_at) for row in wanted}
    same = [row.pk for row in kept if (row.venue_id, row.starts_at, row.ends_at) in spans]
    bookings.call_off(bookings=same)


@transaction.atomic
def move_occasion(
    *,
    occasion: Occasion,
    starts_at: datetime,
    ends_at: datetime,
    venue: Venue,
    by: User,
    now: datetime,
    suits: Suits | None = None,
) -> Occasion:
    """Give an occasion another time or place; its reminders start anew.

    Raises `Refused` when it has begun, lies in the past, the venue is not free (as `bookings.book`
    does), or somebody on duty is booked at the new time.
    """
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=occasion.activity_id)
    found = Occasion.objects.filter(pk=occasion.pk).select_related("activity", "booking", "venue")
    [occasion] = lock_occasions(found)
    wanted = (starts_at, ends_at, venue.pk)
    if wanted == (occasion.starts_at, occasion.ends_at, occasion.venue_id):
        return occasion
    schedule.check_move(occasion, starts_at, now)
    was = occasion.starts_at
    bookings.lock_rooms([occasion.venue_id, venue.pk])
    participants.lock_people([occasion.pk])
    occasion.starts_at, occasion.ends_at, occasion.venue = starts_at, ends_at, venue
    occasion.revision += 1
    _move(occasion, by, suits)
    presence.take_back_too_early(occasion, by, now)
    if activity.state == Activity.State.PUBLISHED:
        _tell_of_move(occasion, was, by, now)
    return occasion


def _tell_of_move(occasion: Occasion, was: datetime, by: User, now: datetime) -> None:
    """In the words of its programme, where it has some; of one of many dates only what was to be
    said of this one becomes untrue."""
    activity = occasion.activity
    is_one_of_many = activity.is_ongoing or activity.occasions.count() > 1
    stale = {"starts_at": [was.isoformat()]} if is_one_of_many else None
    kinds = participants.messages_of_the_old_time()
    cancel(subject=messages.ACTIVITY.of(activity.pk), now=now, kinds=kinds, data=stale)
    if not activity.is_ongoing:
        _end_offers_by(occasion)
        bring_hold_forward(activity, now)
    own = next((row.moved for row in with_own_words([occasion.pk])), None)
    (own or _notify_of_move)(occasion, was, by, now)
    offer_places(activity.pk, now)


def _notify_of_move(occasion: Occasion, was: datetime, by: User, now: datetime) -> None:
    notify(
        kind=messages.MOVED,
        recipients=participants.people_of(occasion.activity_id),
        subject=messages.ACTIVITY.of(occasion.activity_id),
        revision=occasion.revision,
        data=messages.occasion_data(occasion),
        now=now,
        expires_at=occasion.ends_at,
    )


def _move(occasion: Occasion, by: User, suits: Suits | None) -> None:
    """To where it stands in memory. The database carries its venue and times over by itself."""
    Occasion.objects.filter(pk=occasion.pk).update(revision=occasion.revision)
    times = {"starts_at": occasion.starts_at, "ends_at": occasion.ends_at}
    try:
        with transaction.atomic():
            bookings.move(booking=occasion.booking, venue=occasion.venue, suits=suits, **times)
    except IntegrityError as error:
        refusal = participants.refusal_about(error, occasion, by)
        if refusal is None:
            raise
        raise refusal from error


def _end_offers_by(occasion: Occasion) -> None:
    """Nobody can confirm a place once it has begun, nor in the night before."""
    latest = before_the_night(occasion.starts_at)
    offers = SignUp.objects.filter(activity=occasion.activity_id, status=SignUp.Status.OFFERED)
    offers.filter(offer_expires_at__gt=latest).update(offer_expires_at=latest)


@transaction.atomic
def call_off(*, activity: Activity, reason: str, by: User, now: datetime) -> int:
    """Call an activity off, free its rooms and tell everybody, those in the queue too.

    Returns how many people are told. Raises `Refused` when it is over or off already.
    """
    locked = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    occasions = lock_occasions(locked.occasions.select_related("activity", "venue"))
    last = max(row.ends_at for row in occasions)
    schedule.check_can_be_called_off(locked, last, now)
    locked.is_dropped = locked.state == Activity.State.DRAFT
    locked.state, locked.call_off_reason = Activity.State.CALLED_OFF, reason
    locked.save(update_fields=["state", "call_off_reason", "is_dropped"])
    bookings.call_off(bookings=[row.booking_id for row in occasions])
    first = min(occasions, key=lambda row: row.starts_at)
    subject = messages.ACTIVITY.of(locked.pk)
    cancel(subject=subject, now=now)
    people = participants.people_of(locked.pk)
    notify(
        kind=messages.CALLED_OFF,
        recipients=people,
        subject=subject,
        data=messages.occasion_data(first, reason=reason),
        now=now,
        expires_at=last,
        in_chats=not locked.is_dropped,
    )
    return len(people)
