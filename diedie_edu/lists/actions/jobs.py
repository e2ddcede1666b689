"""The life of an import: who holds it, how far it is, how it ends.

The database is the truth: a worker holds a job by a lease, and every write of the worker
asks whether the lease is still its own. A worker that dies lets the lease lapse, and
another one starts the step anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Q
from django.utils import timezone

from diedie_edu.accounts.models import User
from diedie_edu.lists.models import ImportJob

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 3
LONGEST_NAME = 120
KEEP_UNCONFIRMED = KEEP_FINDINGS = timedelta(days=1)
Status = ImportJob.Status


class LeaseLostError(Exception):
    """The job was taken over or discarded meanwhile; whatever was begun must be undone."""


def accept_upload(
    *, kind: str, file_name: str, content: bytes, language: str, by: User
) -> ImportJob:
    """Keep the file until a worker's next tick; nothing is sent to the broker."""
    path = PurePath(file_name)
    return ImportJob.objects.create(
        kind=kind,
        file_name=f"{path.stem[: LONGEST_NAME - len(path.suffix)]}{path.suffix}"[:LONGEST_NAME],
        content=content,
        language=language,
        uploaded_by=by,
    )


def confirm_import(*, job: ImportJob) -> bool:
    """Hand a checked list over for loading; False where that was done or discarded before."""
    return _from_ready(job, status=Status.LOADING, rows_done=0, attempts=0, lease_until=None)


def discard_import(*, job: ImportJob, now: datetime) -> bool:
    """Erase a checked list unloaded; False where it was loaded or discarded before."""
    return _from_ready(job, **ended(Status.DISCARDED, now))


def _from_ready(job: ImportJob, **values: Any) -> bool:
    return bool(ImportJob.objects.filter(pk=job.pk, status=Status.READY).update(**values))


def ended(status: Status, now: datetime) -> dict[str, Any]:
    """The columns of a job that ends: the file goes, and the preview with it."""
    return {
        "status": status,
        "content": None,
        "preview": {},
        "lease_until": None,
        "ended_at": now,
    }


@transaction.atomic
def claim_import(now: datetime) -> ImportJob | None:
    """The oldest job that nobody works at, leased to the caller; None where there is none.

    A job that has ended MAX_ATTEMPTS workers is given up instead.
    """
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    waiting = ImportJob.objects.filter(free, status__in=ImportJob.AT_WORK).order_by("id")
    job = waiting.select_for_update(skip_locked=True, no_key=True).first()
    if job is not None and job.attempts >= MAX_ATTEMPTS:
        ImportJob.objects.filter(pk=job.pk).update(**ended(Status.FAILED, now))
        return claim_import(now)
    return job and _leased(job, now)


def _leased(job: ImportJob, now: datetime) -> ImportJob:
    job.lease_until = now + LEASE
    job.attempts += 1
    job.rows_done = 0
    job.save(update_fields=["lease_until", "attempts", "rows_done"])
    return job


def settle(job: ImportJob, **values: Any) -> None:
    """The worker's last write to its job. Raises `LeaseLostError` where it is no longer its own."""
    mine = ImportJob.objects.filter(pk=job.pk, status=job.status, lease_until=job.lease_until)
    if not mine.update(**{"lease_until": None, **values}):
        raise LeaseLostError


class Progress:
    """How far a worker is, told over a connection of its own.

    What is loaded stays invisible until all of it is: the loading transaction is open all
    the time, so its own connection can tell nobody anything.
    """

    def __init__(self, job: ImportJob, connection: Any) -> None:
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
        until = timezone.now() + LEASE
        with self.connection.cursor() as cursor:
            cursor.execute(
                "UPDATE lists_importjob SET rows_done = %s, rows_total = %s, lease_until = %s"
                " WHERE id = %s AND status = %s AND lease_until = %s",
                [self.done, self.total, until, self.job.pk, self.job.status, self.job.lease_until],
            )
            if not cursor.rowcount:
                raise LeaseLostError
        self.job.lease_until = until


@contextmanager
def progress_of(job: ImportJob) -> Iterator[Progress]:
    beside = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        yield Progress(job, beside)
    finally:
        beside.close()


def tidy_imports(now: datetime) -> None:
    """Discard what nobody confirmed within a day, and erase faults that are a day old."""
    ImportJob.objects.filter(status=Status.READY, uploaded_at__lt=now - KEEP_UNCONFIRMED).update(
        **ended(Status.DISCARDED, now)
    )
    ImportJob.objects.filter(ended_at__lt=now - KEEP_FINDINGS).exclude(faults=[]).update(faults=[])
