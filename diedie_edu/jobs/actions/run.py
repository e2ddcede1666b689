"""What a worker does: one step of one job."""

import logging
import math
import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from threading import get_native_id
from typing import Any

from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from diedie_edu.common.errors import Refused
from diedie_edu.jobs.actions.leases import (
    LeaseLostError,
    State,
    begin_anew,
    claim,
    end_held,
    is_any_free,
    kept,
    let_go,
)
from diedie_edu.jobs.kinds import job_kind
from diedie_edu.jobs.models import Job

AWAY = (OperationalError, InterfaceError)
RESTARTS = 5  # of the database, that one start of a job outlives
BACK_WITHIN = 40.0  # seconds; then the lease lapses
LOW = 10  # nice: of a busy core nine tenths go to others
logger = logging.getLogger(__name__)


class TryLaterError(Exception):
    """Somebody else is in the way for longer than this job may wait; that is no failed start."""


def run_waiting(seconds: float = math.inf) -> None:
    """Job after job until none waits, in a thread that steps back for visitors; none is begun after
    so many seconds.

    A process could not step forward again afterwards, and it sends messages too. The thread has a
    connection of its own, so it begins only where there is work.
    """
    if not is_any_free(timezone.now()):
        return
    with ThreadPoolExecutor(1, initializer=_step_back) as thread:
        thread.submit(_run_all, time.monotonic() + seconds).result()


def _step_back() -> None:
    with suppress(AttributeError, OSError):  # Linux alone knows priorities of threads
        os.setpriority(os.PRIO_PROCESS, get_native_id(), LOW)


def _run_all(deadline: float) -> None:
    try:
        while time.monotonic() < deadline and run_next(timezone.now()):
            pass
    finally:
        connections.close_all()


def run_next(now: datetime) -> bool:
    """Do one step of one job; False where no job waits.

    Nothing of what went wrong is logged but its kind: the words of a database error quote
    the row.
    """
    job = claim(now)
    if job is None:
        return False
    try:
        with translation.override(job.language):
            _run_through(job, now)
    except LeaseLostError:
        logger.warning("job %s is no longer this worker's", job.pk)
    except TryLaterError:
        _queue(job, attempts=job.attempts - 1)
    except Exception as error:
        logger.error("job %s stopped: %s", job.pk, type(error).__name__)
        _queue(job)
    return True


def _run_through(job: Job, now: datetime) -> None:
    """Anew where the database restarts under it, which is no failure of the job: one that brings
    the database down is let go in the end."""
    for _restart in range(RESTARTS):
        try:
            return _run(job, now)
        except AWAY as error:
            if not was_lost(error):
                raise
            logger.warning("job %s begins anew: %s", job.pk, type(error).__name__)
            _begin_anew_when_it_is_back(job)
    return _run(job, now)


def was_lost(error: Exception) -> bool:
    """Whether the connection is gone: what the server answers has a code."""
    return getattr(error.__cause__, "pgcode", None) is None


def _begin_anew_when_it_is_back(job: Job) -> None:
    """Raises `LeaseLostError` where the job has ended, or is another worker's by then."""
    ends = time.monotonic() + BACK_WITHIN
    while True:
        connections.close_all()
        try:
            return begin_anew(job)
        except AWAY:
            if time.monotonic() > ends:
                raise
            time.sleep(1)


def _run(job: Job, now: datetime) -> None:
    """The right is asked for once more: an account may have lost it meanwhile."""
    kind = job_kind(job.kind)
    try:
        if not kind.may(job.asked_by, job.params):
            raise Refused("no_right", _("You no longer have the right to this."))
        with kept(job):
            kind.run(job, now)
    except Refused as refusal:
        end_held(job, State.REFUSED, now, reason=str(refusal.message))


def _queue(job: Job, **values: Any) -> None:
    """Leave the job to the next tick."""
    with suppress(LeaseLostError):
        let_go(job, State.QUEUED, **values)
