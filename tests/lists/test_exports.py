"""Lists on their way out: short ones at once, long ones by a worker."""

import os
import signal
import tracemalloc
from tempfile import TemporaryFile

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from diedie_edu.common.postgres.base import DatabaseWrapper
from diedie_edu.common.spreadsheets.columns import Column
from diedie_edu.common.spreadsheets.opening import sheets_in
from diedie_edu.common.spreadsheets.workbooks import save_list
from diedie_edu.files.actions import store
from diedie_edu.files.models import StoredFile
from diedie_edu.jobs.actions import asking, leases
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.jobs.models import Job
from diedie_edu.lists.actions import exports
from diedie_edu.people.models import Resident
from tests.conftest import NOW
from tests.lists.test_killed import start_worker, wait_until_it_stands_before_our_lock
from tests.support.exports import REASON, written
from tests.support.races import meanwhile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
ADDRESS = "/people/export/residents.xlsx"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files(media) -> list:
    return [path for path in media.rglob("*") if path.is_file()]


@pytest.fixture
def desk(as_user, staff_user):
    return as_user(staff_user)


@pytest.fixture
def asked(desk, monkeypatch) -> Job:
    """Three people in chunks of one, which are too many for at once."""
    for name in ("陈建城", "王芳"):
        Resident.objects.create(full_name=name, phone="13812345678")
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    monkeypatch.setattr(exports, "CHUNK", 1)
    answer = desk.post(ADDRESS, REASON)
    job = Job.objects.get()
    assert answer.url == reverse("jobs:job", args=[job.pk])
    return job


def test_a_long_list_is_asked_for_by_a_button(desk, asked):
    page = desk.get(ADDRESS)

    assert page["Content-Type"].startswith("text/html")
    assert "3" in page.text
    assert "<button" in page.text


def test_a_long_list_holds_what_a_short_one_does(desk, asked, monkeypatch, clock):
    job = written(asked)
    monkeypatch.undo()
    at_once = desk.post(ADDRESS, REASON)

    assert (job.rows_done, job.rows_total) == (3, 3)
    assert rows_in(store.content_of(job.result)) == rows_in(at_once.content)
    assert len(rows_in(at_once.content)) == 4


def rows_in(content: bytes) -> list:
    [sheet] = sheets_in(content)
    return list(sheet.rows())


def test_part_of_a_list_that_is_gone_meanwhile_is_refused(desk, make_lecture, monkeypatch):
    lecture = make_lecture()
    monkeypatch.setattr(exports, "AT_ONCE", -1)
    desk.post(reverse("lists:export_of", args=["signups", lecture.pk, "csv"]), REASON)
    monkeypatch.setattr("diedie_edu.lists.actions.exports.found", lambda *_facts: None)

    assert written(Job.objects.get()).state == "refused"


@pytest.mark.django_db(transaction=True)
def test_the_rows_are_held_by_one_transaction_and_by_the_database(asked, monkeypatch):
    names = []
    chunked_cursor = DatabaseWrapper.chunked_cursor

    def noted(wrapper):
        cursor = chunked_cursor(wrapper)
        names.append(cursor.name)
        return cursor

    monkeypatch.setattr(DatabaseWrapper, "chunked_cursor", noted)
    run_next(timezone.now())

    assert names
    assert all(names)


@pytest.mark.django_db(transaction=True)
def test_an_error_in_the_middle_leaves_neither_file_nor_row(asked, monkeypatch, media, caplog):
    def fail_in_the_middle(progress, rows, add=leases.Progress.add):
        add(progress, rows)
        if progress.done >= 2:
            raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(leases.Progress, "add", fail_in_the_middle)
        run_next(timezone.now())
    asked.refresh_from_db()
    assert (asked.state, asked.attempts, StoredFile.objects.count()) == ("queued", 1, 0)
    assert caplog.messages == [f"job {asked.pk} stopped: RuntimeError"]
    assert files(media) == []

    run_next(timezone.now())
    asked.refresh_from_db()
    assert (asked.state, len(files(media))) == ("done", 1)


@pytest.mark.django_db(transaction=True)
def test_stopped_in_the_middle_it_stops_at_its_next_chunk(asked, monkeypatch, media):
    done = []

    def stop(progress, rows, add=leases.Progress.add):
        done.append(rows)
        if progress.done == 1:
            meanwhile(lambda: asking.cancel(job=asked, now=NOW)).result()
        add(progress, rows)

    monkeypatch.setattr(leases.Progress, "add", stop)
    run_next(timezone.now())

    asked.refresh_from_db()
    assert (asked.state, sum(done), files(media)) == ("cancelled", 2, [])


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_nothing_and_another_one_finishes(asked, media):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE people_resident IN ACCESS EXCLUSIVE MODE")
        worker = start_worker()
        wait_until_it_stands_before_our_lock(worker)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()

    assert files(media) == []
    assert not run_next(timezone.now()), "its lease has not lapsed"
    assert run_next(timezone.now() + 2 * leases.LEASE)
    asked.refresh_from_db()
    assert (asked.state, len(files(media))) == ("done", 1)


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_memory_does_not_grow_with_the_rows(extension):
    columns = [Column("a", "甲"), Column("b", "乙")]

    def peak(rows: int) -> int:
        lines = ({"a": f"{n}", "b": "陈建城" * 9} for n in range(rows))
        with TemporaryFile() as file:
            tracemalloc.start()
            save_list(file, extension, columns, lines, sheet="x")
            found = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return found

    peak(10)  # what is imported once
    assert peak(3000) < peak(300) + 300_000
