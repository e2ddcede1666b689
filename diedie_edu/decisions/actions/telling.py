"""Who hears of a request: those who decide, and whoever asked."""

from datetime import datetime
from typing import Any

from django.utils import translation

from diedie_edu.common.days import local_day
from diedie_edu.decisions.kinds import title_of
from diedie_edu.decisions.messages import ANSWERS, DUE, REQUEST, WAITS
from diedie_edu.decisions.models import Request, State
from diedie_edu.decisions.queries.requests import deciders
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.notices.kinds import Kind


def tell_deciders(*, request: Request, now: datetime, kind: Kind = WAITS) -> None:
    """Each version once, and each reminder (`DUE`) once."""
    notify(
        kind=kind,
        accounts=deciders(request, local_day(now)),
        subject=REQUEST.of(request.pk),
        revision=f"{request.last_step}-{request.remind_on}",
        data=_facts(request, due_on=request.due_on),
        now=now,
    )


def stop(*, request: Request, now: datetime) -> None:
    """Nobody need decide any more: what has not gone out yet stays."""
    cancel(subject=REQUEST.of(request.pk), kinds=[WAITS, DUE], now=now)


def tell_asker(*, request: Request, now: datetime) -> None:
    """How it was decided."""
    stop(request=request, now=now)
    notify(
        kind=ANSWERS[State(request.state)],
        accounts=[request.asked_by_id],
        subject=REQUEST.of(request.pk),
        revision=request.last_step,
        data=_facts(request),
        now=now,
    )


def _facts(request: Request, **more: Any) -> dict[str, Any]:
    """Messages name the kind alone: which person a request is about is for its page."""
    facts = {"request": request.pk, **more}
    for code, name in (("zh-hans", "what_zh"), ("en", "what_en")):
        with translation.override(code):
            facts[name] = title_of(request)
    return facts
