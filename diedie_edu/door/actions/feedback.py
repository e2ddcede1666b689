"""Asking those who came what they think, and taking it in."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
)

from diedie_edu.activities.messages import ACTIVITY, occasion_facts
from diedie_edu.activities.models import Attendance, Occasion
from diedie_edu.common.days import local_day
from diedie_edu.door import messages
from diedie_edu.door.models import Feedback
from diedie_edu.door.rules.feedback import check_can_say
from diedie_edu.notices.actions import plan_from
from diedie_edu.notices.subjects import as_messages, text_of
from diedie_edu.people.models import Resident
from diedie_edu.people.rules import residents

LATE = timedelta(days=2)  # whoever was entered from the sheet is asked too; nobody of last month


@transaction.atomic
def plan_feedback(now: datetime) -> int:
    """Ask everybody who came, FEEDBACK_AFTER_HOURS after the end, once; returns how many messages.

    Only of what meets once, and no children. Every tick may call it.
    """
    after = timedelta(hours=settings.FEEDBACK_AFTER_HOURS)
    others = Occasion.objects.filter(activity=OuterRef("occasion__activity")).exclude(
        pk=OuterRef("occasion")
    )
    came = Attendance.objects.filter(
        ~Exists(others),
        occasion__ends_at__lte=now - after,
        occasion__ends_at__gt=now - after - timedelta(days=settings.SHEET_ENTRY_DAYS) - LATE,
        occasion__is_called_off=False,
        occasion__activity__is_ongoing=False,
        feedback=None,
    ).exclude(resident__birth_date__gt=residents.last_birth_date_of_grown(local_day(now)))
    closes = timedelta(days=settings.FEEDBACK_DAYS)
    people = as_messages(
        came,
        subject=ACTIVITY.at("occasion__activity_id"),
        revision=text_of(F("pk")),  # the entry, so that nobody is asked twice
        data=occasion_facts("occasion__") | {"feedback": F("pk")},
        now=now,
        expires_at=ExpressionWrapper(F("occasion__ends_at") + closes, DateTimeField()),
    )
    return plan_from(kind=messages.FEEDBACK, people=people, now=now)


@transaction.atomic
def give_feedback(*, attendance: Attendance, now: datetime, **answers: str) -> Feedback:
    """Take in or change one or more of `use`, `level`, `again` and `words`.

    Raises `Refused` as `rules.check_can_say`.
    """
    check_can_say(attendance.occasion, now)
    feedback, _is_new = Feedback.objects.update_or_create(
        attendance=attendance, defaults={**answers, "said_at": now}
    )
    return feedback


def forget_words(person: Resident, now: datetime) -> None:
    """Of somebody who is erased the three answers stay, and none of their words."""
    Feedback.objects.filter(attendance__resident=person).update(words="")
