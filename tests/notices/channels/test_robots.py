"""What a robot's maker says, and what is made of it: said, certainly not, or nobody knows."""

import logging
import time
from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from diedie_edu.notices.channels.outcome import Letter, Outcome
from diedie_edu.notices.channels.robot_protocols import PROTOCOLS, cut
from diedie_edu.notices.channels.robots import is_address_of, send
from diedie_edu.notices.channels.words import in_words
from diedie_edu.notices.models import Chat, Reason, Robot, Status
from tests.chaos.gateway import Mood
from tests.support.dripping import dripping
from tests.support.robots import HTML, SECRETS, WEBHOOKS, ChatServer, said

CHATS = list(Chat)
SAFE = {chat: f"https://{PROTOCOLS[chat].hosts[0]}{WEBHOOKS[chat]}" for chat in CHATS}


@pytest.fixture(params=CHATS)
def server(request: pytest.FixtureRequest, settings: Settings) -> Iterator[ChatServer]:
    """Each maker's, where the robot signs as far as it can."""
    settings.SMS_CONNECT_SECONDS = settings.SMS_READ_SECONDS = 0.4
    with ChatServer(request.param, SECRETS[request.param]).running() as running:
        settings.ROBOT_HOSTS = [running.url.removeprefix("http://")]
        yield running


@pytest.fixture
def say(server: ChatServer) -> Callable[..., Outcome]:
    def to_it(text: str = "【叠二】有事", **fields: object) -> Outcome:
        about = {"address": server.url + WEBHOOKS[server.chat], "secret": server.secret}
        robot = Robot(chat=server.chat, **about | fields)
        return send(Letter("r", robot.address, "t", text, robot=robot))

    return to_it


def test_it_is_said_and_signed(server: ChatServer, say: Callable[..., Outcome]) -> None:
    assert say().status == Status.SENT
    assert server.texts == ["【叠二】有事"]


def test_a_wrong_secret_is_refused(server: ChatServer, say: Callable[..., Outcome]) -> None:
    """Negative control of the arithmetic above."""
    outcome = say(secret="another")
    expected = Status.SENT if server.chat == Chat.WECOM else Status.FAILED
    assert outcome.status == expected
    if server.chat != Chat.WECOM:
        assert outcome.detail.startswith("robot.signature:")
        assert server.texts == []


REFUSALS = [
    (Chat.DINGTALK, 310000, "keywords not in content", "robot.keyword"),
    (Chat.DINGTALK, 310000, "description:关键词不匹配;solution:…", "robot.keyword"),
    (
        Chat.DINGTALK,
        310000,
        "description:机器人发送签名不匹配;…签名和生成签名的时间戳…",
        "robot.signature",
    ),
    (Chat.DINGTALK, 310000, "invalid timestamp", "robot.clock"),
    (Chat.DINGTALK, 310000, "ip 1.2.3.4 not in whitelist", "robot.network"),
    (Chat.DINGTALK, 300001, "token is not exist", "robot.gone"),
    (Chat.WECOM, 93000, "invalid webhook url", "robot.gone"),
    (Chat.WECOM, 40058, "text.content exceed max length 2048", "robot.too_long"),
    (Chat.FEISHU, 19021, "sign match fail", "robot.signature"),
    (Chat.FEISHU, 19024, "Key Words Not Found", "robot.keyword"),
    (Chat.FEISHU, 9499, "Bad Request", "robot.other"),
    (Chat.WECOM, 12345, "something new", "robot.other"),
]
LATER = [
    (Chat.DINGTALK, 130101, "send too fast, exceed 20 times per minute", "robot.too_fast", 600),
    (Chat.WECOM, 45009, "api freq out of limit", "robot.too_fast", 60),
    (Chat.WECOM, -1, "system busy", "robot.busy", 60),
    (Chat.FEISHU, 11232, "frequency limited", "robot.too_fast", 60),
    (Chat.FEISHU, 9499, "too many request", "robot.too_fast", 60),
]


def answered(chat: str, status: int, body: bytes, settings: Settings) -> Outcome:
    with ChatServer(chat).running() as server:
        settings.ROBOT_HOSTS = [server.url.removeprefix("http://")]
        server.answer = (status, body)
        robot = Robot(chat=chat, address=server.url + WEBHOOKS[Chat(chat)])
        return send(Letter("r", robot.address, "t", "x", robot=robot))


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize(("chat", "code", "words", "meaning"), REFUSALS)
def test_a_refusal_is_no_success(
    settings: Settings, chat: str, code: int, words: str, meaning: str, status: int
) -> None:
    outcome = answered(chat, status, said(chat, code, words), settings)
    found = (outcome.status, outcome.reason, outcome.detail)
    assert found == (Status.FAILED, Reason.REFUSED, f"{meaning}:{code}")


@pytest.mark.parametrize(("chat", "code", "words", "meaning", "pause"), LATER)
def test_too_fast_is_for_later(
    settings: Settings, chat: str, code: int, words: str, meaning: str, pause: float
) -> None:
    outcome = answered(chat, 200, said(chat, code, words), settings)
    assert (outcome.status, outcome.retry_after) == (Status.QUEUED, pause)
    assert outcome.detail == f"{meaning}:{code}"
    assert not outcome.ailing, "one robot's trouble holds no other up"


PAGES = [
    (200, HTML, Status.UNKNOWN),
    (200, b"", Status.UNKNOWN),
    (200, b'{"errcode": "0"}', Status.UNKNOWN),
    (200, b"[0]", Status.UNKNOWN),
    (502, HTML, Status.UNKNOWN),
    (504, HTML, Status.UNKNOWN),
    (503, HTML, Status.QUEUED),
    (429, HTML, Status.QUEUED),
    (403, HTML, Status.FAILED),
    (404, HTML, Status.FAILED),
]


