"""The database restarts under a job, again and again: it ends once, with one result."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import timedelta
from functools import partial
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from diedie_edu.files.models import StoredFile
from diedie_edu.jobs.actions import leases, run
from diedie_edu.jobs.models import Job
from diedie_edu.people.models import Resident
from tests.conftest import new_user
from tests.support.races import PATIENCE, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)
STANDS_BEFORE_US = (
    "SELECT {} FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))"
)


@pytest.fixture
def job(ask: Callable[..., Job]) -> Job:
    return ask()


def interrupted(times: int) -> Future:
    """A worker at a job, interrupted so often when it has come to its rows."""
    with transaction.atomic():
        asked("LOCK TABLE people_resident IN ACCESS EXCLUSIVE MODE")
        worker = meanwhile(partial(run.run_next, timezone.now()))
        for _time in range(times):
            interrupt()
    return worker


def interrupt() -> None:
    """The server ends the connection that waits for us, as it does when it is told to stop."""
    deadline = monotonic() + PATIENCE
    while not (found := asked(STANDS_BEFORE_US.format("pid"))):
        assert monotonic() < deadline, "nobody came to what is locked"
        sleep(0.01)
    assert asked(STANDS_BEFORE_US.format("pg_terminate_backend(pid)")) == [True]
    while asked(STANDS_BEFORE_US.format("pid")) == found:
        sleep(0.01)


def asked(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(statement)
        return [row[0] for row in cursor.fetchall()] if cursor.description else []


def ended(job: Job) -> tuple[str, int, int]:
    job.refresh_from_db()
    return job.state, job.attempts, StoredFile.objects.filter(kind="job_result").count()


def test_a_job_outlives_three_restarts_and_ends_once(job: Job) -> None:
    new_user()
    assert interrupted(3).result(PATIENCE)
    assert ended(job) == ("done", 1, 1)
    assert job.rows_done == job.rows_total == Resident.objects.count() == 2
    assert not run.run_next(timezone.now()), "it is not done once more"


def test_the_lease_is_kept_through_a_restart(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=0.3))
    with leases.kept(leases.claim(timezone.now())):
        with transaction.atomic():
            Job.objects.select_for_update().get()
            interrupt()
        prolonged = timezone.now() + leases.LEASE
        deadline = monotonic() + PATIENCE
        while not Job.objects.filter(lease_until__gt=prolonged).exists():
            assert monotonic() < deadline, "nobody prolongs it any more"
            sleep(0.01)


def test_control_a_start_that_outlives_none_is_given_up(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As that of a job is which brings the database down each time."""
    monkeypatch.setattr(run, "was_lost", lambda _error: False)
    for start in (1, 2, 3):
        assert interrupted(1).result(PATIENCE)
        assert ended(job) == ("queued", start, 0)
    assert not run.run_next(timezone.now())
    assert ended(job) == ("failed", 3, 0)
