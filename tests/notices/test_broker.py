"""A broker that refuses, keeps silent or was emptied concerns nobody who signs up."""

import socket
import time
from collections.abc import Callable
from datetime import datetime

import pytest
from kombu import Connection
from kombu.exceptions import OperationalError

from diedie_edu.activities.actions import seats
from diedie_edu.celery import app
from diedie_edu.notices.models import Notice
from diedie_edu.notices.tasks import tick
from diedie_edu.people.models import Resident
from residents_school.models import Lecture

pytestmark = pytest.mark.django_db


def _forbidden(*_: object, **__: object) -> None:
    raise AssertionError("A web request spoke to the broker.")


def test_signing_up_never_speaks_to_the_broker(
    make_lecture: Callable[..., Lecture],
    make_resident: Callable[..., Resident],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Connection, "__init__", _forbidden)
    monkeypatch.setattr(app, "send_task", _forbidden)
    resident = make_resident(phone="13800138000")
    seats.sign_up(activity=make_lecture(), resident=resident, by=None, now=now)
    assert Notice.objects.filter(recipient=resident).count() == 2


def test_with_a_silent_broker_telling_takes_its_normal_time(
    make_lecture: Callable[..., Lecture],
    make_resident: Callable[..., Resident],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setattr(app.conf, "broker_url", f"redis://127.0.0.1:{port}/0")
        began = time.monotonic()
        seats.sign_up(activity=make_lecture(), resident=make_resident(), by=None, now=now)
        assert time.monotonic() - began < 10
        silent.settimeout(0.05)
        with pytest.raises(TimeoutError):  # nobody as much as knocked
            silent.accept()


@pytest.mark.parametrize("silent", [True, False])
def test_even_beat_gives_up_on_a_broker_in_seconds(silent: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1] if silent else 9
        with app.connection_for_write(f"redis://127.0.0.1:{port}/0") as broker:
            began = time.monotonic()
            with pytest.raises(OperationalError):
                tick.apply_async(connection=broker)
            assert time.monotonic() - began < 10
