"""Room requests nobody answers: first the lead hears, at their start they end by themselves."""

from datetime import datetime

from diedie_edu.accounts.queries import leads_of
from diedie_edu.decisions.actions import requests as decisions
from diedie_edu.decisions.models import Request
from diedie_edu.notices.actions import notify
from diedie_edu.venues import messages
from diedie_edu.venues.actions import answers, freeing
from diedie_edu.venues.models import Booking, RoomRequest
from diedie_edu.venues.queries import requests as queries
from diedie_edu.venues.rules.requests import is_due


def look_after_unanswered(now: datetime) -> int:
    """A planner: what waits and begins within a day goes to the lead once, and what begins now
    ends; how many requests. All rows are locked before, so two planners at once act once."""
    due = [row.request.pk for row in queries.waiting() if is_due(row.request, row.first, now)]
    if not due:
        return 0
    held = Booking.objects.filter(request__in=due, is_off=False)
    freeing.lock(list(held.values_list("pk", flat=True)))
    list(RoomRequest.objects.filter(pk__in=due).order_by("pk").select_for_update())
    rows = [row for row in queries.waiting() if row.request.pk in due]
    for row in rows:
        if row.first.starts_at <= now:
            _end(row, now)
        else:
            _tell_leads(row, now)
    return len(rows)


def end_without_dates(now: datetime) -> int:
    """A planner: nobody need decide on what has no date any more; how many ended."""
    found = list(queries.without_dates().order_by("pk").values_list("pk", flat=True))
    for number in found:
        answers.lock(number)
        for row in queries.without_dates().filter(pk=number):
            decisions.end(kind=answers.ROOM_REQUEST, subject=row.pk, now=now)
            answers.close(row, RoomRequest.State.WITHDRAWN)
    return len(found)


def _tell_leads(row: queries.Waiting, now: datetime) -> None:
    """Once, of what waits for an answer; what was returned waits for whoever asked."""
    decision = queries.decision_of(row.request)
    if row.request.lead_told_at is None and decision and decision.is_waiting:
        RoomRequest.objects.filter(pk=row.request.pk).update(lead_told_at=now)
        _notify_leads(row, decision, now)


def _notify_leads(row: queries.Waiting, decision: Request, now: datetime) -> None:
    leads = leads_of(decision.programme).exclude(pk=decision.asked_by_id)
    notify(
        kind=messages.URGENT,
        accounts=list(leads.values_list("pk", flat=True)),
        subject=messages.REQUEST.of(row.request.pk),
        revision=decision.last_step,
        data=messages.booking_data(row.first, request=decision.pk),
        now=now,
        expires_at=row.first.starts_at,
    )


def _end(row: queries.Waiting, now: datetime) -> None:
    asked, first = row
    decisions.end(kind=answers.ROOM_REQUEST, subject=asked.pk, now=now)
    answers.end(asked, RoomRequest.State.ENDED, asked.asked_by, now)
    notify(
        kind=messages.ENDED,
        accounts=[asked.asked_by_id],
        subject=messages.REQUEST.of(asked.pk),
        revision=f"ended-{first.starts_at:%Y%m%d%H%M}",
        data=messages.booking_data(first, request=asked.pk),
        now=now,
    )
