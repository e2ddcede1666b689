"""A worker that was taken over writes nothing more of an import: in fixed order, write by write."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from diedie_edu.jobs.actions import leases
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.jobs.models import Job
from diedie_edu.lists.actions import imports, loading
from diedie_edu.lists.models import ImportJob
from diedie_edu.people.models import Resident
from tests.conftest import NOW
from tests.people.conftest import CHEN, RESIDENTS, WANG
from tests.support.races import meanwhile

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]
Patch = pytest.MonkeyPatch
LATER = NOW + timedelta(days=1)


@pytest.fixture
def confirmed(checked: Callable[..., ImportJob]) -> ImportJob:
    job = checked(RESIDENTS, CHEN, WANG)
    imports.confirm_import(job=job)
    return job


def taken_over_before(monkeypatch: Patch, place: object, name: str, call: int = 1) -> list[Job]:
    """Another worker takes the job right before a certain call of a function of the first."""
    original, takers, calls = getattr(place, name), [], []

    def late(*args: Any, **named: Any) -> Any:
        calls.append(name)
        if len(calls) == call:
            takers.append(meanwhile(lambda: leases.claim(LATER)).result())
        return original(*args, **named)

    monkeypatch.setattr(place, name, late)
    return takers


def people() -> int:
    return Resident.objects.filter(account=None).count()


def held_by(taker: Job) -> bool:
    """As it was when it took over: nobody has written to the job since."""
    columns = ["state", "lease", "lease_until", "rows_done", "rows_total"]
    now = Job.objects.get()
    return all(getattr(now, name) == getattr(taker, name) for name in columns)


def without_lease(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=Job.State.WORKING)


def add_without_lease(progress: leases.Progress, rows: int) -> None:
    with progress.connection.cursor() as cursor:
        until: datetime = NOW + leases.LEASE
        cursor.execute(
            "UPDATE jobs_job SET lease_until = %s WHERE id = %s", [until, progress.job.pk]
        )


# --- When it notes how far it is -------------------------------------------------------


def test_it_stops_at_its_next_note_and_prolongs_no_lease_of_another(confirmed, monkeypatch):
    takers = taken_over_before(monkeypatch, leases.Progress, "add", call=2)
    monkeypatch.setattr(loading, "_end", lambda *_args, **_found: pytest.fail("it went on"))
    run_next(NOW)
    assert people() == 0
    assert held_by(takers[0])


def test_control_a_note_without_the_lease_is_written_over_the_other_worker(confirmed, monkeypatch):
    monkeypatch.setattr(leases.Progress, "add", add_without_lease)
    takers = taken_over_before(monkeypatch, leases.Progress, "add", call=2)
    run_next(NOW)
    assert not held_by(takers[0])


# --- When it settles what it has found -------------------------------------------------


def test_what_it_found_is_not_shown_once_another_checks(upload, monkeypatch):
    upload(RESIDENTS, CHEN)
    takers = taken_over_before(monkeypatch, loading, "_find")
    run_next(NOW)
    assert held_by(takers[0])
    assert ImportJob.objects.get().preview == {}


def test_control_settled_without_the_lease_the_other_loses_its_job(upload, monkeypatch):
    upload(RESIDENTS, CHEN)
    monkeypatch.setattr(leases, "held", without_lease)
    takers = taken_over_before(monkeypatch, loading, "_find")
    run_next(NOW)
    assert not held_by(takers[0])
    assert ImportJob.objects.get().preview != {}


# --- When it settles what it has loaded ------------------------------------------------


def test_what_it_loaded_is_undone_once_another_loads(confirmed, monkeypatch):
    takers = taken_over_before(monkeypatch, loading, "end_held")
    run_next(NOW)
    assert people() == 0
    assert held_by(takers[0])

    monkeypatch.undo()
    run_next(LATER + timedelta(days=1))
    confirmed.refresh_from_db()
    assert (confirmed.status, people()) == ("done", 2)


def test_control_loaded_without_the_lease_it_stays(confirmed, monkeypatch):
    monkeypatch.setattr(leases, "held", without_lease)
    takers = taken_over_before(monkeypatch, loading, "end_held")
    run_next(NOW)
    assert not held_by(takers[0])
    assert people() == 2


# --- When a check finds that it cannot be loaded ---------------------------------------


def test_a_refusal_ends_no_job_of_another(upload, monkeypatch):
    upload(RESIDENTS, ["陈", "", "", "", ""])
    takers = taken_over_before(monkeypatch, loading, "end_held")
    run_next(NOW)
    assert held_by(takers[0])
    assert ImportJob.objects.get().faults == []


def test_control_a_refusal_without_the_lease_ends_the_job_of_another(upload, monkeypatch):
    upload(RESIDENTS, ["陈", "", "", "", ""])
    monkeypatch.setattr(leases, "held", without_lease)
    takers = taken_over_before(monkeypatch, loading, "end_held")
    run_next(NOW)
    assert not held_by(takers[0])
