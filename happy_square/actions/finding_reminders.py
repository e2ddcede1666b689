"""Leaders are reminded of what is to be put right, before its day and after it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat

from diedie_edu.common.days import local_day, moment
from diedie_edu.notices.actions import plan_from
from diedie_edu.notices.subjects import as_messages, text_of
from happy_square import guidance_messages as messages
from happy_square.models import Finding

LONGEST = timedelta(days=366)


def plan_finding_reminders(now: datetime) -> int:
    """Remind the leaders of what is still open FINDING_REMINDER_DAYS from its due day on, each time
    once; how many messages. Of several that have passed the last is told alone, and on the day on
    which they have heard of it nothing. Every tick may call it.
    """
    today, number = local_day(now), 0
    until = today - LONGEST
    for days in sorted(map(int, settings.FINDING_REMINDER_DAYS.split(",")), reverse=True):
        last = today - timedelta(days=days)
        number += _remind(_open(now).filter(due_on__gt=until, due_on__lte=last), days, now)
        until = last
    return number


def _open(now: datetime) -> QuerySet[Finding]:
    """Those that leaders have known of since yesterday or longer, once for each leader."""
    return Finding.objects.filter(
        state=Finding.State.OPEN,
        found_at__lt=moment(local_day(now)),
        group__leaderships__ended_at=None,
        group__leaderships__isnull=False,
    )


def _remind(due: QuerySet[Finding], days: int, now: datetime) -> int:
    people = as_messages(
        due,
        recipient="group__leaderships__resident_id",
        subject=messages.FINDING.at("id"),
        revision=Concat(text_of(F("due_on")), Value(f".{days}")),
        data={
            "finding": F("pk"),
            "group": F("group_id"),
            "title": F("group__title"),
            "what": F("what"),
            "due_on": F("due_on"),
        },
        now=now,
    )
    return plan_from(kind=messages.OVERDUE if days > 0 else messages.DUE, people=people, now=now)
