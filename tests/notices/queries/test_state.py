"""/healthz: what works, what does not, and not a word about anybody."""

import socket
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError
from pytest_django import Settings

from diedie_edu.notices.models import Notice, Tick
from diedie_edu.notices.queries import state
from diedie_edu.notices.queries.state import health

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
NOBODY = "redis://127.0.0.1:9/0"


@pytest.fixture
def silent_broker() -> Iterator[str]:
    """Takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def _ticked(at: datetime) -> None:
    Tick.objects.create(part="tick", ran_at=at)


def test_all_is_well(make_notice: Callable[..., Notice], settings: Settings, now: datetime) -> None:
    _ticked(now - timedelta(seconds=12))
    make_notice(next_try_at=now - timedelta(seconds=3))
    make_notice(next_try_at=now + MINUTE)
    found = health(now)
    assert found.as_dict() == {
        "status": "ok",
        "database": True,
        "broker": True,
        "last_tick_age": 12,
        "oldest_due_age": 3,
        "back_up_age": None,
        "tasks": dict.fromkeys(settings.CELERY_BEAT_SCHEDULE),
        "wrong": [],
    }
    assert found.http_status == 200


def test_without_a_broker_the_portal_goes_on(settings: Settings, now: datetime) -> None:
    _ticked(now)
    settings.CELERY_BROKER_URL = NOBODY
    found = health(now)
    assert (found.status, found.broker, found.http_status) == ("degraded", False, 200)


def test_before_the_first_tick_it_serves_but_asks_for_a_look(now: datetime) -> None:
    found = health(now)
    assert (found.status, found.last_tick_age, found.http_status) == ("degraded", None, 200)


def test_a_bell_that_stopped_is_an_alarm(now: datetime) -> None:
    _ticked(now - 11 * MINUTE)
    assert (health(now).status, health(now).http_status) == ("stalled", 503)


def test_people_who_are_not_told_are_an_alarm(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    _ticked(now)
    make_notice(next_try_at=now - 11 * MINUTE)
    assert (health(now).status, health(now).oldest_due_age) == ("stalled", 660)


def test_without_a_database_it_is_down(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError

    monkeypatch.setattr(Tick.objects, "filter", away)
    found = health(now)
    assert (found.status, found.database, found.http_status) == ("down", False, 503)


def test_a_silent_broker_costs_little(silent_broker: str) -> None:
    began = time.monotonic()
    assert not state.broker_answers(silent_broker)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("url", [NOBODY, "redis+socket:///nowhere.sock", "amqp://x", ""])
def test_what_is_no_broker_does_not_answer(url: str) -> None:
    assert not state.broker_answers(url)
