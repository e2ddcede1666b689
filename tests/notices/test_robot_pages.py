"""The pages of the robots: entered, changed, switched, tried; the key is never shown again."""

import io
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from diedie_edu.accounts.models import SecurityEvent, User
from diedie_edu.common.peeks import Peek
from diedie_edu.notices.models import Chat, Notice, Robot, Status
from diedie_edu.notices.outbox import rounds
from diedie_edu.notices.queries import desk
from diedie_edu.notices.queries.trial import last_trial_of
from tests.support.robots import HOSTS, SECRETS, WEBHOOKS, ChatServer, make_robot, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LIST, NEW = "/messages/robots/", "/messages/robots/new/"
ADDRESS = HOSTS[Chat.DINGTALK] + WEBHOOKS[Chat.DINGTALK]
ENTERED = {
    "name": "四点半工作群",
    "chat": "dingtalk",
    "new_address": ADDRESS,
    "new_secret": SECRETS[Chat.DINGTALK],
    "programme": "after-school",
    "alerts": ["children", "called_off"],
    "language": "zh-hans",
}


@pytest.fixture
def staff(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


@pytest.fixture
def server(settings: Settings) -> Iterator[ChatServer]:
    with ChatServer(Chat.DINGTALK, SECRETS[Chat.DINGTALK]).running() as running:
        settings.ROBOT_HOSTS = [running.url.removeprefix("http://")]
        yield running


def change(staff: Client, robot: Robot, **fields: object) -> object:
    """The form as it is opened, and what is typed into it."""
    path = f"{LIST}{robot.pk}/"
    form = staff.get(path).context["form"]
    opened = {"opened": form["opened"].value(), "new_address": "", "new_secret": ""}
    return staff.post(path, ENTERED | opened | fields)


def test_a_robot_is_entered_and_its_key_never_shown_again(
    staff: Client, staff_user: User, now: datetime
) -> None:
    assert staff.post(NEW, ENTERED).url == LIST
    robot = Robot.objects.get()
    stored = (robot.name, robot.chat, robot.address, robot.secret, robot.programme, robot.alerts)
    assert stored == (*(ENTERED[name] for name in list(ENTERED)[:5]), ENTERED["alerts"])
    assert (robot.created_by, robot.created_at, robot.is_on) == (staff_user, now, True)
    for path in (LIST, f"{LIST}{robot.pk}/"):
        page = staff.get(path).content.decode()
        assert "oapi.dingtalk.com … 77aa" in page
        assert "8f2ddingtoken" not in page
        assert SECRETS[Chat.DINGTALK] not in page
    event = SecurityEvent.objects.get(kind="robot")
    assert (event.account, event.what) == (staff_user.pk, f"robot {robot.pk}")


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"chat": "wecom"}, "new_address", "这不是企业微信机器人的地址"),
        ({"new_address": "https://evil.example/x"}, "new_address", "这不是钉钉机器人的地址"),
        ({"new_address": "http://127.0.0.1:6379/"}, "new_address", "这不是钉钉机器人的地址"),
        ({"new_address": ""}, "new_address", ""),
        ({"name": ""}, "name", ""),
        ({"alerts": ["everything"]}, "alerts", ""),
        ({"programme": "no-such"}, "programme", ""),
        (
            {"chat": "wecom", "new_address": HOSTS[Chat.WECOM] + WEBHOOKS[Chat.WECOM]},
            "new_secret",
            "企业微信的机器人没有密钥",
        ),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    staff: Client, wrong: dict, field: str, words: str
) -> None:
    page = staff.post(NEW, ENTERED | wrong)
    assert page.status_code == 200
    assert words in str(page.context["form"].errors[field])
    assert not Robot.objects.exists()


def test_a_name_is_taken_once(staff: Client, now: datetime) -> None:
    make_robot(Chat.WECOM, now, name="四点半工作群")
    page = staff.post(NEW, ENTERED)
    assert "已经有一个叫这个名字的机器人了" in str(page.context["form"].errors["name"])


def test_what_is_left_empty_stays(staff: Client) -> None:
    staff.post(NEW, ENTERED)
    robot = Robot.objects.get()
    assert change(staff, robot, name="办公室群", programme="").url == LIST
    robot.refresh_from_db()
    assert (robot.name, robot.programme) == ("办公室群", "")
    assert (robot.address, robot.secret) == (ADDRESS, SECRETS[Chat.DINGTALK])
    change(staff, robot, no_secret="on")
    robot.refresh_from_db()
    assert (robot.address, robot.secret) == (ADDRESS, "")


def test_switched_off_it_cannot_be_tried_and_twice_is_harmless(staff: Client) -> None:
    staff.post(NEW, ENTERED)
    path = f"{LIST}{Robot.objects.get().pk}/"
    for _twice in range(2):
        staff.post(f"{path}off/")
    assert not Robot.objects.get().is_on
    page = staff.post(f"{path}try/", follow=True).content.decode()
    assert "这个机器人已停用，请先启用。" in page
    assert not Notice.objects.exists()
    staff.post(f"{path}on/")
    assert Robot.objects.get().is_on
    whats = SecurityEvent.objects.filter(kind="robot").order_by("pk").values_list("what", flat=True)
    assert [what.split()[2:] for what in whats] == [[], ["off"], ["on"]]


