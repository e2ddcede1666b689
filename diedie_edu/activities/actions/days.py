"""Closing a whole day: a typhoon, a power cut. Nothing takes place on it, in any programme.

Single dates are called off here too, and held again.

Lock order: the calendar → what a programme locks first → activities (by id) → occasions (by id) →
bookings → notices. The number of statements does not depend on how much was planned.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import TruncDate

from diedie_edu.accounts.models import User
from diedie_edu.activities import messages, participants
from diedie_edu.activities.actions import chats, offers
from diedie_edu.activities.actions.schedule import lock_occasions
from diedie_edu.activities.changed_days import with_own_words
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.activities.queries.occasions import occasions_standing
from diedie_edu.activities.rules import schedule
from diedie_edu.common.calendar import SpecialDayKind
from diedie_edu.common.days import ZONE, local_day
from diedie_edu.notices.actions import cancel, plan_from
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import as_messages, text_of
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.actions.calendar import lock_calendar_alone
from diedie_edu.venues.models import SpecialDay

# In an UPDATE the state is still the old one.
WAS_A_DRAFT = ExpressionWrapper(Q(state=Activity.State.DRAFT), BooleanField())


@dataclass(frozen=True)
class ClosedDay:
    """What closing it came to."""

    called_off: int
    told: int


@transaction.atomic
def close_day(*, day: date, reason: str, by: User, now: datetime) -> ClosedDay:
    """Enter a day as closed, call off what is left of it, free rooms and people, tell everybody.

    An activity that keeps another occasion goes on without this one; one that keeps none is
    called off. Repeating it is harmless. Raises `Refused` for a day that has passed.
    """
    schedule.check_can_be_closed(day, local_day(now))
    lock_calendar_alone()
    decided = {"decided_at": now, "decided_by": by}
    closed = {"kind": SpecialDayKind.CLOSED, "reason": reason} | decided
    SpecialDay.objects.update_or_create(day=day, defaults=closed)
    occasions = _lock(day, now)
    told = call_off_occasions(occasions=occasions, reason=reason, by=by, now=now)
    return ClosedDay(len(occasions), told)


@transaction.atomic
def call_off_occasions(*, occasions: Collection[int], reason: str, by: User, now: datetime) -> int:
    """Call single dates (ids) off, free their rooms and people; how many people are told.

    Whoever would have come to several of them on one day is told once. The activities are
    locked by the caller; one that keeps no occasion is called off with its last.
    """
    locked = lock_occasions(Occasion.objects.filter(pk__in=occasions))
    bookings.call_off(bookings=[row.booking_id for row in locked])
    _end_activities(occasions, reason, now)
    _stop_reminders(occasions, now)
    _notify(messages.CALLED_OFF, occasions, {"reason": reason}, now)
    owns = with_own_words(occasions)
    others = set(occasions) - {one for ids in owns.values() for one in ids}
    chats.tell_of_dates(messages.CALLED_OFF, others, now)
    for programme, own in owns.items():
        programme.called_off(own, reason, by, now)
    return len(participants.people_at(occasions))


@transaction.atomic
def hold_again(*, occasions: Collection[int], by: User, now: datetime, tells: bool = True) -> int:
    """Take the calling off of single dates (ids) back; how many people are told, or would be where
    nobody `tells` them.

    Whoever was on duty is again, where they still can; the others' slots are free. The caller
    shares the lock of the calendar. Raises `Refused` where a room is taken meanwhile or closed,
    or all of it lies behind.
    """
    lock_activities(Occasion.objects.filter(pk__in=occasions))
    found = Occasion.objects.filter(pk__in=occasions, is_called_off=True, ends_at__gt=now)
    locked = lock_occasions(found)
    schedule.check_can_be_held_again(locked)
    ids = [row.pk for row in locked]
    bookings.lock_rooms(row.venue_id for row in locked)
    for sort in participants.all_participants():
        sort.release(ids, now)
    bookings.hold_again(bookings=[row.booking_id for row in locked])
    _begin_activities(ids)
    if tells:
        _tell_held_again(ids, by, now)
    return len(participants.people_at(ids))


def _tell_held_again(ids: Collection[int], by: User, now: datetime) -> None:
    _notify(messages.HELD_AGAIN, ids, {}, now)
    for programme, own in with_own_words(ids).items():
        programme.held_again(own, by, now)


def _begin_activities(occasions: Collection[int]) -> None:
    """Those that had kept no occasion stand again, drafts as drafts."""
    ended = Activity.objects.filter(
        occasions__in=occasions, state=Activity.State.CALLED_OFF
    ).values("pk")
    Activity.objects.filter(pk__in=ended).update(
        state=Case(
            When(is_dropped=True, then=Value(Activity.State.DRAFT)),
            default=Value(Activity.State.PUBLISHED),
        ),
        call_off_reason="",
        is_dropped=False,
    )


def _lock(day: date, now: datetime) -> list[int]:
    """Lock the activities that meet on the day; the ids of what still stands of them."""
    meeting = occasions_standing(day, now)
    lock_activities(meeting)
    return list(meeting.values_list("pk", flat=True))


def lock_activities(occasions: QuerySet[Occasion]) -> None:
    """Those of the occasions, by id; before them what a programme of theirs locks first."""
    for programme, own in with_own_words(occasions.values("pk")).items():
        programme.lock(own)
    offers.lock_activities(Activity.objects.filter(pk__in=occasions.values("activity")))


def _end_activities(occasions: Collection[int], reason: str, now: datetime) -> None:
    """Call off those that keep no occasion, and stop all that waits to be said of them; what goes
    on from week to week stands without one."""
    met = Activity.objects.filter(occasions__in=occasions, is_ongoing=False)
    ended = met.exclude(occasions__in=Occasion.objects.filter(is_called_off=False))
    ids = list(ended.values_list("pk", flat=True).distinct())
    Activity.objects.filter(pk__in=ids).update(
        state=Activity.State.CALLED_OFF, call_off_reason=reason, is_dropped=WAS_A_DRAFT
    )
    cancel(subject=list(map(messages.ACTIVITY.of, ids)), now=now)


def _stop_reminders(occasions: Collection[int], now: datetime) -> None:
    """Of activities that go on: only what was to be said of this day."""
    rows = Occasion.objects.filter(pk__in=occasions).values_list("activity", "starts_at")
    cancel(
        subject=[messages.ACTIVITY.of(activity) for activity, _starts_at in rows],
        kinds=participants.messages_of_the_old_time(),
        data={"starts_at": [starts_at.isoformat() for _activity, starts_at in rows]},
        now=now,
    )


def _notify(
    kind: Kind, occasions: Collection[int], facts: Mapping[str, str], now: datetime
) -> None:
    """Once to each person for each activity and day: one statement for each sort of people."""
    told = {own for ids in with_own_words(occasions).values() for own in ids}
    for sort in participants.all_participants():
        left = set(occasions) - told if sort.told_by_programme else occasions
        day = TruncDate(f"{sort.to_occasion}starts_at", tzinfo=ZONE)
        plan_from(
            kind=kind,
            people=as_messages(
                sort.at(left),
                subject=messages.ACTIVITY.at(f"{sort.to_occasion}activity_id"),
                revision=text_of("closed-", day, f".{now:%Y%m%d%H%M%S}"),
                data={**messages.occasion_facts(sort.to_occasion), **facts},
                now=now,
                expires_at=F(f"{sort.to_occasion}ends_at"),
            ),
            now=now,
        )