@pytest.mark.parametrize("chat", CHATS)
@pytest.mark.parametrize(("status", "body", "expected"), PAGES)
def test_somebody_elses_page_is_never_taken_for_success(
    settings: Settings, chat: str, status: int, body: bytes, expected: Status
) -> None:
    assert answered(chat, status, body, settings).status == expected


@pytest.mark.parametrize("mood", [Mood.HANG, Mood.ACCEPT_AND_HANG, Mood.CUT, Mood.ACCEPT_AND_CUT])
def test_what_nobody_knows_is_unknown(
    server: ChatServer, say: Callable[..., Outcome], mood: Mood
) -> None:
    server.mood, server.hang = lambda: mood, 1
    outcome = say()
    assert (outcome.status, outcome.reason) == (Status.UNKNOWN, Reason.NO_ANSWER)


@pytest.mark.parametrize("said_first", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"])
def test_one_that_drips_is_given_up_in_time(settings: Settings, said_first: bytes) -> None:
    settings.SMS_CONNECT_SECONDS = settings.SMS_READ_SECONDS = 0.3
    began = time.monotonic()
    with dripping(said_first) as port:
        settings.ROBOT_HOSTS = [f"127.0.0.1:{port}"]
        robot = Robot(chat=Chat.WECOM, address=f"http://127.0.0.1:{port}{WEBHOOKS[Chat.WECOM]}")
        assert send(Letter("r", robot.address, "t", "x", robot=robot)).status == Status.UNKNOWN
    assert time.monotonic() - began < 5


def test_without_a_connection_nothing_was_said(settings: Settings) -> None:
    settings.ROBOT_HOSTS = ["127.0.0.1:9"]
    robot = Robot(chat=Chat.WECOM, address=f"http://127.0.0.1:9{WEBHOOKS[Chat.WECOM]}")
    outcome = send(Letter("r", robot.address, "t", "x", robot=robot))
    assert (outcome.status, outcome.reason) == (Status.QUEUED, Reason.NO_CONNECTION)


def test_nobody_is_followed_elsewhere(server: ChatServer, say: Callable[..., Outcome]) -> None:
    with ChatServer(server.chat).running() as other:
        server.moved_to = other.url + WEBHOOKS[server.chat]
        outcome = say()
        assert (outcome.status, outcome.detail) == (Status.FAILED, "HTTP 302")
        assert other.moods == {}


def test_no_log_holds_key_or_text(
    server: ChatServer, say: Callable[..., Outcome], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = [say(), say(secret="another")]
    server.mood, server.hang = lambda: Mood.HANG, 1
    told.append(say())
    key = WEBHOOKS[server.chat][-8:]
    everything = caplog.text + repr(told)
    assert not [word for word in (key, "有事", "another") if word in everything]


# --- Addresses, lengths, words ---------------------------------------------------------


@pytest.mark.parametrize("chat", CHATS)
def test_a_robots_own_address_is_taken(chat: Chat) -> None:
    assert is_address_of(chat, SAFE[chat])
    others = [one for one in CHATS if one != chat]
    assert not any(is_address_of(other, SAFE[chat]) for other in others)


@pytest.mark.parametrize(
    "address",
    [
        "http://oapi.dingtalk.com/robot/send?access_token=a",
        "https://oapi.dingtalk.com.evil.example/robot/send?access_token=a",
        "https://oapi.dingtalk.com@evil.example/robot/send?access_token=a",
        "https://oapi.dingtalk.com:8443/robot/send?access_token=a",
        "https://127.0.0.1/robot/send?access_token=a",
        "https://oapi.dingtalk.com/robot/send?access_token=",
        "https://oapi.dingtalk.com/gettoken?appkey=a",
        "https://oapi.dingtalk.com/robot/send?access_token=a b",
        "https://oapi.dingtalk.com/robot/send?access_token=a\r\nX: y",
        "https://oapi.dingtalk.com/robot/send?access_token=a#b",
        "file:///etc/passwd",
        "//oapi.dingtalk.com/robot/send?access_token=a",
        "https://[oapi/robot/send?access_token=a",
        "",
    ],
)
def test_no_other_address_is_called(settings: Settings, address: str) -> None:
    settings.ROBOT_HOSTS = []
    assert not is_address_of(Chat.DINGTALK, address)
    robot = Robot(chat=Chat.DINGTALK, address=address)
    outcome = send(Letter("r", address, "t", "x", robot=robot))
    assert (outcome.status, outcome.detail) == (Status.FAILED, "robot.host")


@pytest.mark.parametrize("limit", range(2040, 2052))
def test_a_text_is_cut_by_bytes_and_never_within_a_character(limit: int) -> None:
    text = "叠" * 682 + "😀b"  # 2,051 bytes
    found = cut(text, limit)
    assert len(found.encode()) <= limit
    assert "�" not in found
    assert (found == text) == (limit >= 2051)
    assert limit - len(found.encode()) < 4 or found == text


def test_an_overlong_text_is_refused_over_there(
    server: ChatServer, say: Callable[..., Outcome]
) -> None:
    """Negative control: what `cut` leaves is taken, one character more is not."""
    longest = cut("叠" * 9000, PROTOCOLS[server.chat].limit)
    assert say(longest).status == Status.SENT
    assert say("叠" * 9000).status == Status.FAILED


@pytest.mark.django_db
def test_staff_read_what_is_to_be_done() -> None:
    assert in_words("robot.keyword:310000") == (
        "机器人说：缺少关键词。请把“叠二社区”加进它的关键词。"
    )
    meanings = {meaning for *_rest, meaning in REFUSALS} | {meaning for *_r, meaning, _p in LATER}
    assert all(in_words(f"{meaning}:1") for meaning in meanings | {"robot.host"})
