"""What a worker does with an import: check the list, or load it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from django.db import OperationalError, connection, transaction

from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.answers import Answers
from diedie_edu.common.spreadsheets.kept import kept_in
from diedie_edu.common.spreadsheets.reader import Table, read_table
from diedie_edu.jobs.actions.leases import State, end_held, let_go, progress_of
from diedie_edu.jobs.actions.run import TryLaterError
from diedie_edu.jobs.models import Job
from diedie_edu.lists.actions.findings import (
    check_answered,
    check_seen,
    fault_of_file,
    faults_of_table,
    preview_of,
)
from diedie_edu.lists.actions.imports import keep_what_may_stay
from diedie_edu.lists.actions.layouts import read_as
from diedie_edu.lists.kinds import ListKind, list_kind
from diedie_edu.lists.models import Hidden, ImportJob
from diedie_edu.lists.plans import FaultyListError, ListPlan

WAIT_FOR_REGISTER = "5s"


def run_import(job: Job, now: datetime) -> None:
    """One step of it: the check, or what was confirmed after it."""
    importing = ImportJob.objects.select_related("asked_by", "given").get(pk=job.pk)
    step = load_list if job.confirmed_at else check_list
    with _without_looking_for_garbage():
        try:
            step(importing, list_kind(importing.list_slug), now)
        except (Refused, FaultyListError) as error:
            _end(importing, State.REFUSED, now, **_faults_of(error))


def check_list(job: ImportJob, kind: ListKind, now: datetime) -> None:
    """Find every fault, or count what would change and keep the first rows to show. With hidden
    rows in the file, both with them and without them: whoever loads the list chooses."""
    whole = _checked(job, kind, now)
    plans = {Hidden.LOADED: whole}
    if whole.table.hidden and (rest := _without_hidden(job, kind, now)):
        plans[Hidden.LEFT_OUT] = rest
    right = {way: plan for way, plan in plans.items() if not plan.table.faults}
    if not right:
        raise FaultyListError(whole.table)
    with transaction.atomic():
        counts = next(iter(right.values())).counts()
        if whole.table.left_out or whole.table.keeps is not None:
            keep_what_may_stay(job, whole.table, now)
        _find(job, preview=preview_of(right), **counts)
        let_go(job, State.WAITING, attempts=0)


def _checked(job: ImportJob, kind: ListKind, now: datetime, *, is_short: bool = False) -> ListPlan:
    plan = kind.plan(_read(job, kind, now, without_hidden=is_short), job.asked_by, now)
    plan.rehearse(job.asked_by, now)
    plan.sees_whole = kind.sees_whole(job.asked_by)
    return plan


def _without_hidden(job: ImportJob, kind: ListKind, now: datetime) -> ListPlan | None:
    """None where nothing is left."""
    try:
        return _checked(job, kind, now, is_short=True)
    except Refused:
        return None


def load_list(job: ImportJob, kind: ListKind, now: datetime) -> None:
    """Load all or nothing, after the same check once more: the register has lived meanwhile."""
    table = _read(job, kind, now, without_hidden=job.leaves_hidden_out)
    with progress_of(job) as progress, transaction.atomic():
        progress.start(len(table.rows))
        _lock_tables(kind)
        plan = kind.plan(table, job.asked_by, now)
        _refuse_faults(plan)
        check_seen(plan, job.preview)
        check_answered(plan, job.preview)
        plan.write(progress.add, job.asked_by, now)
        _end(job, State.DONE, now, **plan.counts())


@transaction.atomic
def _end(job: ImportJob, state: str, now: datetime, **found: Any) -> None:
    end_held(job, state, now)
    _find(job, **found)


def _find(job: ImportJob, **found: Any) -> None:
    ImportJob.objects.filter(pk=job.pk).update(**found)


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


def _read(job: ImportJob, kind: ListKind, now: datetime, *, without_hidden: bool) -> Table:
    content = job.content or b""
    said = Answers(**{name: frozenset(rows) for name, rows in job.lines_said.items()})
    file = kept_in(content) if job.is_cells else content
    read = partial(
        read_table, file, max_rows=kind.max_rows, answers=said, without_hidden=without_hidden
    )
    return read_as(kind, read, local_day(now))


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
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{WAIT_FOR_REGISTER}'")
            cursor.execute(
                f"LOCK TABLE {', '.join(kind.locked_tables)} IN SHARE ROW EXCLUSIVE MODE"
            )
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    except OperationalError as error:
        raise TryLaterError from error
