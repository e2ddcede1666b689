"""Moving an occasion and calling an activity off: everybody concerned is told."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.activities import messages, participants
from diedie_edu.activities.actions.offers import offer_places
from diedie_edu.activities.models import Activity, Occasion, SignUp
from diedie_edu.activities.rules import schedule
from diedie_edu.common.errors import Refused, constraint_of
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.venues.models import Venue

VENUE_CONSTRAINT = "venue_holds_one_occasion"


@transaction.atomic
def move_occasion(
    *,
    occasion: Occasion,
    starts_at: datetime,
    ends_at: datetime,
    venue: Venue,
    by: User,
    now: datetime,
) -> Occasion:
    """Give an occasion another time or place; its reminders start anew.

    Raises `Refused` when it has begun, lies in the past, the venue is taken, or somebody on duty
    is booked at the new time.
    """
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=occasion.activity_id)
    occasion = Occasion.objects.select_for_update(of=("self",)).get(pk=occasion.pk)
    wanted = (starts_at, ends_at, venue.pk)
    if wanted == (occasion.starts_at, occasion.ends_at, occasion.venue_id):
        return occasion
    schedule.check_move(occasion, starts_at, now)
    occasion.starts_at, occasion.ends_at, occasion.venue = starts_at, ends_at, venue
    occasion.revision += 1
    save_in_venue(occasion, by=by)
    if activity.state == Activity.State.PUBLISHED:
        _end_offers_by(occasion)
        cancel(
            subject=messages.subject_of(activity.pk),
            now=now,
            kinds=participants.messages_of_the_old_time(),
        )
        notify(
            kind=messages.MOVED,
            recipients=participants.people_of(activity.pk),
            subject=messages.subject_of(activity.pk),
            revision=occasion.revision,
            data=messages.occasion_data(occasion),
            now=now,
        )
        offer_places(activity.pk, now)
    return occasion


def _end_offers_by(occasion: Occasion) -> None:
    """Nobody can confirm a place once it has begun."""
    offers = SignUp.objects.filter(activity=occasion.activity_id, status=SignUp.Status.OFFERED)
    late = offers.filter(offer_expires_at__gt=occasion.starts_at)
    late.update(offer_expires_at=occasion.starts_at)


@transaction.atomic
def call_off(*, activity: Activity, reason: str, by: User, now: datetime) -> int:
    """Call an activity off, free its rooms and tell everybody, those in the queue too.

    Returns how many people are told. Raises `Refused` when it is over or off already.
    """
    locked = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    occasions = list(locked.occasions.select_related("activity", "venue"))
    schedule.check_can_be_called_off(locked, max(row.ends_at for row in occasions), now)
    locked.is_dropped = locked.state == Activity.State.DRAFT
    locked.state, locked.call_off_reason = Activity.State.CALLED_OFF, reason
    locked.save(update_fields=["state", "call_off_reason", "is_dropped"])
    locked.occasions.update(is_called_off=True)
    subject = messages.subject_of(locked.pk)
    cancel(subject=subject, now=now)
    people = participants.people_of(locked.pk)
    notify(
        kind=messages.CALLED_OFF,
        recipients=people,
        subject=subject,
        data=messages.occasion_data(occasions[0], reason=reason),
        now=now,
    )
    return len(people)


def save_in_venue(occasion: Occasion, *, by: User) -> None:
    """Save an occasion where no other stands, with whoever is on duty at it.

    Raises `Refused` when the venue is taken at its time, or one of the people booked.
    """
    try:
        with transaction.atomic():
            _lock_venues(occasion)
            participants.lock_people(occasion)
            occasion.save()
    except IntegrityError as error:
        if constraint_of(error) == VENUE_CONSTRAINT:
            raise Refused("venue_taken", _venue_taken(occasion), field="venue") from error
        refusal = participants.refusal_about(error, occasion, by)
        if refusal is None:
            raise
        raise refusal from error


def _lock_venues(occasion: Occasion) -> None:
    """The room it goes to and the one it leaves, by id, after the activity.

    Without it two writers of one room may stand before the constraint waiting for each other,
    and one of them gets an error page instead of a refusal.
    """
    present = Occasion.objects.filter(pk=occasion.pk).values("venue")
    rooms = Venue.objects.filter(Q(pk=occasion.venue_id) | Q(pk__in=present))
    list(rooms.order_by("pk").select_for_update(no_key=True))


def _venue_taken(occasion: Occasion) -> str:
    other = (
        Occasion.objects.filter(venue=occasion.venue, is_called_off=False)
        .filter(starts_at__lt=occasion.ends_at, ends_at__gt=occasion.starts_at)
        .exclude(pk=occasion.pk)
        .select_related("activity")
        .first()
    )
    return _("%(venue)s is taken at that time by “%(other)s”. Choose another time or venue.") % {
        "venue": occasion.venue,
        "other": other.activity if other else "",
    }
