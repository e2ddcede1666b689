"""kill -9 in the middle of loading, with a real process: nothing half, and it goes on."""

import os
import signal
import subprocess
import sys
from time import monotonic, sleep
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from diedie_edu.jobs.actions import leases
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists.actions import imports
from diedie_edu.lists.models import ImportJob
from diedie_edu.people.models import Resident, Volunteer
from tests.people.conftest import VOLUNTEERS

pytestmark = pytest.mark.django_db(transaction=True)
START = 120.0  # seconds; a whole Django starts, on a machine that may be busy


def start_worker() -> subprocess.Popen:
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return subprocess.Popen(
        [sys.executable, "manage.py", "run_jobs", "--once"],
        env=os.environ | {"DATABASE_URL": url.geturl(), "MEDIA_ROOT": str(settings.MEDIA_ROOT)},
        stderr=subprocess.DEVNULL,
    )


def wait_until_it_stands_before_our_lock(worker: subprocess.Popen) -> None:
    deadline = monotonic() + START
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT count(*) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
            assert worker.poll() is None, "the worker ended before it came to the lock"
            assert monotonic() < deadline, "the worker never came to the lock"
            sleep(0.02)


def test_a_killed_worker_leaves_nothing_and_another_one_finishes(checked, topic, staff_user):
    staff_user.is_superuser = True  # whose rights stand in no other table
    staff_user.save()
    job = checked(VOLUNTEERS, ["陈建城", "13812345678", "专家", str(topic)], kind="volunteers")
    imports.confirm_import(job=job)
    with transaction.atomic():
        with connection.cursor() as cursor:  # roles are matched last, after all else is written
            cursor.execute("LOCK TABLE accounts_rolegrant IN ACCESS EXCLUSIVE MODE")
        worker = start_worker()
        wait_until_it_stands_before_our_lock(worker)
        assert ImportJob.objects.get().rows_done == 1
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()

    assert not Volunteer.objects.exists()
    assert not Resident.objects.filter(full_name="陈建城").exists()
    assert not run_next(timezone.now()), "its lease has not lapsed"
    assert run_next(timezone.now() + 2 * leases.LEASE)
    job.refresh_from_db()
    assert (job.status, Volunteer.objects.count()) == ("done", 1)
