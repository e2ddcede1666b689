"""Asking for long work, wanting what it would do, and having had enough of it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.jobs.actions.ending import end_where
from diedie_edu.jobs.kinds import JobKind
from diedie_edu.jobs.models import Job

OPEN_FOR_ONE = 10


@transaction.atomic
def ask(
    *, kind: JobKind, title: str, params: dict[str, Any], by: User, language: str, words: str = ""
) -> Job:
    """Leave it to a worker's next tick; nothing is sent to the broker. Asked for again while it
    is under way, it is the same job. Raises `Refused` (`no_right`, `too_many`)."""
    if not kind.may(by, params):
        raise Refused("no_right", _("You no longer have the right to this."))
    same_person = User.objects.select_for_update(no_key=True).filter(pk=by.pk)
    mine = Job.objects.filter(state__in=Job.AT_WORK, asked_by__in=list(same_person))
    for job in mine.filter(kind=kind.slug, params=params, language=language):
        if job.words == words:
            return job
    if mine.count() >= OPEN_FOR_ONE:
        raise Refused("too_many", _("So much is under way already. Wait until some of it is done."))
    return Job.objects.create(
        kind=kind.slug,
        title=title[:120],
        params=params,
        words=words,
        language=language,
        asked_by=by,
    )


def confirm(*, job: Job, now: datetime) -> bool:
    """Hand over for the second step what waits for it; False where that was done before."""
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.WAITING)
    return bool(waiting.update(state=Job.State.QUEUED, confirmed_at=now, rows_done=0, attempts=0))


def look_again(*, job: Job, params: dict[str, Any]) -> bool:
    """Do the first step once more with what somebody has said meanwhile; False where it waits for
    nobody any more."""
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.WAITING)
    return bool(waiting.update(state=Job.State.QUEUED, params=params, attempts=0))


def cancel(*, job: Job, states: tuple[str, ...] = Job.OPEN, now: datetime) -> bool:
    """Stop a job in one of these states; a worker that is at it finds out at its next write."""
    rows = Job.objects.filter(state__in=states)
    return end_where(rows, job, Job.State.CANCELLED, now)
