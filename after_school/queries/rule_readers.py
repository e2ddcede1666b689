"""Whose it is to confirm the working rules."""

from datetime import datetime
from typing import Any

from django.db.models import DateField, F, QuerySet, Value

from after_school.models import GuardianRight
from after_school.queries.children import live_enrolments
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.queries.clearances import IsCleared


def guardians(now: datetime) -> QuerySet[Any, int | None]:
    """Accounts of guardians of children who have a place, or wait, in a term that is not over."""
    children = live_enrolments().filter(term__last_day__gte=local_day(now)).values("child")
    rows = GuardianRight.objects.filter(child__in=children, guardian__account__isnull=False)
    return rows.order_by().values_list("guardian__account", flat=True)


def volunteers(now: datetime) -> QuerySet[Any, int | None]:
    """Accounts of those who may be on duty today."""
    today = Value(local_day(now), DateField())
    rows = Volunteer.objects.filter(IsCleared(F("pk"), today), is_active=True)
    return rows.order_by().values_list("resident__account", flat=True)