def test_a_trial_shows_what_comes_back(
    staff: Client, server: ChatServer, now: datetime, clock: time_machine.Traveller
) -> None:
    make_robot(Chat.DINGTALK, now, server.url, secret=SECRETS[Chat.DINGTALK])
    path = f"{LIST}{Robot.objects.get().pk}/try/"
    staff.post(path)
    assert staff.get(LIST).headers["Refresh"] == "3"
    rounds.deliver()
    page = staff.get(LIST)
    assert "Refresh" not in page.headers
    assert page.context["rows"][0].notice.status == Status.SENT
    assert server.texts[0].startswith("【叠二社区】试发一条")
    server.answer = (200, said(Chat.DINGTALK, 310000, "keywords not in content"))
    clock.shift(1)
    staff.post(path)
    rounds.deliver()
    page = staff.get(LIST).content.decode()
    assert "机器人说：缺少关键词。请把“叠二社区”加进它的关键词。" in page
    assert "robot.keyword:310000" in page


def test_one_whose_key_of_the_portal_is_gone_says_so_and_is_entered_anew(
    staff: Client, settings: Settings, now: datetime
) -> None:
    robot = make_robot(Chat.DINGTALK, now, alerts=["children"])
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    assert "暂时打不开" in staff.get(LIST).content.decode()
    staff.post(f"{LIST}{robot.pk}/try/")
    rounds.deliver()
    assert Notice.objects.get().attempts.get().detail == "robot.host"
    assert change(staff, robot, alerts=["children"]).status_code == 200
    assert change(staff, robot, new_address=ADDRESS).url == LIST
    assert Robot.objects.get().address == ADDRESS


def test_trials_are_few(
    staff: Client, settings: Settings, now: datetime, clock: time_machine.Traveller
) -> None:
    settings.TRIALS_PER_HOUR = 2
    robot = make_robot(Chat.DINGTALK, now)
    for _ in range(3):
        clock.shift(1)
        page = staff.post(f"{LIST}{robot.pk}/try/", follow=True).content.decode()
    assert Notice.objects.count() == 2
    assert "这一小时试得够多了" in page


def test_one_robot_and_three_cost_the_same(staff: Client, now: datetime) -> None:
    counted = []
    for number in (1, 3):
        while Robot.objects.count() < number:
            robot = make_robot(Chat.DINGTALK, now)
            refused(robot, now, 1)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            staff.get(LIST)
        counted.append(len(queries))
    assert counted[0] == counted[1]


# --- The desk --------------------------------------------------------------------------


def refused(robot: Robot, now: datetime, number: int, status: str = "failed") -> None:
    for _ in range(number):
        key = f"{robot.pk}-{Notice.objects.count()}"
        about = {"dedupe_key": key, "kind": "notices.trial", "subject": key, "channel": "robot"}
        at = now + timedelta(seconds=Notice.objects.count())
        about |= {"created_at": at, "next_try_at": at, "settled_at": at, "data": {}}
        Notice.objects.create(robot=robot, status=status, **about)


def problems(user: User, now: datetime) -> list[str]:
    return [str(one.text) for one in desk.failing_robots(user, now)]


@pytest.mark.parametrize(
    ("history", "fails"),
    [
        ([("failed", 2)], False),
        ([("failed", 3)], True),
        ([("sent", 1), ("failed", 3)], True),
        ([("failed", 3), ("sent", 1)], False),
        ([("failed", 2), ("sent", 1), ("failed", 2)], False),
        ([("unknown", 3)], False),
    ],
)
def test_refused_three_times_in_a_row_it_stands_on_the_desk(
    staff_user: User, now: datetime, history: list, fails: bool
) -> None:
    robot = make_robot(Chat.WECOM, now)
    for status, number in history:
        refused(robot, now, number, status)
    words = ["有 1 个群机器人发不出去，群里收不到提醒。"]
    assert problems(staff_user, now) == (words if fails else [])


def test_one_that_is_off_or_seen_to_does_not(
    staff_user: User, stranger: User, now: datetime
) -> None:
    robot = make_robot(Chat.WECOM, now)
    refused(robot, now, 3)
    assert problems(stranger, now) == []
    Robot.objects.update(is_on=False)
    assert problems(staff_user, now) == []
    Robot.objects.update(is_on=True)
    Notice.objects.update(dealt_with_at=now)
    assert problems(staff_user, now) == []


def test_the_desk_asks_only_where_one_fails(now: datetime) -> None:
    (part,) = (part for part in desk.PROBLEMS if part.of is desk.failing_robots)
    assert all(isinstance(peek, Peek) for peek in part.peeks)
    assert part.peeks


# --- The command -----------------------------------------------------------------------


def run(*given: str) -> str:
    out = io.StringIO()
    call_command("send_test_message", *given, "--wait=0", stdout=out)
    return out.getvalue()


def test_the_command_says_what_the_chat_said(now: datetime, server: ChatServer) -> None:
    """It looks once, before anybody is at work, and once after."""
    make_robot(Chat.DINGTALK, now, server.url, secret="another", name="工作群")
    with pytest.raises(CommandError, match="run_outbox"):
        run("--to-robot=工作群")
    rounds.deliver()
    (one,) = last_trial_of(Robot.objects.get())
    assert (one.notice.status, one.meaning) == (
        "failed",
        "机器人说：签名不对。请重新复制它的密钥。",
    )


def test_the_command_knows_robots_by_name(now: datetime) -> None:
    with pytest.raises(CommandError, match="No robot"):
        run("--to-robot=工作群")
    make_robot(Chat.DINGTALK, now, name="工作群", is_on=False)
    with pytest.raises(CommandError, match="停用"):
        run("--to-robot=工作群")
