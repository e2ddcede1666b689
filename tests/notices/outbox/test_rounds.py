"""What a bell starts."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail

from diedie_edu.notices import outbox
from diedie_edu.notices.models import Channel, Notice, Status, Tick
from diedie_edu.notices.outbox import rounds, steps
from diedie_edu.notices.planners import Planner
from tests.chaos.gateway import Gateway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def planner(make_notice: Callable[..., Notice]) -> Planner:
    """Plans one message for the inbox."""

    def plan_one(now: datetime) -> int:
        make_notice(channel=Channel.INBOX)
        return 1

    return Planner(plan_one)


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list:
    """The planners of this test alone."""
    mine: list = []
    monkeypatch.setattr(rounds, "parts_of", lambda _kind: mine)
    return mine


def test_a_round_delivers_by_all_channels(
    gateway: Gateway, make_notice: Callable[..., Notice]
) -> None:
    for channel in (Channel.INBOX, Channel.SMS, Channel.EMAIL):
        make_notice(channel=channel)
    outbox.deliver()
    states = dict(Notice.objects.values_list("channel", "status"))
    assert states == {"inbox": "delivered", "sms": "sent", "email": "sent"}
    assert (len(gateway.messages), len(mail.outbox)) == (1, 1)


def test_a_tick_plans_reaps_and_delivers(
    gateway: Gateway,
    make_notice: Callable[..., Notice],
    planner: Planner,
    planned: list,
    now: datetime,
) -> None:
    make_notice(next_try_at=now - timedelta(hours=1))
    steps.claim(Channel.SMS, 10, now - timedelta(minutes=5))
    planned.append(planner)
    outbox.tick()
    states = dict(Notice.objects.values_list("channel", "status"))
    assert states == {"inbox": "delivered", "sms": "sent"}


def test_one_planners_fault_keeps_nobody_elses_messages_back(
    make_notice: Callable[..., Notice],
    planner: Planner,
    planned: list,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def faulty(now: datetime) -> int:
        make_notice(channel=Channel.INBOX)
        raise ValueError("13800138000")

    planned.extend([Planner(faulty), planner])
    with caplog.at_level(logging.ERROR):
        outbox.tick()
    assert Notice.objects.get().status == Status.DELIVERED
    assert "faulty failed: ValueError" in caplog.text
    assert "13800138000" not in caplog.text


def test_each_part_notes_when_it_ran(planned: list, now: datetime) -> None:
    outbox.tick()
    outbox.tick()
    assert dict(Tick.objects.values_list("part", "ran_at")) == dict.fromkeys(
        ["tick", "deliver", "tidy"], now
    )


def test_old_messages_are_erased_once_a_day(
    make_notice: Callable[..., Notice], planned: list, now: datetime
) -> None:
    outbox.tick()
    old = now - timedelta(days=500)
    make_notice(status=Status.SENT, settled_at=old)
    outbox.tick()
    assert Notice.objects.count() == 1
    with time_machine.travel(now + timedelta(days=1, seconds=1), tick=False):
        outbox.tick()
    assert not Notice.objects.exists()
