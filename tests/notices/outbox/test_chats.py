"""Robots of group chats in the outbox: who says what, at most once, twenty texts a minute."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from after_school.messages import CHILD, FOUND, MISSING_FOR_STAFF
from diedie_edu.activities.messages import CALLED_OFF
from diedie_edu.notices.actions import cancel, notify, send_again
from diedie_edu.notices.actions.chats import message_to, queue
from diedie_edu.notices.messages import TRIAL
from diedie_edu.notices.models import Attempt, Chat, Notice, Robot, Status
from diedie_edu.notices.outbox import calls, rounds, steps, upkeep
from diedie_edu.notices.queries.calls import to_call, unheard_alarms
from diedie_edu.notices.queries.trouble import open_trouble, trouble_row
from tests.chaos.gateway import Mood
from tests.notices.conftest import FACTS
from tests.support.robots import WEBHOOKS, ChatServer, make_robot, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
EVERY = {""}
ALL = ["children", "called_off", "requests", "portal"]


@pytest.fixture
def server(settings: Settings) -> Iterator[ChatServer]:
    settings.SMS_CONNECT_SECONDS = settings.SMS_READ_SECONDS = 0.4
    with ChatServer(Chat.WECOM).running() as running:
        settings.ROBOT_HOSTS = [running.url.removeprefix("http://")]
        yield running


@pytest.fixture
def robot(server: ChatServer, now: datetime) -> Robot:
    return make_robot(Chat.WECOM, now, server.url, alerts=ALL, name="四点半工作群")


def missing(now: datetime, number: int = 1) -> None:
    about = {"subject": CHILD.of(number), "revision": number, "now": now}
    notify(kind=MISSING_FOR_STAFF, data=FACTS, **about)


def off(now: datetime, number: int = 1, title: str = "春季养生", **more: object) -> None:
    about = {"subject": f"activity:{number}", "data": FACTS | {"title": title}, "now": now}
    notify(kind=CALLED_OFF, **about | more)


def states(channel: str = "robot") -> list[str]:
    rows = Notice.objects.filter(channel=channel).order_by("pk")
    return list(rows.values_list("status", flat=True))


def test_an_alert_is_said_once_with_its_page_and_no_name(
    server: ChatServer, robot: Robot, now: datetime
) -> None:
    for _again in range(2):
        missing(now)
        rounds.deliver()
    assert server.texts == [
        "【叠二社区】四点半学校：有孩子该到没到，请当班的老师马上去看一下。"
        " http://127.0.0.1:8000/desk/school/sessions/6/"
    ]
    notice = Notice.objects.get(channel="robot")
    assert notice.dedupe_key.endswith(f":r{robot.pk}:robot")
    assert (notice.status, notice.data) == (Status.SENT, {"session": 6, "number": 14} | notice.data)


@pytest.mark.parametrize(
    ("fields", "hears"),
    [
        ({}, True),
        ({"is_on": False}, False),
        ({"alerts": ["called_off"]}, False),
        ({"alerts": []}, False),
        ({"programme": "after-school"}, True),
        ({"programme": "happy-square"}, False),
    ],
)
def test_a_robot_says_what_it_is_set_to(
    server: ChatServer, robot: Robot, now: datetime, fields: dict, hears: bool
) -> None:
    Robot.objects.filter(pk=robot.pk).update(**fields)
    missing(now)
    assert Notice.objects.filter(robot=robot).exists() == hears


def test_one_that_was_switched_off_since_says_nothing(
    server: ChatServer, robot: Robot, now: datetime
) -> None:
    missing(now)
    Robot.objects.filter(pk=robot.pk).update(is_on=False)
    rounds.deliver()
    assert (server.texts, states()) == ([], ["suppressed"])


def test_without_robots_an_alert_costs_one_query_more_and_other_kinds_none(
    now: datetime, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):
        off(now)
    with django_assert_num_queries(1):
        notify(kind=TRIAL_QUIET, subject="x:1", data={"sent_at": now}, now=now)


TRIAL_QUIET = replace(TRIAL, group=None)


def test_what_is_due_at_once_is_one_text(server: ChatServer, robot: Robot, now: datetime) -> None:
    for number in (1, 2, 3):
        off(now, number, f"讲座{'一二三'[number - 1]}")
    missing(now)
    rounds.deliver()
    (text,) = server.texts
    lines = text.split("\n")
    assert lines[0].startswith("【叠二社区】四点半学校：有孩子该到没到")
    assert [line[:6] for line in lines[1:]] == ["取消：讲座一", "取消：讲座二", "取消：讲座三"]
    assert sorted(states()) == ["sent", "suppressed", "suppressed", "suppressed"]
    first = Notice.objects.get(channel="robot", status="sent")
    assert first.also_tells.count() == 3


def test_what_has_no_room_is_counted(server: ChatServer, robot: Robot, now: datetime) -> None:
    for number in range(1, 61):
        off(now, number, f"{number}号讲座")
    rounds.deliver()
    (text,) = server.texts
    *shown, last = text.split("\n")
    assert len(text.encode()) <= 2048
    assert last == f"……还有{60 - len(shown)}条，见工作台：http://127.0.0.1:8000/desk/"
    assert 10 < len(shown) < 60


def test_a_title_longer_than_the_text_is_cut(
    server: ChatServer, robot: Robot, now: datetime
) -> None:
    off(now, 1, "叠" * 2000)
    rounds.deliver()
    (text,) = server.texts
    assert text.endswith("叠…")
    assert 2044 < len(text.encode()) <= 2048


def test_twenty_texts_a_minute_and_the_next_waits(
    server: ChatServer, robot: Robot, now: datetime
) -> None:
    for number in range(1, 23):
        with time_machine.travel(now + timedelta(seconds=number), tick=False):
            off(timezone.now(), number)
            rounds.deliver()
    assert len(server.texts) == 20
    waiting = Notice.objects.filter(channel="robot", status="queued")
    assert {row.next_try_at for row in waiting} == {now + timedelta(seconds=61)}
    assert {row.tries for row in waiting} == {0}, "put back, not failed"
    with time_machine.travel(now + timedelta(seconds=61), tick=False):
        rounds.deliver()
    assert len(server.texts) == 21, "both in one"


def test_another_robot_does_not_wait(server: ChatServer, robot: Robot, now: datetime) -> None:
    for _ in range(20):
        off(now, 1)
    rounds.deliver()
    first = Notice.objects.get(channel="robot")
    for number in range(2, 21):
        lease = "00000000-0000-0000-0000-000000000000"
        Attempt.objects.create(notice=first, number=number, started_at=now, lease=lease)
    make_robot(Chat.WECOM, now, server.url, alerts=ALL)
    missing(now)
    rounds.deliver()
    assert len(server.texts) == 2
    assert sorted(states()) == ["queued", "sent", "sent"]


def test_a_refusal_is_failed_and_stands_among_what_did_not_arrive(
    server: ChatServer, robot: Robot, now: datetime
) -> None:
    server.answer = (200, said(Chat.WECOM, 93000, "invalid webhook url"))
    missing(now)
    rounds.deliver()
    (notice,) = open_trouble()
    assert (notice.status, notice.attempts.get().detail) == ("failed", "robot.gone:93000")
    row = trouble_row(notice, now)
    assert row.title == "四点半学校：有孩子该到没到，请当班的老师马上去看一下。"
    assert row.address == "127.0.0.1 … 66bb"
    server.answer = None
    again = send_again(notice=notice, by=None, now=now)
    rounds.deliver()
    again.refresh_from_db()
    assert (again.status, again.robot_id, len(server.texts)) == ("sent", robot.pk, 2)


@pytest.mark.parametrize("mood", [Mood.ACCEPT_AND_HANG, Mood.ACCEPT_AND_CUT, Mood.CUT])
def test_what_may_have_been_said_is_never_said_again_by_itself(
    server: ChatServer, robot: Robot, now: datetime, mood: Mood
) -> None:
    server.mood, server.hang = lambda: mood, 1
    missing(now)
    rounds.deliver()
    server.mood = lambda: Mood.ACCEPT
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        rounds.tick()
    assert len(server.texts) == (1 if mood != Mood.CUT else 0)
    assert states() == ["unknown"]


def test_a_process_that_died_in_the_call_leaves_it_unknown(robot: Robot, now: datetime) -> None:
    missing(now)
    batch = steps.claim("robot", 10, now)
    notice = calls._still_ours(batch.ids[0], batch.lease)
    assert steps.start(notice, batch.lease, now)
    upkeep.reap(now + timedelta(minutes=5))
    assert states() == ["unknown"]


def test_too_fast_goes_back_for_ten_minutes(settings: Settings, now: datetime) -> None:
    with ChatServer(Chat.DINGTALK).running() as server:
        settings.ROBOT_HOSTS = [server.url.removeprefix("http://")]
        make_robot(Chat.DINGTALK, now, server.url, alerts=ALL)
        server.answer = (200, said(Chat.DINGTALK, 130101, "send too fast"))
        missing(now)
        rounds.deliver()
    notice = Notice.objects.get(channel="robot")
    assert (notice.status, notice.next_try_at) == ("queued", now + timedelta(minutes=10))


def test_at_night_only_what_is_urgent_is_said(server: ChatServer, robot: Robot) -> None:
    night = datetime.fromisoformat("2026-11-23T22:00:00+08:00")
    with time_machine.travel(night, tick=False):
        off(night)
        rounds.deliver()
        assert server.texts == []
        missing(night)
        rounds.deliver()
    assert len(server.texts) == 1
    waits = Notice.objects.get(channel="robot", status="queued")
    assert waits.next_try_at == datetime.fromisoformat("2026-11-24T08:00:00+08:00")


def test_what_is_cancelled_is_not_said(server: ChatServer, robot: Robot, now: datetime) -> None:
    missing(now)
    cancel(subject=CHILD.of(1), kinds=[MISSING_FOR_STAFF], now=now)
    notify(kind=FOUND, subject=CHILD.of(1), revision=2, data=FACTS, now=now)
    rounds.deliver()
    (text,) = server.texts
    assert text.startswith("【叠二社区】四点半学校：孩子到了，放心。")


def test_a_chat_that_heard_is_nobody_who_heard(
    server: ChatServer, robot: Robot, now: datetime
) -> None:
    """The alarm stays red on the desk until a person has it, and a robot is nobody to call."""
    missing(now)
    rounds.deliver()
    assert states() == ["sent"]
    assert unheard_alarms(EVERY, now).count() == 1
    server.answer = (200, said(Chat.WECOM, 93000))
    off(now)
    rounds.deliver()
    assert to_call(EVERY, now).count() == 0


def test_a_trial_goes_alone(server: ChatServer, robot: Robot, now: datetime) -> None:
    off(now)
    about = {"kind": TRIAL, "subject": f"robot:{robot.pk}", "data": {"sent_at": now}}
    queue([message_to(robot, **about, now=now)])
    rounds.deliver()
    assert len(server.texts) == 2
    assert states() == ["sent", "sent"]


@pytest.mark.parametrize("is_signed", [True, False])
def test_no_row_holds_the_robots_key(settings: Settings, now: datetime, is_signed: bool) -> None:
    secret = "SECdf00112233"
    with ChatServer(Chat.DINGTALK, secret if is_signed else "another").running() as server:
        settings.ROBOT_HOSTS = [server.url.removeprefix("http://")]
        make_robot(Chat.DINGTALK, now, server.url, alerts=ALL, secret=secret)
        missing(now)
        rounds.deliver()
    assert states() == ["sent" if is_signed else "failed"]
    with connection.cursor() as cursor:
        for table in ("notices_notice", "notices_attempt", "notices_robot"):
            cursor.execute(f"SELECT string_agg(t::text, '|') FROM {table} t")
            stored = cursor.fetchone()[0]
            assert WEBHOOKS[Chat.DINGTALK][-14:] not in stored
            assert secret not in stored
