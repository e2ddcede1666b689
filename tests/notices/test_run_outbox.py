"""The loop that needs neither Redis nor Celery."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from pytest_django import Settings

from diedie_edu.notices import outbox, tasks
from diedie_edu.notices.management.commands import run_outbox
from diedie_edu.notices.models import Channel, Notice, Status, Tick


@pytest.mark.django_db
def test_once_is_one_round(make_notice: Callable[..., Notice], clock: object) -> None:
    make_notice(channel=Channel.INBOX)
    call_command("run_outbox", once=True)
    assert Notice.objects.get().status == Status.DELIVERED
    assert Tick.objects.filter(part="tick").exists()


@pytest.mark.django_db
def test_the_tasks_do_the_same(make_notice: Callable[..., Notice], clock: object) -> None:
    make_notice(channel=Channel.INBOX)
    tasks.deliver()
    assert Notice.objects.get().status == Status.DELIVERED
    tasks.tick()
    assert Tick.objects.filter(part="tick").exists()


@pytest.mark.django_db
def test_it_ticks_now_and_then_and_delivers_in_between(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.NOTICE_DELIVER_SECONDS, settings.NOTICE_TICK_SECONDS = 0, 3600
    stopping, rung = threading.Event(), []

    def ring(name: str) -> None:
        rung.append(name)
        if len(rung) == 4:
            stopping.set()

    monkeypatch.setattr(outbox, "tick", lambda: ring("tick"))
    monkeypatch.setattr(outbox, "deliver", lambda: ring("deliver"))
    run_outbox.run_until(stopping)
    assert rung == ["tick", "deliver", "deliver", "deliver"]


@pytest.mark.django_db
def test_it_outlives_a_database_that_is_away(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.NOTICE_DELIVER_SECONDS = 0
    stopping, rounds = threading.Event(), []

    def away() -> None:
        rounds.append(1)
        if len(rounds) == 3:
            stopping.set()
        raise OperationalError

    monkeypatch.setattr(outbox, "tick", away)
    monkeypatch.setattr(outbox, "deliver", away)
    run_outbox.run_until(stopping)
    assert len(rounds) == 3


@pytest.mark.django_db(transaction=True)
def test_it_stops_cleanly_when_asked(settings: Settings) -> None:
    environment = os.environ | {
        "DATABASE_URL": _url(),
        "CELERY_BROKER_URL": "redis://127.0.0.1:9/0",
        "NOTICE_DELIVER_SECONDS": "0.05",
    }
    command = [sys.executable, "manage.py", "run_outbox"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not Tick.objects.filter(part="tick").exists():
            pass
        process.send_signal(signal.SIGTERM)
        _out, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, b"")


def _url() -> str:
    given = connection.settings_dict
    host = given["OPTIONS"].get("host") or given["HOST"]
    return f"postgres://{given['USER']}@/{given['NAME']}?host={host}"
