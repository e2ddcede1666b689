"""Two workers, two taps, a worker that dies: each job is done once, whole or not at all."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from diedie_edu.jobs.actions import leases
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists.actions import imports
from diedie_edu.lists.models import ImportJob
from diedie_edu.people.models import Household, Resident
from tests.people.conftest import CHEN, RESIDENTS, WANG
from tests.support.races import meanwhile, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ready(checked) -> ImportJob:
    return checked(RESIDENTS, CHEN, WANG)


@pytest.fixture
def loading(ready) -> ImportJob:
    imports.confirm_import(job=ready)
    ready.refresh_from_db()
    return ready


def people() -> int:
    return Resident.objects.filter(account=None).count()


def test_two_workers_claim_one_job_once(upload, now):
    upload(RESIDENTS, CHEN)

    claims = together(*[lambda: leases.claim(now)] * 4)

    assert sum(claim is not None for claim in claims) == 1


def test_two_workers_claim_two_jobs(upload, now):
    first, second = upload(RESIDENTS, CHEN), upload(RESIDENTS, WANG)

    claims = together(*[lambda: leases.claim(now)] * 2)

    assert sorted(job.pk for job in claims) == [first.pk, second.pk]


def test_without_the_row_lock_two_workers_claim_one_job(upload, now, monkeypatch):
    """The negative control: what the lock is there for."""
    upload(RESIDENTS, CHEN)
    query = type(ImportJob.objects.all())
    monkeypatch.setattr(query, "select_for_update", lambda found, **_options: found)
    monkeypatch.setattr(leases, "_count_alone", lambda: None)
    with transaction.atomic():
        assert leases.claim(now)
        other = meanwhile(lambda: leases.claim(now))

    assert other.result() is not None


def test_a_held_job_is_free_again_when_its_lease_has_lapsed(upload, now):
    upload(RESIDENTS, CHEN)
    leases.claim(now)

    assert leases.claim(now + leases.LEASE) is None
    assert leases.claim(now + leases.LEASE + timedelta(seconds=1)) is not None


def test_a_job_that_keeps_ending_its_workers_is_given_up(upload, now):
    job = upload(RESIDENTS, CHEN)
    for _attempt in range(leases.MAX_ATTEMPTS):
        assert leases.claim(now)
        now += leases.LEASE + timedelta(seconds=1)

    assert leases.claim(now) is None
    job.refresh_from_db()
    assert (job.status, job.content) == ("failed", None)


def test_two_taps_on_confirm_load_the_list_once(ready, now):
    assert sorted(together(*[lambda: imports.confirm_import(job=ready)] * 2)) == [False, True]
    assert sum(together(*[lambda: run_next(now)] * 2)) == 1

    ready.refresh_from_db()
    assert (ready.status, ready.rows_new, people()) == ("done", 2, 2)
    assert not imports.confirm_import(job=ready)


def test_a_discarded_list_cannot_be_loaded(ready, now):
    assert imports.discard_import(job=ready, now=now)

    assert not imports.confirm_import(job=ready)
    ready.refresh_from_db()
    assert (ready.status, ready.content, ready.preview) == ("discarded", None, {})


def test_progress_is_seen_while_nothing_is_in_the_register_yet(loading, now, monkeypatch):
    seen = []

    def look(progress, rows, add=leases.Progress.add):
        add(progress, rows)
        look = lambda: (ImportJob.objects.get().rows_done, people())  # noqa: E731
        seen.append(meanwhile(look).result())

    monkeypatch.setattr("diedie_edu.lists.actions.copying.BATCH", 1)
    monkeypatch.setattr(leases.Progress, "add", look)
    run_next(now)

    assert seen == [(0, 0), (0, 0), (1, 0), (2, 0)]
    assert people() == 2


def test_an_error_in_the_middle_leaves_nothing_and_is_tried_again(loading, now, monkeypatch):
    def fail_after_the_first(progress, rows):
        if people():
            raise RuntimeError

    monkeypatch.setattr("diedie_edu.lists.actions.copying.BATCH", 1)
    monkeypatch.setattr(leases.Progress, "add", fail_after_the_first)
    run_next(now)
    loading.refresh_from_db()
    assert (loading.status, loading.lease, people()) == ("loading", None, 0)
    assert not Household.objects.exists()

    monkeypatch.undo()
    run_next(now)
    assert people() == 2


def test_what_stops_a_worker_is_logged_without_the_row(loading, now, monkeypatch, caplog):
    def fail(progress, rows):
        Resident.objects.create(full_name="", phone=CHEN[3])

    monkeypatch.setattr(leases.Progress, "add", fail)
    run_next(now)

    assert caplog.messages == [f"job {loading.pk} stopped: IntegrityError"]
    assert caplog.records[0].exc_info is None


def test_somebody_who_edits_the_register_is_waited_for_and_not_written_over(
    loading, now, monkeypatch
):
    monkeypatch.setattr("diedie_edu.lists.actions.loading.WAIT_FOR_REGISTER", "50ms")
    with transaction.atomic():
        Resident.objects.create(full_name="陈建城", phone=CHEN[3])
        worker = meanwhile(lambda: run_next(now))
        worker.result()

    loading.refresh_from_db()
    assert (loading.status, loading.attempts, people()) == ("loading", 0, 1)
    run_next(now)
    loading.refresh_from_db()
    assert (loading.status, people()) == ("faulty", 1)
    assert "somebody entered something here" in loading.faults[0]["message"].lower()


def test_a_list_that_no_longer_fits_the_register_is_not_loaded(loading, now):
    for _twin in range(2):
        Resident.objects.create(full_name="陈建城", phone=CHEN[3])

    run_next(now)

    loading.refresh_from_db()
    assert (loading.status, loading.content, people()) == ("faulty", None, 2)
    assert "Several people in the register fit" in loading.faults[0]["message"]


def test_reading_and_signing_up_go_on_while_a_list_is_loaded(loading, now, monkeypatch):
    before = Resident.objects.create(full_name="王芳")

    def meanwhile_somebody_signs_up(progress, rows):
        lock = lambda: list(  # noqa: E731
            Resident.objects.select_for_update(no_key=True).filter(pk=before.pk)
        )
        with connection.cursor():
            assert meanwhile(transaction.atomic(lock)).result() == [before]

    monkeypatch.setattr(leases.Progress, "add", meanwhile_somebody_signs_up)
    run_next(now)

    assert people() == 3


def test_unconfirmed_lists_and_old_faults_are_erased(checked, ready, now):
    faulty = checked(RESIDENTS, ["陈", "", "", "", ""])
    ImportJob.objects.update(asked_at=now - timedelta(hours=25))
    ImportJob.objects.filter(pk=faulty.pk).update(ended_at=now - timedelta(hours=25))

    imports.tidy(now)

    ready.refresh_from_db()
    faulty.refresh_from_db()
    assert (ready.status, ready.content) == ("discarded", None)
    assert (faulty.status, faulty.faults, faulty.faults_total) == ("faulty", [], 1)


def test_a_long_file_name_keeps_its_extension(upload):
    job = upload(RESIDENTS, CHEN, file_name="名" * 200 + ".xlsx")

    assert len(job.title) == 120
    assert job.title.endswith("名.xlsx")
