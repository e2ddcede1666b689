"""What WeChat calls us with: signed, of now, each once; everything else changes nothing."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from diedie_edu.accounts.models import User
from diedie_edu.notices.actions import wechat as ties
from diedie_edu.notices.actions import wechat_events
from diedie_edu.notices.actions.receipts import match_receipts
from diedie_edu.notices.channels.wechat_events import Event
from diedie_edu.notices.models import Attempt, Notice, WeChatCall, WeChatTie
from diedie_edu.notices.queries.wechat import live_tie
from diedie_edu.people.models import Resident
from tests.chaos.gateway import Gateway
from tests.support.by_wechat import OPENID, bell, states, tell
from tests.support.races import together
from tests.support.wechat_server import AES_KEY, WeChat, event, sealed, signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ADDRESS = "/wechat/"
SUBSCRIBE = event(OPENID, "subscribe")


def called(
    client: Client, body: bytes, query: dict[str, str], content_type: str = "text/xml"
) -> HttpResponse:
    return client.post(f"{ADDRESS}?{urlencode(query)}", body, content_type=content_type)


@pytest.fixture
def tied(make_user: Callable[..., User], wechat: WeChat, now: datetime) -> User:
    user = make_user()
    ties.tie(account=user, openid=OPENID, now=now)
    return user


def follows() -> str:
    return WeChatTie.objects.get().follows


# --- Whether it is WeChat --------------------------------------------------------------


def test_without_an_account_there_is_no_address(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS).status_code == 404
    assert client.get("/MP_verify_abcdefgh12345678.txt").status_code == 404


def test_the_file_that_shows_the_host_is_ours(client: Client, settings: Settings) -> None:
    settings.WECHAT_VERIFY = "abcdefgh12345678"
    found = client.get("/MP_verify_abcdefgh12345678.txt")
    assert (found.content, found["Content-Type"]) == (
        b"abcdefgh12345678",
        "text/plain; charset=utf-8",
    )
    assert client.get("/MP_verify_another.txt").status_code == 404


def test_it_echoes_what_is_signed(client: Client, wechat: WeChat, now: datetime) -> None:
    asked = signed(now.timestamp()) | {"echostr": "5838479218127813673<b>"}
    found = client.get(ADDRESS, asked)
    assert (found.text, found["Content-Type"]) == (
        "5838479218127813673<b>",
        "text/plain; charset=utf-8",
    )
    assert found["X-Content-Type-Options"] == "nosniff"
    assert client.get(ADDRESS, asked | {"signature": "0" * 40}).status_code == 403


def test_a_signed_event_is_taken_in(tied: User, client: Client, now: datetime) -> None:
    found = called(client, SUBSCRIBE, signed(now.timestamp()))
    assert (found.status_code, found.content) == (200, b"success")
    assert follows() == "yes"
    called(client, event(OPENID, "unsubscribe"), signed(now.timestamp(), nonce="2"))
    assert follows() == "no"


@pytest.mark.parametrize("seconds", [-301, 301])
def test_what_is_old_or_to_come_is_refused(
    tied: User, client: Client, now: datetime, seconds: int
) -> None:
    assert called(client, SUBSCRIBE, signed(now.timestamp() + seconds)).status_code == 403
    assert follows() == "unknown"


@pytest.mark.parametrize(
    "wrong",
    [
        {"signature": "0" * 40},
        {"signature": ""},
        {"nonce": "another"},
        {"timestamp": "1"},
        {"timestamp": "²"},
        {"timestamp": "9" * 400},
    ],
)
def test_what_is_not_signed_is_refused(
    tied: User, client: Client, now: datetime, wrong: dict[str, str]
) -> None:
    assert called(client, SUBSCRIBE, signed(now.timestamp()) | wrong).status_code == 403
    assert (follows(), WeChatCall.objects.count()) == ("unknown", 0)


def test_without_a_token_of_ours_nobody_signs(
    tied: User, client: Client, now: datetime, settings: Settings
) -> None:
    settings.WECHAT_TOKEN = ""
    assert called(client, SUBSCRIBE, signed(now.timestamp())).status_code == 403


def test_a_replay_is_refused(tied: User, client: Client, now: datetime) -> None:
    query = signed(now.timestamp())
    assert called(client, SUBSCRIBE, query).status_code == 200
    assert called(client, event(OPENID, "unsubscribe"), query).status_code == 403
    assert follows() == "yes"


def test_what_was_taken_in_is_forgotten_when_it_could_come_no_more(
    tied: User, now: datetime
) -> None:
    for number, minutes in enumerate((0, 9, 11)):
        told = Event(OPENID, f"{number}" * 40, "subscribe")
        wechat_events.take_in(event=told, now=now + timedelta(minutes=minutes))
    assert set(WeChatCall.objects.values_list("signature", flat=True)) == {"1" * 40, "2" * 40}


@pytest.mark.django_db(transaction=True)
def test_the_same_call_four_times_at_once_is_one(
    make_user: Callable[..., User], wechat: WeChat, now: datetime
) -> None:
    told = partial(wechat_events.take_in, event=Event(OPENID, "a" * 40, "subscribe"), now=now)
    assert sorted(together(*[told] * 4)) == [False, False, False, True]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"<xml>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><xml><Event>&a;</Event></xml>',
        b'<!DOCTYPE x SYSTEM "http://elsewhere.example/x"><xml/>',
        b"<xml>" + b"<a>" * 20 + b"</a>" * 20 + b"</xml>",
        b"<xml>" + b" " * 70_000 + b"</xml>",
        b"\xff\xfe<xml/>",
    ],
)
def test_what_cannot_be_read_is_refused(
    tied: User, client: Client, now: datetime, body: bytes
) -> None:
    assert called(client, body, signed(now.timestamp())).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        event(OPENID, "VIEW", EventKey="https://elsewhere.example/"),
        event("oStranger", "SCAN", EventKey="nothing"),
        event(OPENID, "TEMPLATESENDJOBFINISH", MsgID="7", Status="success"),
        b"<xml><FromUserName>oLi</FromUserName><MsgType>text</MsgType><Content>?</Content></xml>",
        b"<xml><MsgType>event</MsgType></xml>",
    ],
)
def test_what_is_of_no_use_is_answered_alike(
    tied: User, client: Client, now: datetime, body: bytes
) -> None:
    found = called(client, body, signed(now.timestamp()))
    assert (found.status_code, found.content) == (200, b"success")


# --- The safe mode ---------------------------------------------------------------------


def wrapped(text: str) -> bytes:
    return f"<xml><ToUserName>gh</ToUserName><Encrypt><![CDATA[{text}]]></Encrypt></xml>".encode()


def test_sealed_it_is_opened(tied: User, client: Client, now: datetime, settings: Settings) -> None:
    settings.WECHAT_AES_KEY = AES_KEY
    text = sealed(SUBSCRIBE)
    assert called(client, wrapped(text), signed(now.timestamp(), text)).status_code == 200
    assert follows() == "yes"


def test_in_the_safe_mode_nothing_else_counts(
    tied: User, client: Client, now: datetime, settings: Settings
) -> None:
    settings.WECHAT_AES_KEY = AES_KEY
    text, at = sealed(SUBSCRIBE), now.timestamp()
    for body, query in [
        (SUBSCRIBE, signed(at)),
        (wrapped(text), signed(at)),
        (wrapped(sealed(SUBSCRIBE)), signed(at, text)),
        (wrapped(sealed(SUBSCRIBE, app_id="wxAnother")), None),
        (wrapped("AAAA"), None),
        (wrapped("not base64!"), None),
        (wrapped(""), None),
    ]:
        inside = re.search(rb"CDATA\[(.*?)\]", body)
        own = signed(at, inside[1].decode()) if inside and query is None else query
        assert called(client, body, own or {}).status_code == 403, body
    assert follows() == "unknown"


# --- What becomes of it ----------------------------------------------------------------


@pytest.mark.parametrize("key", ["{}", "qrscene_{}"])
def test_a_scanned_code_ties(
    make_user: Callable[..., User], wechat: WeChat, client: Client, now: datetime, key: str
) -> None:
    user, scene = make_user(), ties.new_scene()
    ties.keep_code(account=user, scene=scene, address="http://weixin.qq.com/q/1", now=now)
    name = "SCAN" if key == "{}" else "subscribe"
    body = event(OPENID, name, EventKey=key.format(scene))
    assert called(client, body, signed(now.timestamp())).content == b"success"
    tie = live_tie(user)
    assert tie is not None
    assert (tie.openid, tie.follows) == (OPENID, "yes")


@pytest.mark.parametrize(
    ("status", "found", "detail"),
    [
        ("success", {"wechat": "delivered", "sms": "suppressed"}, ""),
        ("failed:user block", {"wechat": "failed", "sms": "queued"}, "wechat.user_block"),
        ("failed: system failed", {"wechat": "failed", "sms": "queued"}, "wechat.system_failed"),
        ("failed:freq limit", {"wechat": "failed", "sms": "queued"}, "wechat.freq_limit"),
    ],
)
def test_wechat_says_what_became_of_a_message(
    person: Resident,
    gateway: Gateway,
    client: Client,
    now: datetime,
    status: str,
    found: dict[str, str],
    detail: str,
) -> None:
    tell(person, now)
    bell()
    attempt = Attempt.objects.get(notice__channel="wechat")
    number = attempt.gateway_id.removeprefix("wechat-")
    body = event(OPENID, "TEMPLATESENDJOBFINISH", MsgID=number, Status=status)
    called(client, body, signed(now.timestamp()))
    attempt.refresh_from_db()
    assert (states(), attempt.detail) == (found, detail)
    assert (WeChatTie.objects.get().refused_at is not None) == (status == "failed:user block")


def test_its_word_before_our_own_call_has_ended_waits(
    person: Resident, gateway: Gateway, client: Client, now: datetime
) -> None:
    body = event(
        OPENID, "TEMPLATESENDJOBFINISH", MsgID="3487542469355618001", Status="failed:user block"
    )
    called(client, body, signed(now.timestamp()))
    tell(person, now)
    bell()
    assert states()["wechat"] == "sent"
    match_receipts(now)
    assert states() == {"wechat": "failed", "sms": "queued"}
    assert Notice.objects.filter(told_with__isnull=False).count() == 0
