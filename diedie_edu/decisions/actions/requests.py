"""Asking, changing what was asked, taking it back.

Lock order: the subject's rows → the request → whatever carrying it out locks → notices. Whoever
changes a subject holds its rows before calling anything here.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.calendar import known_calendar
from diedie_edu.common.days import local_day
from diedie_edu.decisions import rules
from diedie_edu.decisions.actions import telling
from diedie_edu.decisions.actions.steps import enter_step, lock_request
from diedie_edu.decisions.kinds import DecisionKind, kind_of, shown_now
from diedie_edu.decisions.models import OPEN, Request, State, Step


@transaction.atomic
def draft(
    *,
    kind: DecisionKind,
    subject: int,
    programme: str,
    data: Mapping[str, Any],
    by: User,
    now: datetime,
) -> Request:
    """The open request of a subject, a new draft where there is none.

    `data` is what its line says. Nobody is told, and it waits for nobody.
    """
    kind.lock(subject)
    found = _locked(kind, subject)
    if found is not None:
        return found
    about = {"kind": kind.slug, "subject": subject, "programme": programme, "asked_by": by}
    made = Request.objects.create(**about, data=data, last_step=1)
    Step.objects.create(request=made, number=1, what=State.DRAFT, at=now, by=by)
    return made


@transaction.atomic
def submit(
    *,
    kind: DecisionKind,
    subject: int,
    programme: str,
    data: Mapping[str, Any],
    by: User,
    now: datetime,
) -> Request:
    """Ask, or ask again with what stands there now: for a draft, one that was returned, and one
    that still waits. Asking the same twice is harmless.

    Those who decide are told. The days to decide in begin anew where something is different.
    Raises `Refused` (`not_yours`) where somebody else has asked.
    """
    request = draft(kind=kind, subject=subject, programme=programme, data=data, by=by, now=now)
    shown = shown_now(request)
    if request.is_waiting and _last_shown(request) == shown:
        return request
    rules.check_may_ask_again(request, by)
    due_on = known_calendar().working_day_after(local_day(now), kind.days)
    enter_step(
        request=request,
        what=State.SUBMITTED,
        by=by,
        now=now,
        shown=shown,
        data=data,
        submitted_at=now,
        due_on=due_on,
        remind_on=due_on,
    )
    telling.tell_deciders(request=request, now=now)
    return request


def _locked(kind: DecisionKind, subject: int) -> Request | None:
    rows = Request.objects.select_for_update().filter(kind=kind.slug, subject=subject)
    return rows.filter(state__in=OPEN).first()


def _last_shown(request: Request) -> str:
    return request.steps.get(number=request.last_step).shown


@transaction.atomic
def withdraw(*, request: Request, by: User, now: datetime) -> None:
    """Take back what one asked for. Raises `Refused` (`not_yours`, `decided`)."""
    kind = kind_of(request)
    kind.lock(request.subject)
    locked = lock_request(request.pk)
    rules.check_may_withdraw(locked, by)
    enter_step(request=locked, what=State.WITHDRAWN, by=by, now=now)
    kind.withdrawn(locked, by, now)
    telling.stop(request=locked, now=now)


def end(*, kind: DecisionKind, subject: int, now: datetime) -> None:
    """An open request ends by itself: it is too late for an answer. The caller holds the subject's
    rows and tells whoever asked."""
    if request := _locked(kind, subject):
        enter_step(request=request, what=State.WITHDRAWN, by=None, now=now)
        telling.stop(request=request, now=now)
