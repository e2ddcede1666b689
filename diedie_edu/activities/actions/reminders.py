"""Planning reminders: every tick, set-based, as often as you like.

A reminder is planned once it is due and not before, so nothing has to be unplanned when
somebody gives a seat back; a tick that was missed is made good by the next one.
"""

from datetime import datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import CharField, DateTimeField, F, Func, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, JSONObject

from diedie_edu.activities.models import Activity, ReminderTime
from diedie_edu.activities.participants import Participants, all_participants
from diedie_edu.common.days import ZONE
from diedie_edu.notices.actions import plan_from

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
            people=_due(_people(sort, reminder), reminder, now),
            channels=reminder.channels,
            now=now,
        )
        for sort in all_participants()
        if sort.audience == reminder.audience
    )


def _people(sort: Participants, reminder: ReminderTime) -> QuerySet:
    """Those who joined before the reminder's time; whoever came later has just been told."""
    rows = _with_occasion(sort, reminder)
    return rows.filter(**{f"{sort.since}__lte": F("due_at")}) if sort.since else rows


def _with_occasion(sort: Participants, reminder: ReminderTime) -> QuerySet:
    """Each row joined to its occasion, with the facts of its message."""
    occasion, activity = sort.to_occasion, sort.to_activity
    starts_at = F(f"{occasion}starts_at")
    return (
        sort.reminded()
        .filter(
            **{
                f"{activity}programme": reminder.programme_id,
                f"{activity}state": Activity.State.PUBLISHED,
                f"{occasion}is_called_off": False,
            }
        )
        .annotate(
            begins_at=starts_at,
            due_at=_due_at(reminder, starts_at),
            about=_as_text(f"{activity}id"),
            occasion_revision=_as_text(f"{occasion}revision"),
            occasion_key=_as_text(f"{occasion}id"),
            facts=JSONObject(
                **sort.facts,
                activity=F(f"{activity}id"),
                title=F(f"{activity}title"),
                starts_at=starts_at,
                ends_at=F(f"{occasion}ends_at"),
                venue_zh=F(f"{occasion}venue__title_zh"),
                venue_en=F(f"{occasion}venue__title_en"),
            ),
        )
    )


def _due_at(reminder: ReminderTime, starts_at: F) -> Combinable:
    if reminder.minutes_before is not None:
        return starts_at - timedelta(minutes=reminder.minutes_before)
    return LocalClock(starts_at, reminder.days_before or 0, reminder.at_time or time.min)


def _due(people: QuerySet, reminder: ReminderTime, now: datetime) -> QuerySet:
    """Rows due by `now` whose occasion has not begun, in the columns `plan_from` reads.

    The revision names occasion, its revision and the reminder, so each reminder goes out
    once and a moved occasion is reminded of anew.
    """
    revision = Concat(
        F("occasion_key"),
        Value("."),
        F("occasion_revision"),
        Value(f".r{reminder.pk}"),
        output_field=CharField(),
    )
    return people.filter(due_at__lte=now, begins_at__gt=now).values(
        recipient_id=F("resident_id"),
        subject=Concat(Value("activity:"), F("about"), output_field=CharField()),
        revision=revision,
        data=F("facts"),
        next_try_at=F("due_at"),
        expires_at=F("begins_at"),
    )


def _as_text(path: str) -> Cast:
    return Cast(F(path), CharField())
