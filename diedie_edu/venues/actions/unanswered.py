"""Room requests nobody answers: first the lead hears, at their start they end by themselves."""

from collections.abc import Sequence
from datetime import datetime

from diedie_edu.accounts.queries import leads_of
from diedie_edu.decisions.actions import requests as decisions
from diedie_edu.decisions.models import Request
from diedie_edu.notices.actions import notify
from diedie_edu.venues import messages
from diedie_edu.venues.actions import answers, freeing
from diedie_edu.venues.models import Booking, RoomRequest
from diedie_edu.venues.queries import requests as queries
from diedie_edu.venues.rules.requests import is_soon


def look_after_unanswered(now: datetime) -> int:
    """A planner: what waits and begins within a day goes to the lead once, and what begins now
    ends; how many requests. All rows are locked before, so two planners at once act once."""
    due = [first.request_id for first in queries.first_waiting() if is_soon(first, now)]
    if not due:
        return 0
    held = Booking.objects.filter(request__in=due, is_off=False)
    freeing.lock(list(held.values_list("pk", flat=True)))
    list(RoomRequest.objects.filter(pk__in=due).order_by("pk").select_for_update())
    waiting = [first for first in queries.first_waiting() if first.request_id in due]
    over = [first for first in waiting if first.starts_at <= now]
    _tell_leads([first for first in waiting if first not in over], now)
    for first in over:
        _end(first, now)
    return len(waiting)


def _tell_leads(firsts: Sequence[Booking], now: datetime) -> None:
    """Once, of what waits for an answer; what was returned waits for whoever asked."""
    for first in firsts:
        decision = queries.decision_of(first.request)
        if first.request.lead_told_at is None and decision and decision.is_waiting:
            RoomRequest.objects.filter(pk=first.request_id).update(lead_told_at=now)
            _notify_leads(first, decision, now)


def _notify_leads(first: Booking, decision: Request, now: datetime) -> None:
    leads = leads_of(decision.programme).exclude(pk=decision.asked_by_id)
    notify(
        kind=messages.URGENT,
        accounts=list(leads.values_list("pk", flat=True)),
        subject=messages.REQUEST.of(first.request_id),
        revision=decision.last_step,
        data=messages.booking_data(first, request=decision.pk),
        now=now,
        expires_at=first.starts_at,
    )


def _end(first: Booking, now: datetime) -> None:
    row = first.request
    decisions.end(kind=answers.ROOM_REQUEST, subject=row.pk, now=now)
    answers.end(row, RoomRequest.State.ENDED, row.asked_by, now)
    notify(
        kind=messages.ENDED,
        accounts=[row.asked_by_id],
        subject=messages.REQUEST.of(row.pk),
        revision=f"ended-{first.starts_at:%Y%m%d%H%M}",
        data=messages.booking_data(first, request=row.pk),
        now=now,
    )
