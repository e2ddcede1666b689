"""Who is at a job, and how far.

The database is the truth: a worker holds a job by a lease, and every write of the worker
asks whether the lease is still its own. A worker that dies lets the lease lapse, and
another one starts the step anew; one that lives keeps it until its process is ended.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import (
    DEFAULT_DB_ALIAS,
    InterfaceError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.db.models import Q, QuerySet
from django.utils import timezone

from diedie_edu.jobs.actions.ending import end_where
from diedie_edu.jobs.models import Job

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 3
AT_ONCE = 2  # one less than the worker has processes: messages go out meanwhile
COUNTING = 4_302_011  # the number of the lock under which they are counted
State = Job.State


class LeaseLostError(Exception):
    """The job was taken over or cancelled meanwhile; whatever was begun must be undone."""


@transaction.atomic
def claim(now: datetime) -> Job | None:
    """The oldest job that nobody works at, leased to the caller; None where there is none, or
    AT_ONCE are under way.

    A job that has ended MAX_ATTEMPTS workers is given up instead.
    """
    _count_alone()
    if Job.objects.filter(state=State.WORKING, lease_until__gte=now).count() >= AT_ONCE:
        return None
    free = _free(now)
    job = free.order_by("id").select_for_update(skip_locked=True, no_key=True).first()
    if job is not None and job.attempts >= MAX_ATTEMPTS:
        end_where(free, job, State.FAILED, now)
        return claim(now)
    return job and _leased(job, now)


def _free(now: datetime) -> QuerySet[Job]:
    return Job.objects.filter(Q(state=State.QUEUED) | Q(state=State.WORKING, lease_until__lt=now))


def is_any_free(now: datetime) -> bool:
    """Whether a job waits for a worker."""
    return _free(now).exists()


def _count_alone() -> None:
    """One worker after the other, until its transaction ends: two that count at once would both
    find a place."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COUNTING])


def _leased(job: Job, now: datetime) -> Job:
    job.state, job.lease, job.lease_until = State.WORKING, uuid4(), now + LEASE
    job.attempts += 1
    job.rows_done = 0
    job.save(update_fields=["state", "lease", "lease_until", "attempts", "rows_done"])
    return job


@contextmanager
def kept(job: Job) -> Iterator[None]:
    """Prolong the lease while its worker is at the job, so that work that takes long without a word
    of progress is not begun once more beside it."""
    over = Event()
    beside = Thread(target=_prolong, args=(job, over), daemon=True)
    beside.start()
    try:
        yield
    finally:
        over.set()
        beside.join()


def _prolong(job: Job, over: Event) -> None:
    """Not for ever: about when the last one lapses, Celery has ended the process."""
    ends = time.monotonic() + settings.CELERY_TASK_SOFT_TIME_LIMIT
    while not over.wait(LEASE.total_seconds() / 3) and time.monotonic() < ends:
        with suppress(OperationalError, InterfaceError):  # it is back before the lease lapses
            held(job).update(lease_until=timezone.now() + LEASE)
        connections.close_all()


def held(job: Job) -> QuerySet[Job]:
    """The job while the lease is its worker's own."""
    return Job.objects.filter(pk=job.pk, lease=job.lease, state=State.WORKING)


def begin_anew(job: Job) -> None:
    """Whatever was begun is undone; the worker goes on. Raises `LeaseLostError`."""
    if not held(job).update(lease_until=timezone.now() + LEASE, rows_done=0):
        raise LeaseLostError


def let_go(job: Job, state: str, **values: Any) -> None:
    """The worker's last write to a job that does not end. Raises `LeaseLostError`."""
    if not held(job).update(state=state, lease=None, lease_until=None, **values):
        raise LeaseLostError


def end_held(job: Job, state: str, now: datetime, **values: Any) -> None:
    """The worker's last write to a job that ends. Raises `LeaseLostError`."""
    if not end_where(held(job), job, state, now, **values):
        raise LeaseLostError


class Progress:
    """How far a worker is, told over a connection of its own.

    What is written stays invisible until all of it is, and what is read is read in one
    transaction: it is open all the time, so its own connection can tell nobody anything.
    """

    def __init__(self, job: Job, connection: Any) -> None:
        self.job = job
        self.connection = connection
        self.done = self.total = 0

    def start(self, total: int) -> None:
        self.total = total
        self.add(0)

    def add(self, rows: int) -> None:
        """Write down that so many more rows are done and prolong the lease.

        Raises `LeaseLostError`.
        """
        self.done += rows
        self.total = max(self.done, self.total)  # somebody may have come meanwhile
        with self.connection.cursor() as cursor:
            cursor.execute(
                "UPDATE jobs_job SET rows_done = %s, rows_total = %s, lease_until = %s"
                " WHERE id = %s AND lease = %s",
                [self.done, self.total, timezone.now() + LEASE, self.job.pk, str(self.job.lease)],
            )
            if not cursor.rowcount:
                raise LeaseLostError


@contextmanager
def progress_of(job: Job) -> Iterator[Progress]:
    beside = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        yield Progress(job, beside)
    finally:
        beside.close()
