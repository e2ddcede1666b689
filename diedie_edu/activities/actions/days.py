"""Closing a whole day: a typhoon, a power cut. Nothing takes place on it, in any programme.

Lock order: the calendar → activities (by id) → occasions (by id) → bookings → notices. The number
of statements does not depend on how much was planned.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.db.models.functions import TruncDate

from diedie_edu.accounts.models import User
from diedie_edu.activities import messages, participants
from diedie_edu.activities.actions.schedule import lock_occasions
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.activities.queries.occasions import occasions_standing
from diedie_edu.activities.rules import schedule
from diedie_edu.common.calendar import SpecialDayKind
from diedie_edu.common.days import ZONE, local_day
from diedie_edu.notices.actions import cancel, plan_from
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
    closed = {"kind": SpecialDayKind.CLOSED, "reason": reason}
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
    _notify(occasions, reason, now)
    return len(participants.people_at(occasions))


def _lock(day: date, now: datetime) -> list[int]:
    """Lock the activities that meet on the day; the ids of what still stands of them."""
    meeting = occasions_standing(day, now)
    activities = Activity.objects.filter(pk__in=meeting.values("activity"))
    list(activities.order_by("pk").select_for_update(of=("self",)))
    return list(meeting.values_list("pk", flat=True))


def _end_activities(occasions: Collection[int], reason: str, now: datetime) -> None:
    """Call off those that keep no occasion, and stop all that waits to be said of them."""
    met = Activity.objects.filter(occasions__in=occasions)
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


def _notify(occasions: Collection[int], reason: str, now: datetime) -> None:
    """Once to each person for each activity and day: one statement for each sort of people."""
    for sort in participants.all_participants():
        plan_from(
            kind=messages.CALLED_OFF,
            people=as_messages(
                sort.at(occasions),
                subject=messages.ACTIVITY.at(f"{sort.to_occasion}activity_id"),
                revision=text_of("closed-", TruncDate(f"{sort.to_occasion}starts_at", tzinfo=ZONE)),
                data=messages.occasion_facts(sort.to_occasion) | {"reason": reason},
                now=now,
                expires_at=F(f"{sort.to_occasion}ends_at"),
            ),
            now=now,
        )
