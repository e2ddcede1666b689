"""One's own WeChat: tied by WeChat's own page or by a code, seen and ended by its owner alone."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from diedie_edu.accounts.models import User
from diedie_edu.notices.actions import wechat as ties
from diedie_edu.notices.models import WeChatCode, WeChatTie
from diedie_edu.notices.queries.wechat import live_tie
from tests.conftest import signed_in
from tests.flows.test_wechat import IN_WECHAT
from tests.support.by_wechat import OPENID
from tests.support.wechat_server import APP_ID, SECRET, WeChat, event, signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGE, THROUGH, BACK = "/messages/wechat/", "/messages/wechat/through/", "/messages/wechat/back/"


@pytest.fixture
def user(make_user: Callable[..., User], wechat: WeChat) -> User:
    return make_user()


@pytest.fixture
def reader(user: User) -> Client:
    return signed_in(user)


def state_of(reader: Client) -> str:
    """What WeChat is to bring back: of the address that the page leads on to."""
    page = reader.post(THROUGH, headers=IN_WECHAT)
    assert page.status_code == 200
    address = page["Refresh"].removeprefix("0; url=")
    assert address in page.text.replace("&amp;", "&")
    return parse_qs(urlsplit(address).query)["state"][0]


def came_back(reader: Client, **query: str) -> str:
    answer = reader.get(BACK, query, headers=IN_WECHAT)
    assert answer.status_code == 302
    return reader.get(answer["Location"], headers=IN_WECHAT).text


def test_the_way_through_wechat_is_as_it_wants_it(reader: Client, settings: Settings) -> None:
    settings.PORTAL_URL = "https://portal.example.org"
    settings.WECHAT_OPEN = "https://open.weixin.qq.com"
    address = reader.post(THROUGH)["Refresh"].removeprefix("0; url=")
    parts = urlsplit(address)
    assert (parts.netloc, parts.path, parts.fragment) == (
        "open.weixin.qq.com",
        "/connect/oauth2/authorize",
        "wechat_redirect",
    )
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert len(query.pop("state")) == 32
    assert query == {
        "appid": APP_ID,
        "redirect_uri": "https://portal.example.org/messages/wechat/back/",
        "response_type": "code",
        "scope": "snsapi_base",
    }
    assert SECRET not in address


def test_whoever_comes_back_is_tied(reader: Client, user: User, wechat: WeChat) -> None:
    wechat.codes["c1"] = OPENID
    assert "以后通知会发到您的微信" in came_back(reader, code="c1", state=state_of(reader))
    tie = live_tie(user)
    assert tie is not None
    assert (tie.openid, tie.follows) == (OPENID, "unknown")


@pytest.mark.parametrize("state", ["", "another", None])
def test_what_was_not_begun_here_ties_nothing(
    reader: Client, wechat: WeChat, state: str | None
) -> None:
    wechat.codes["c1"] = OPENID
    state_of(reader)
    query = {"code": "c1"} | ({} if state is None else {"state": state})
    assert "没有成功" in came_back(reader, **query)
    assert not WeChatTie.objects.exists()
    assert "c1" in wechat.codes  # WeChat was not asked


def test_a_state_is_of_one_session_and_used_once(
    reader: Client, make_user: Callable[..., User], wechat: WeChat
) -> None:
    wechat.codes |= {"c1": OPENID, "c2": "oAnother"}
    state, other = state_of(reader), signed_in(make_user())
    assert "没有成功" in came_back(other, code="c1", state=state)
    came_back(reader, code="c1", state=state)
    assert "没有成功" in came_back(reader, code="c2", state=state)
    assert WeChatTie.objects.get().openid == OPENID


def test_a_state_holds_ten_minutes(reader: Client, wechat: WeChat, now: datetime) -> None:
    wechat.codes["c1"] = OPENID
    state = state_of(reader)
    with time_machine.travel(now + timedelta(minutes=10), tick=False):
        assert "没有成功" in came_back(reader, code="c1", state=state)
    assert not WeChatTie.objects.exists()


@pytest.mark.parametrize("code", ["", "unknown"])
def test_a_code_that_wechat_does_not_know_ties_nothing(reader: Client, code: str) -> None:
    assert "没有成功" in came_back(reader, code=code, state=state_of(reader))
    assert not WeChatTie.objects.exists()


def test_a_code_on_the_screen_ties_and_the_page_sees_it(
    reader: Client, user: User, wechat: WeChat, client: Client, now: datetime
) -> None:
    assert reader.post("/messages/wechat/code/")["Location"] == PAGE
    page = reader.get(PAGE)
    assert (page["Refresh"], "<svg" in page.text) == ("3", True)
    assert page.headers["Cache-Control"] == "private, no-store"
    body = event(OPENID, "subscribe", EventKey=f"qrscene_{wechat.scenes[0]}")
    client.post("/wechat/", body, content_type="text/xml", query_params=signed(now.timestamp()))
    page = reader.get(PAGE)
    assert ("Refresh" in page.headers, "通知会发到您的微信" in page.text) == (False, True)


def test_where_wechat_gives_no_code_it_is_said(
    reader: Client, wechat: WeChat, settings: Settings
) -> None:
    settings.WECHAT_APP_SECRET = "another"
    reader.post("/messages/wechat/code/")
    assert "微信现在不给二维码" in reader.get(PAGE).text
    assert not WeChatCode.objects.exists()


@pytest.mark.parametrize("address", [THROUGH, "/messages/wechat/code/"])
def test_wechat_is_asked_seldom(reader: Client, settings: Settings, address: str) -> None:
    settings.WECHAT_TIES_PER_HOUR = 0
    reader.post(address)
    assert "以后再试" in reader.get(PAGE).text


def test_its_owner_ends_it(reader: Client, user: User, now: datetime) -> None:
    ties.tie(account=user, openid=OPENID, now=now)
    assert "不再用微信接收" in reader.get(PAGE).text
    reader.post("/messages/wechat/end/")
    assert live_tie(user) is None
    assert "不再用微信接收" not in reader.get(PAGE).text


def test_nobody_ends_anothers(
    reader: Client, make_user: Callable[..., User], now: datetime
) -> None:
    other = make_user()
    ties.tie(account=other, openid=OPENID, now=now)
    reader.post("/messages/wechat/end/")
    assert live_tie(other) is not None


def test_inside_wechat_one_tap_outside_a_code(reader: Client) -> None:
    inside, outside = reader.get(PAGE, headers=IN_WECHAT).text, reader.get(PAGE).text
    forms = [re.findall(r'action="(/messages/wechat/\w+/)"', text) for text in (inside, outside)]
    assert forms == [[THROUGH], ["/messages/wechat/code/"]]


def test_details_say_how_it_is(reader: Client, user: User, now: datetime) -> None:
    assert "没有开通：通知发短信" in reader.get("/me/details/").text
    ties.tie(account=user, openid=OPENID, now=now)
    assert "已开通" in reader.get("/me/details/").text
    ties.note_follows(openid=OPENID, follows="no")
    assert "还没有关注公众号" in reader.get("/me/details/").text
    page = reader.get(PAGE).text
    assert "还没有关注公众号" in page
    assert "请在微信里找到叠二社区的公众号" in page


def test_without_an_official_account_nothing_is_said(make_user: Callable[..., User]) -> None:
    reader = signed_in(make_user())
    assert "微信通知" not in reader.get("/me/details/").text
    assert reader.get(PAGE).status_code == 404
    assert reader.post(THROUGH).status_code == 404
    assert reader.get(BACK).status_code == 404
