"""What WeChat answers, told apart; and one token for all processes."""

import logging
import time
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from diedie_edu.notices.channels import wechat as channel
from diedie_edu.notices.channels import wechat_access
from diedie_edu.notices.channels.outcome import Letter
from diedie_edu.notices.channels.wechat_access import NoTokenError, token
from diedie_edu.notices.models import Reason, Status, WeChatAccess
from tests.support.dripping import dripping
from tests.support.dumping import places_of
from tests.support.races import all_look_first, together
from tests.support.wechat_server import APP_ID, SECRET, WeChat

pytestmark = pytest.mark.django_db
OPENID = "oLi-of-OurAccount"
LETTER = Letter(
    "9c6f2c0e-5f0e-4a52-9a77-1a2b3c4d5e6f",
    OPENID,
    "title",
    "text",
    template="ngqIpbwh8bUfcSsECmogfXcV14J0tQlEpBO27izEYtY",
    variables={"thing1": "春季养生", "time2": "2026年11月28日 09:30"},
    url="http://127.0.0.1:8000/m/key",
)


def test_a_message_as_wechat_wants_it(wechat: WeChat):
    outcome = channel.send(LETTER)
    assert (outcome.status, outcome.detail) == (Status.SENT, "wechat.0")
    assert outcome.gateway_id == "wechat-3487542469355618001"
    assert wechat.messages == [
        {
            "touser": OPENID,
            "template_id": LETTER.template,
            "client_msg_id": "9c6f2c0e5f0e4a529a771a2b3c4d5e6f",
            "url": LETTER.url,
            "data": {
                "thing1": {"value": "春季养生"},
                "time2": {"value": "2026年11月28日 09:30"},
            },
        }
    ]


@pytest.mark.parametrize(
    ("answer", "status", "reason", "ailing"),
    [
        (43004, Status.SUPPRESSED, Reason.UNWANTED, False),
        (43101, Status.SUPPRESSED, Reason.UNWANTED, False),
        (45009, Status.QUEUED, Reason.NOT_TAKEN, True),
        (45047, Status.QUEUED, Reason.NOT_TAKEN, True),
        (-1, Status.QUEUED, Reason.NOT_TAKEN, True),
        (40003, Status.FAILED, Reason.REFUSED, False),
        (40037, Status.FAILED, Reason.SETTINGS, False),
        (47003, Status.FAILED, Reason.SETTINGS, False),
        (48001, Status.FAILED, Reason.SETTINGS, False),
        (61500, Status.FAILED, Reason.REFUSED, False),
        ("babble", Status.UNKNOWN, Reason.NO_ANSWER, False),
        ("cut", Status.UNKNOWN, Reason.NO_ANSWER, False),
        ("slow", Status.UNKNOWN, Reason.NO_ANSWER, False),
        (b"[]", Status.UNKNOWN, Reason.NO_ANSWER, False),
        (b'{"errcode": 0, "errmsg": "ok"}', Status.UNKNOWN, Reason.NO_ANSWER, False),
        (b'{"errcode": "0"}', Status.QUEUED, Reason.NOT_TAKEN, True),
    ],
)
def test_answers_are_told_apart(
    wechat: WeChat, answer: Any, status: Status, reason: Reason, ailing: bool
):
    wechat.answers[""] = answer
    outcome = channel.send(LETTER)
    assert (outcome.status, outcome.reason, outcome.ailing) == (status, reason, ailing)
    assert OPENID not in outcome.detail
    if isinstance(answer, int):
        assert outcome.detail == f"wechat.{answer}"


def test_without_a_connection_nothing_was_sent(wechat: WeChat, settings):
    settings.WECHAT_API = "http://127.0.0.1:9"
    outcome = channel.send(LETTER)
    assert (outcome.status, outcome.reason) == (Status.QUEUED, Reason.NO_CONNECTION)


