"""What a worker does with a job: check the list, or load it."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import translation

from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.reader import Table, read_table
from diedie_edu.lists.actions.findings import (
    fault_of_file,
    faults_of_table,
    preview_of,
    refuse_id_numbers,
)
from diedie_edu.lists.actions.jobs import (
    LeaseLostError,
    Status,
    claim_import,
    ended,
    progress_of,
    settle,
)
from diedie_edu.lists.kinds import ListKind, list_kind
from diedie_edu.lists.models import ImportJob
from diedie_edu.lists.plans import FaultyListError, ListPlan

logger = logging.getLogger(__name__)

WAIT_FOR_REGISTER = "5s"


class RegisterBusyError(Exception):
    """Somebody else is writing to the register for longer than this import may wait."""


def run_next_import(now: datetime) -> bool:
    """Do one step of one job; False where no job waits.

    Nothing of what went wrong is logged but its kind: the words of a database error quote
    the row.
    """
    job = claim_import(now)
    if job is None:
        return False
    try:
        with translation.override(job.language), _without_looking_for_garbage():
            STEPS[job.status](job, now)
    except LeaseLostError:
        logger.warning("import %s is no longer this worker's", job.pk)
    except RegisterBusyError:
        _let_go(job, attempts=job.attempts - 1)
    except Exception as error:
        logger.error("import %s stopped: %s", job.pk, type(error).__name__)
        _let_go(job)
    return True


def _let_go(job: ImportJob, **values: Any) -> None:
    """Leave the job to the next tick."""
    with suppress(LeaseLostError):
        settle(job, **values)


def check_list(job: ImportJob, now: datetime) -> None:
    """Find every fault, or count what would change and keep the first rows to show."""
    try:
        kind = list_kind(job.kind)
        plan = kind.plan(_read(job, kind, now), job.uploaded_by, now)
        plan.rehearse(job.uploaded_by, now)
        _refuse_faults(plan)
        preview = preview_of(plan)
    except (Refused, FaultyListError) as error:
        settle(job, **ended(Status.FAULTY, now), **_faults_of(error))
    else:
        settle(job, status=Status.READY, attempts=0, preview=preview, **plan.counts())


def load_list(job: ImportJob, now: datetime) -> None:
    """Load all or nothing, after the same check once more: the register has lived meanwhile."""
    try:
        kind = list_kind(job.kind)
        table = _read(job, kind, now)
        with progress_of(job) as progress, transaction.atomic():
            progress.start(len(table.rows))
            _lock_tables(kind)
            plan = kind.plan(table, job.uploaded_by, now)
            _refuse_faults(plan)
            plan.write(progress.add, job.uploaded_by, now)
            settle(job, **ended(Status.DONE, now), **plan.counts())
    except (Refused, FaultyListError) as error:
        settle(job, **ended(Status.FAULTY, now), **_faults_of(error))


STEPS: dict[str, Callable[[ImportJob, datetime], None]] = {
    Status.CHECKING: check_list,
    Status.LOADING: load_list,
}


@contextmanager
def _without_looking_for_garbage() -> Iterator[None]:
    """A list is a few hundred thousand small objects that all live until it is done.

    Looking through them again and again for what could be thrown away took a third of the
    time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _read(job: ImportJob, kind: ListKind, now: datetime) -> Table:
    columns, content = kind.columns(local_day(now)), bytes(job.content or b"")
    table = read_table(content, columns, max_rows=kind.max_rows)
    refuse_id_numbers(table)
    return table


def _refuse_faults(plan: ListPlan) -> None:
    if plan.table.faults:
        raise FaultyListError(plan.table)


def _faults_of(error: Refused | FaultyListError) -> dict[str, Any]:
    return fault_of_file(error) if isinstance(error, Refused) else faults_of_table(error.table)


def _lock_tables(kind: ListKind) -> None:
    """Nobody adds or changes people between the last look and the last write.

    Reading goes on, and so do sign-ups, which write no people. It lasts a second or two.
    """
    if not kind.locked_tables:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{WAIT_FOR_REGISTER}'")
            cursor.execute(
                f"LOCK TABLE {', '.join(kind.locked_tables)} IN SHARE ROW EXCLUSIVE MODE"
            )
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    except OperationalError as error:
        raise RegisterBusyError from error
