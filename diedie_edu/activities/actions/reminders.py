"""Planning reminders: every tick, set-based, as often as you like.

A reminder is planned once it is due and not before, so nothing has to be unplanned when
somebody gives a seat back; a tick that was missed is made good by the next one.
"""

from datetime import datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import DateTimeField, F, Func, QuerySet
from django.db.models.expressions import Combinable

from diedie_edu.activities.messages import ACTIVITY, occasion_facts
from diedie_edu.activities.models import Activity, ReminderTime
from diedie_edu.activities.participants import Participants, all_participants
from diedie_edu.common.days import ZONE
from diedie_edu.notices.actions import plan_from
from diedie_edu.notices.subjects import as_messages, text_of

HOLD = """
SELECT id FROM activities_activity
WHERE id IN (SELECT activity_id FROM activities_occasion WHERE starts_at > %s AND starts_at <= %s)
ORDER BY id FOR KEY SHARE
"""


class LocalClock(Func):
    """The moment at which the wall clock shows `clock`, `days` days before an instant's day."""

    output_field = DateTimeField()
    template = (
        f"((((%(expressions)s) AT TIME ZONE '{ZONE.key}')::date - %(days)s "
        f"+ TIME '%(clock)s') AT TIME ZONE '{ZONE.key}')"
    )

    def __init__(self, instant: Combinable, days: int, clock: time):
        super().__init__(instant, days=int(days), clock=f"{clock:%H:%M:%S}")


@transaction.atomic
def plan_reminders(now: datetime) -> int:
    """Plan what is due for occasions still ahead; the number of new notices.

    One statement for each reminder time in use, whatever the number of people, and one lock.
    """
    times = list(ReminderTime.objects.filter(is_on=True))
    _lock(times, now)
    return sum(_plan(reminder, now) for reminder in times)


def _lock(times: list[ReminderTime], now: datetime) -> None:
    """Let nobody give back, move or call off what people are just being reminded of.

    They would not see the reminders of this transaction, and could not stop them. It is the
    weakest lock that does so: taking a free seat goes on beside it.
    """
    if times:
        until = now + max(map(_reaches, times))
        with connection.cursor() as cursor:
            cursor.execute(HOLD, [now, until])


def _reaches(reminder: ReminderTime) -> timedelta:
    """How long before the start it can be due, at most."""
    return timedelta(days=(reminder.days_before or 0) + 1, minutes=reminder.minutes_before or 0)


def _plan(reminder: ReminderTime, now: datetime) -> int:
    return sum(
        plan_from(
            kind=sort.reminder,
            people=_messages(sort, reminder, now),
            channels=reminder.channels,
            now=now,
        )
        for sort in all_participants()
        if sort.audience == reminder.audience
    )


def _messages(sort: Participants, reminder: ReminderTime, now: datetime) -> QuerySet:
    """What is due by `now` of occasions that have not begun.

    The revision names occasion, its revision and the reminder, so each reminder goes out
    once and a moved occasion is reminded of anew.
    """
    occasion = sort.to_occasion
    return as_messages(
        _due(sort, reminder, now),
        subject=ACTIVITY.at(f"{sort.to_activity}id"),
        revision=text_of(F(f"{occasion}id"), ".", F(f"{occasion}revision"), f".r{reminder.pk}"),
        data={**occasion_facts(occasion), **sort.facts},
        now=now,
        next_try_at=F("due_at"),
        expires_at=F("begins_at"),
    )


def _due(sort: Participants, reminder: ReminderTime, now: datetime) -> QuerySet:
    """Those who joined before the reminder's time; whoever came later has just been told."""
    occasion, activity = sort.to_occasion, sort.to_activity
    starts_at = F(f"{occasion}starts_at")
    rows = (
        sort.reminded()
        .filter(
            **{
                f"{activity}programme": reminder.programme_id,
                f"{activity}state": Activity.State.PUBLISHED,
                f"{occasion}is_called_off": False,
            }
        )
        .annotate(begins_at=starts_at, due_at=_due_at(reminder, starts_at))
        .filter(due_at__lte=now, begins_at__gt=now)
    )
    return rows.filter(**{f"{sort.since}__lte": F("due_at")}) if sort.since else rows


def _due_at(reminder: ReminderTime, starts_at: F) -> Combinable:
    if reminder.minutes_before is not None:
        return starts_at - timedelta(minutes=reminder.minutes_before)
    return LocalClock(starts_at, reminder.days_before or 0, reminder.at_time or time.min)
