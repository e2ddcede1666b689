"""Calls to the world outside end in time, whatever the other side does; and so does every task."""

import os
import re
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from diedie_edu.celery import app
from diedie_edu.common import outside
from diedie_edu.health import is_well
from diedie_edu.jobs.actions import leases
from diedie_edu.jobs.models import Job
from diedie_edu.notices.channels import sms_http
from diedie_edu.notices.channels.email import mailer
from diedie_edu.notices.channels.outcome import Letter
from diedie_edu.notices.checks import check_outbox_settings
from diedie_edu.notices.models import Reason, Status
from diedie_edu.notices.queries.state import broker_answers
from tests.support.dripping import dripping
from tests.support.taking import taking

LETTER = Letter(reference="r-1", address="13800138000", title="提醒", text="您好")
LIMIT = 0.3  # seconds
IN_TIME = 5.0  # on a busy machine; the server drips twice as long
A_HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"
A_TLS_RECORD = b"\x16\x03\x03\x3f\x00"
OPENED = b"220 mail\r\n"
MESSAGE_ID = re.compile(rb"Message-ID: (<\S+>)")


@pytest.fixture(autouse=True)
def limits(settings: Settings) -> None:
    settings.SMS_CONNECT_SECONDS = settings.SMS_READ_SECONDS = settings.EMAIL_TIMEOUT = LIMIT


@contextmanager
def in_time() -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < IN_TIME


# --- Text messages ---------------------------------------------------------------------


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\n", A_HEAD])
def test_a_gateway_that_drips_leaves_a_message_unknown(said: bytes, settings: Settings) -> None:
    with dripping(said) as port, in_time():
        settings.SMS_URL = f"http://127.0.0.1:{port}/"
        assert sms_http.send(LETTER).status == Status.UNKNOWN


def test_a_gateway_that_drips_is_asked_in_vain(settings: Settings) -> None:
    with dripping(A_HEAD) as port, in_time():
        settings.SMS_QUERY_URL = f"http://127.0.0.1:{port}/"
        assert sms_http.ask("r-1") is None


def test_before_a_connection_is_safe_nothing_has_left(settings: Settings) -> None:
    with dripping(A_TLS_RECORD) as port, in_time():
        settings.SMS_URL = f"https://127.0.0.1:{port}/"
        outcome = sms_http.send(LETTER)
    assert (outcome.status, outcome.reason) == (Status.QUEUED, Reason.NO_CONNECTION)


def test_a_name_that_is_looked_up_for_ever_ends_too(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: time.sleep(2 * IN_TIME))
    settings.SMS_URL = "http://gateway.example/"
    with in_time():
        assert sms_http.send(LETTER).status == Status.QUEUED


def test_with_a_time_for_each_byte_alone_it_would_last(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""
    monkeypatch.setattr(outside, "left", lambda: LIMIT)
    began = time.monotonic()
    with dripping(A_HEAD, for_seconds=5 * LIMIT) as port:
        settings.SMS_URL = f"http://127.0.0.1:{port}/"
        sms_http.send(LETTER)
    assert time.monotonic() - began > 4 * LIMIT


# --- E-mail ----------------------------------------------------------------------------


@pytest.fixture
def mail_server(settings: Settings) -> Callable[[int], None]:
    def use(port: int) -> None:
        settings.EMAIL_BACKEND = "diedie_edu.notices.channels.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port

    return use


@pytest.mark.parametrize("said", [b"", OPENED, OPENED + b"250-"])
def test_a_mail_server_that_drips_is_left_alone(
    said: bytes, mail_server: Callable[[int], None]
) -> None:
    with dripping(said) as port, in_time():
        mail_server(port)
        with mailer() as send:
            outcome = send(LETTER)
    assert (outcome.status, outcome.ailing) == (Status.QUEUED, True)


def test_a_letter_cut_off_before_its_answer_goes_once_more_under_the_same_number(
    mail_server: Callable[[int], None],
) -> None:
    """Never unknown: nobody need ask, for a mail program shows a number once."""
    with taking() as (port, letters):
        mail_server(port)
        for _try in range(2):
            with mailer() as send:
                assert send(LETTER).status == Status.QUEUED
    numbers = [number for letter in letters for number in MESSAGE_ID.findall(letter)]
    assert len(numbers) == 2
    assert len(set(numbers)) == 1


def test_one_over_tls_too(settings: Settings, mail_server: Callable[[int], None]) -> None:
    settings.EMAIL_USE_SSL = True
    with dripping(A_TLS_RECORD) as port, in_time():
        mail_server(port)
        with mailer() as send:
            assert send(LETTER).status == Status.QUEUED


def test_what_is_sent_without_the_outbox_ends_too(mail_server: Callable[[int], None]) -> None:
    with dripping(OPENED) as port, in_time():
        mail_server(port)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            mail.send_mail("x", "y", None, ["li@example.org"])


def test_mail_leaves_by_connections_that_end() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from diedie_edu import settings; print(settings.EMAIL_BACKEND)"],
        env=os.environ | {"EMAIL_URL": "smtp+tls://mail.example:587", "DEMO": "true"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "diedie_edu.notices.channels.smtp.EmailBackend"


# --- The broker, the health check ------------------------------------------------------


def test_a_broker_that_drips_does_not_answer() -> None:
    with dripping(b"+") as port, in_time():
        assert not broker_answers(f"redis://127.0.0.1:{port}/0")


def test_the_health_check_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    within = outside.within
    monkeypatch.setattr("diedie_edu.health.within", lambda _seconds: within(LIMIT))
    with dripping() as port, in_time():
        assert not is_well(f"http://127.0.0.1:{port}")


# --- Tasks and leases ------------------------------------------------------------------


LONG = {"diedie_edu.keeping.tasks.back_up_nightly": 3700}  # seconds: all there is, once a night


def test_every_task_has_its_limits() -> None:
    app.loader.import_default_modules()
    ours = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}
    assert len(ours) > 7
    for name, task in ours.items():
        soft = task.soft_time_limit or app.conf.task_soft_time_limit
        hard = task.time_limit or app.conf.task_time_limit
        assert soft < hard <= LONG.get(name, 1000), name


def test_a_call_ends_before_its_lease(settings: Settings) -> None:
    settings.EMAIL_TIMEOUT = settings.NOTICE_LEASE_SECONDS
    assert [found.id for found in check_outbox_settings()] == ["notices.E003"]


def test_a_job_is_held_until_its_process_is_ended() -> None:
    ending = app.conf.task_time_limit - app.conf.task_soft_time_limit
    assert timedelta(seconds=ending) < leases.LEASE * 2 / 3


@pytest.mark.django_db(transaction=True)
def test_a_job_that_says_nothing_for_long_is_not_begun_twice(
    held: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=3))
    with leases.kept(held):
        for _look in range(3):
            time.sleep(1.5)
            assert leases.claim(timezone.now()) is None


@pytest.mark.django_db(transaction=True)
def test_a_job_that_hangs_is_begun_anew(
    held: Job, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=0.3))
    settings.CELERY_TASK_SOFT_TIME_LIMIT = 0
    with leases.kept(held):
        time.sleep(0.4)
        assert leases.claim(timezone.now()) == held


@pytest.fixture
def held(staff_user: object, monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=0.3))
    Job.objects.create(kind="export", title="x", params={"list": "partners"}, asked_by=staff_user)
    job = leases.claim(timezone.now())
    assert job is not None
    return job
