"""Forgetting what was asked and said. That there were requests, and who decided them when, stays
with their numbers."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from diedie_edu.accounts.models import User
from diedie_edu.common.manifests import parts_of
from diedie_edu.decisions.actions.steps import enter_step, lock_request
from diedie_edu.decisions.kinds import DecisionKind
from diedie_edu.decisions.models import CLOSED, ERASED, Request, State


@transaction.atomic
def erase(*, kind: DecisionKind, subjects: Collection[int], by: User | None, now: datetime) -> None:
    """Take the words out of all requests about some subjects; an open one ends."""
    about = Request.objects.filter(kind=kind.slug, subject__in=subjects, erased_at=None)
    for request in about.select_for_update().order_by("pk"):
        _erase(request, by, now)


def erase_old(*, now: datetime) -> int:
    """Take the words out of what has been closed for longer than its kind keeps them, and have
    the app forget its part; how many there were. Each in a transaction of its own."""
    return sum(
        _erase_closed(kind, number, now)
        for kind in parts_of(DecisionKind)
        for number in _closed_before(kind, now - timedelta(days=kind.keep_days))
    )


def _closed_before(kind: DecisionKind, moment: datetime) -> list[int]:
    closed = Request.objects.filter(kind=kind.slug, state__in=CLOSED, erased_at=None)
    ended = closed.filter(steps__number=F("last_step"), steps__at__lt=moment)
    return list(ended.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _erase_closed(kind: DecisionKind, number: int, now: datetime) -> int:
    """One request; its subject goes with the last that is about it."""
    request = lock_request(number)
    if request.erased_at:
        return 0
    _erase(request, None, now)
    about = Request.objects.filter(kind=kind.slug, subject=request.subject, erased_at=None)
    if not about.exists():
        kind.forget(request.subject)
    return 1


def _erase(request: Request, by: User | None, now: datetime) -> None:
    if request.is_open:
        enter_step(request=request, what=State.WITHDRAWN, by=by, now=now)
    Request.objects.filter(pk=request.pk).update(erased_at=now, data={})
    request.steps.exclude(reason="").update(reason=ERASED)
    request.steps.exclude(shown="").update(shown=ERASED)
