"""When each task ran last stands in the database; beat begins with what is due."""

from datetime import datetime, timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from celery.fixups.django import DjangoWorkerFixup
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection

from diedie_edu.accounts.actions import tries
from diedie_edu.celery import app
from diedie_edu.files import tasks as of_files
from diedie_edu.keeping.actions import runs
from diedie_edu.keeping.models import Run
from diedie_edu.notices.beat import Beat
from diedie_edu.notices.queries.state import health
from tests.conftest import NOW
from tests.support.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
HOURLY = {name for name, bell in settings.CELERY_BEAT_SCHEDULE.items() if bell["schedule"] == 3600}


class Started(Beat):
    """Beat as its command starts it; it notes its bells in place of publishing them."""

    producer = None

    def __init__(self) -> None:
        self.rung: list[str] = []
        super().__init__(app, schedule={})

    def apply_entry(self, entry: object, producer: object = None) -> None:
        self.rung.append(entry.name)

    def first(self) -> set[str]:
        while self.tick() == 0:
            pass
        return set(self.rung)


def ran(name: str, at: datetime) -> None:
    Run.objects.update_or_create(name=name, defaults={"ran_at": at})


def test_what_never_ran_is_rung_at_once() -> None:
    assert Started().first() >= HOURLY


def test_after_a_restart_nothing_waits_an_hour_that_was_due() -> None:
    for name in HOURLY:
        ran(name, NOW - 20 * MINUTE)
    ran("sweep", NOW - 61 * MINUTE)
    assert Started().first() & HOURLY == {"sweep"}


def test_what_is_not_due_yet_comes_an_hour_after_its_last_run(
    clock: time_machine.Traveller,
) -> None:
    for name in HOURLY:
        ran(name, NOW - 50 * MINUTE)
    beat = Started()
    assert not beat.first() & HOURLY
    clock.shift(11 * MINUTE)
    assert beat.first() >= HOURLY


def test_a_run_that_lies_ahead_counts_as_none() -> None:
    for name in HOURLY:
        ran(name, NOW + 3 * HOUR)
    assert Started().first() >= HOURLY


def test_a_task_is_noted_when_it_ends() -> None:
    of_files.sweep()
    assert Run.objects.get(name="sweep").ran_at == NOW


def test_a_task_that_fails_is_noted_too_until_it_runs_again() -> None:
    ran("sweep", NOW - HOUR)
    with pytest.raises(ZeroDivisionError), runs.noted("sweep"):
        1 / 0  # noqa: B018
    assert Run.objects.get(name="sweep").failed_at == NOW
    assert Run.objects.get(name="sweep").ran_at == NOW - HOUR
    assert "sweep" in health(NOW).wrong
    of_files.sweep()
    assert Run.objects.get(name="sweep").failed_at is None


def test_upkeep_is_done_by_one_worker_at_a_time() -> None:
    with runs.held_alone("sweep", 930):
        together(of_files.sweep)
        assert Run.objects.get(name="sweep").ran_at is None
    of_files.sweep()
    assert Run.objects.get(name="sweep") == Run(name="sweep", ran_at=NOW)
    assert Run.objects.get(name="sweep").held_until is None


def test_a_worker_that_was_killed_is_not_waited_for_longer_than_it_could_live(
    clock: time_machine.Traveller,
) -> None:
    Run.objects.create(name="sweep", held_until=NOW + MINUTE)
    of_files.sweep()
    assert Run.objects.get(name="sweep").ran_at is None
    clock.shift(MINUTE)
    of_files.sweep()
    assert Run.objects.get(name="sweep").ran_at == NOW + MINUTE


def test_what_comes_every_few_seconds_is_done_by_several_at_once() -> None:
    with runs.held_alone("deliver", 180) as first, runs.held_alone("deliver", 180) as second:
        assert (first, second) == (True, True)


def test_a_bell_of_every_three_seconds_is_noted_once_a_minute(
    clock: time_machine.Traveller,
) -> None:
    runs.note_ran("deliver", NOW)
    runs.note_ran("deliver", NOW + timedelta(seconds=59))
    assert Run.objects.get().ran_at == NOW
    runs.note_ran("deliver", NOW + timedelta(seconds=61))
    assert Run.objects.get().ran_at == NOW + timedelta(seconds=61)
    runs.note_ran("deliver", NOW - HOUR)
    assert Run.objects.get().ran_at == NOW - HOUR


def test_health_tells_names_and_ages_alone() -> None:
    ran("sweep", NOW - 20 * MINUTE)
    ran("tidy", NOW - timedelta(hours=2, minutes=11))
    found = health(NOW)
    assert found.tasks["sweep"] == 1200
    assert found.tasks["deliver"] is None
    assert set(found.tasks) == set(settings.CELERY_BEAT_SCHEDULE)
    assert found.wrong == ["tidy"]
    assert (found.status, found.http_status) == ("degraded", 200)


def test_without_beat_a_command_does_what_is_due(capsys: pytest.CaptureFixture[str]) -> None:
    for name in HOURLY - {"sweep"}:
        ran(name, NOW - 20 * MINUTE)
    ran("carry_endings", NOW)
    call_command("run_due")
    assert capsys.readouterr().out == "sweep\n"
    call_command("run_due")
    assert capsys.readouterr().out == ""


def test_bells_share_a_connection() -> None:
    """What Celery does around a task lets it stand, and so does the next one."""
    fixup = DjangoWorkerFixup(app)
    of_files.sweep.apply()
    first = connection.connection
    fixup.close_database()
    of_files.sweep.apply()
    assert connection.connection is first


def test_a_connection_that_broke_is_not_used_again() -> None:
    of_files.sweep.apply()
    first = connection.connection
    with connection.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    of_files.sweep.apply()
    assert connection.connection is not first


def test_wrong_passwords_are_forgotten_without_another_visitor() -> None:
    old, young = (
        AccessAttempt.objects.create(ip_address="192.0.2.1", username=name, failures_since_start=1)
        for name in "ab"
    )
    AccessAttempt.objects.filter(pk=old.pk).update(attempt_time=NOW - timedelta(hours=25))
    tries.forget_old_tries(NOW)
    assert list(AccessAttempt.objects.all()) == [young]
