"""Reads of where children are who have not come, as was said."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from after_school.models import Presence, Whereabouts
from diedie_edu.common.days import local_day


def still_on_the_way(now: datetime) -> QuerySet[Presence]:
    """Today's children who are said to be on the way for too long, and have not come."""
    said_at = now - timedelta(minutes=settings.SCHOOL_ON_THE_WAY_MINUTES)
    found = Presence.objects.filter(
        session__day=local_day(now),
        arrived_at=None,
        whereabouts__said=Whereabouts.Said.ON_THE_WAY,
        whereabouts__said_at__lte=said_at,
        whereabouts__alarmed_at=None,
    )
    return found.select_related("session__term", "enrolment").order_by("session", "child")


def whereabouts_today(today: date) -> QuerySet[Whereabouts]:
    """What was said today of children who have not come, the last first."""
    found = Whereabouts.objects.filter(presence__session__day=today, presence__arrived_at=None)
    return found.select_related("presence__child").order_by("-said_at")


def presence_numbered(pk: int) -> Presence | None:
    found = Presence.objects.select_related(*("session__term", "enrolment", "child", "whereabouts"))
    return found.filter(pk=pk).first()
