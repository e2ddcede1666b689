"""Reminding those who decide of what is due."""

from datetime import datetime

from django.db import transaction

from diedie_edu.common.calendar import known_calendar
from diedie_edu.common.days import local_day
from diedie_edu.decisions.actions import telling
from diedie_edu.decisions.kinds import kind_of
from diedie_edu.decisions.messages import DUE
from diedie_edu.decisions.models import Request, State


@transaction.atomic
def plan_reminders(now: datetime) -> int:
    """Remind of each request on its day, and again after the kind's working days as long as it
    waits; how many there were. Two planners at once leave each other's rows alone."""
    today = local_day(now)
    due = Request.objects.filter(state=State.SUBMITTED, remind_on__lte=today).order_by("pk")
    rows = list(due.select_for_update(skip_locked=True))
    if not rows:
        return 0
    calendar = known_calendar()
    for request in rows:
        telling.tell_deciders(request=request, now=now, kind=DUE)
        request.remind_on = calendar.working_day_after(today, kind_of(request).days)
        request.save(update_fields=["remind_on"])
    return len(rows)