def test_nothing_secret_is_in_any_log(wechat: WeChat, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    for answer in (0, 43004, "cut", "babble"):
        wechat.answers[""] = answer
        channel.send(LETTER)
    said = caplog.text
    assert not any(word in said for word in (OPENID, SECRET, wechat.tokens[0]))


# --- The token -------------------------------------------------------------------------


def test_one_token_is_kept_sealed_for_all(wechat: WeChat):
    assert token() == token() == wechat.tokens[0]
    assert wechat.asked == 1
    assert places_of(wechat.tokens[0]) == set()


def test_a_token_that_is_over_is_replaced_once_for_a_message(wechat: WeChat):
    token()
    wechat.end_token()
    wechat.is_stubborn = False
    assert channel.send(LETTER).status == Status.SENT
    assert (wechat.asked, wechat.forced) == (2, 0)
    assert list(wechat.ledger.values()) == [1]


def test_where_wechat_gives_the_same_again_it_is_forced(wechat: WeChat, monkeypatch):
    token()
    stubborn = wechat.tokens[0]
    monkeypatch.setattr(wechat, "tokens", [stubborn])
    assert token(refused=stubborn) == "token-1"
    assert (wechat.asked, wechat.forced) == (3, 1)


def test_it_is_forced_seldom_and_counted(wechat: WeChat):
    first = token()
    second = token(refused=first)
    with pytest.raises(NoTokenError) as told:
        token(refused=second)
    assert (told.value.detail, wechat.forced) == ("wechat.40001", 1)
    long_ago = timezone.now() - timedelta(minutes=2)
    row = {"forced_at": timezone.now() - timedelta(seconds=31), "refused_at": long_ago}
    WeChatAccess.objects.update(forced=20, **row)
    with pytest.raises(NoTokenError):
        token(refused=second)
    assert wechat.forced == 1
    WeChatAccess.objects.update(forced=19, **row)
    assert token(refused=second) == "token-2"


def test_a_wrong_secret_is_told_and_not_tried_at_every_message(wechat: WeChat, settings):
    settings.WECHAT_APP_SECRET = "another"
    outcomes = [channel.send(LETTER) for _number in range(3)]
    assert {(one.status, one.reason, one.detail) for one in outcomes} == {
        (Status.FAILED, Reason.SETTINGS, "wechat.40125")
    }
    assert wechat.asked == 1
    row = WeChatAccess.objects.get(app_id=APP_ID)
    assert (row.refused, row.refused_at is not None) == ("wechat.40125", True)
    WeChatAccess.objects.update(refused_at=timezone.now() - timedelta(minutes=1))
    settings.WECHAT_APP_SECRET = SECRET
    assert channel.send(LETTER).status == Status.SENT
    assert not WeChatAccess.objects.get(app_id=APP_ID).refused


@pytest.mark.parametrize("answer", ["babble", "cut", "slow"])
def test_no_answer_to_the_question_for_a_token_sends_nothing(wechat: WeChat, answer: str):
    wechat.of_token = answer
    outcome = channel.send(LETTER)
    assert (outcome.status, outcome.reason) == (Status.QUEUED, Reason.NO_CONNECTION)
    wechat.of_token = None
    assert channel.send(LETTER).status == Status.SENT


def end_in(minutes: float) -> None:
    WeChatAccess.objects.update(ends_at=timezone.now() + timedelta(minutes=minutes))


def test_shortly_before_its_end_one_fetches_and_the_others_use_the_old(wechat: WeChat):
    old = token()
    end_in(4)
    row = WeChatAccess.objects.get()
    assert wechat_access._lease(row, timezone.now())
    assert token() == old
    WeChatAccess.objects.update(fetching_until=None)
    wechat.is_stubborn = False
    assert token() == "token-1"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("life", [None, -1, 4])
def test_six_at_once_fetch_one(wechat: WeChat, life: float | None):
    """Where there is none, where it is over, and shortly before."""
    WeChatAccess.objects.create(app_id=APP_ID)
    old = []
    if life is not None:
        old = [token()]
        end_in(life)
    wechat.is_stubborn, wechat.slowness = False, 0.1
    found = together(*[token] * 6)
    assert wechat.asked == 1 + len(old)
    assert set(found) <= {wechat.tokens[-1], *(old if life == 4 else [])}


@pytest.mark.django_db(transaction=True)
def test_six_that_were_refused_replace_it_once(wechat: WeChat):
    old = token()
    wechat.end_token()
    wechat.is_stubborn, wechat.slowness = False, 0.1
    assert set(together(*[partial(token, refused=old)] * 6)) == {"token-2"}
    assert wechat.asked == 2


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lease_each_fetches_its_own(wechat: WeChat, monkeypatch):
    WeChatAccess.objects.create(app_id=APP_ID)
    monkeypatch.setattr(wechat_access, "_lease", lambda *_: True)
    all_look_first(monkeypatch, wechat_access, "_row", threads=6)
    wechat.is_stubborn = False
    together(*[token] * 6)
    assert wechat.asked == 6


def test_a_process_that_died_while_fetching_holds_nobody_up(wechat: WeChat):
    row = WeChatAccess.objects.create(app_id=APP_ID)
    assert wechat_access._lease(row, timezone.now() - timedelta(seconds=4))
    assert token() == "token-0"


def test_whoever_waits_too_long_goes_without(wechat: WeChat, settings):
    settings.WECHAT_SECONDS = 0.3
    row = WeChatAccess.objects.create(app_id=APP_ID)
    assert wechat_access._lease(row, timezone.now())
    outcome = channel.send(LETTER)
    assert (outcome.status, outcome.detail, outcome.ailing) == (Status.QUEUED, "fetching", True)


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"])
def test_a_wechat_that_drips_leaves_a_message_unknown_in_time(
    wechat: WeChat, settings: Settings, said: bytes
):
    token()
    settings.WECHAT_SECONDS, began = 0.3, time.monotonic()
    with dripping(said) as port:
        settings.WECHAT_API = f"http://127.0.0.1:{port}"
        assert channel.send(LETTER).status == Status.UNKNOWN
    assert time.monotonic() - began < 5
