"""Somebody ties their WeChat, has a message there, and ends it; at a desk by a code."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.messages import SEATED
from diedie_edu.activities.models import Activity
from diedie_edu.common.days import local_now
from diedie_edu.notices import outbox
from diedie_edu.notices.models import Notice
from diedie_edu.notices.queries.wechat import live_tie
from residents_school.models import Lecture
from tests.flows.test_wechat import ANDROID
from tests.flows.walks import PHONES
from tests.support.accessibility import faults_of
from tests.support.approving import approve_at_wechat
from tests.support.browser import PHONE, press, watched_page
from tests.support.by_wechat import OPENID
from tests.support.wechat_server import WeChat, event, official_account, signed


@pytest.fixture
def wechat(settings: Settings, live_server: LiveServer) -> Iterator[WeChat]:
    settings.PORTAL_URL = live_server.url
    with official_account(settings) as running:
        running.reader = OPENID
        yield running


@pytest.fixture
def reader(season: None) -> User:
    return User.objects.get(phone=PHONES[Role.RESIDENT])


def open_lecture(reader: User) -> Activity:
    free = Lecture.objects.filter(state="published", occasions__starts_at__gt=local_now())
    free = free.exclude(sign_ups__resident__household=reader.resident.household_id)
    return next(one for one in free.order_by("pk") if one.taken < one.capacity)


def test_tied_told_and_ended_inside_wechat(
    reader: User,
    wechat: WeChat,
    browser: Browser,
    live_server: LiveServer,
    sign_in: Callable[[Page, User], None],
    text_messages: Callable[[str], list[str]],
) -> None:
    approve_at_wechat(SEATED)
    with watched_page(browser, live_server.url, **PHONE, user_agent=ANDROID) as page:
        sign_in(page, reader)
        page.goto("/me/details/")
        page.get_by_role("link", name="微信通知").click()
        assert faults_of(page, page.url) == []
        page.get_by_role("button", name="用这个微信接收通知").click()
        expect(page.get_by_text("通知会发到您的微信").first).to_be_visible()
        assert faults_of(page, page.url) == []

        outbox.tick()
        texts = len(text_messages(reader.phone))
        lecture = open_lecture(reader)
        page.goto(f"/activities/{lecture.pk}/")
        press(page.get_by_role("button", name="报名").first)
        expect(page.get_by_text("报名成功", exact=False)).to_be_visible()
        outbox.tick()
        (message,) = wechat.messages
        assert message["touser"] == OPENID
        assert message["data"]["thing2"]["value"][:5] == lecture.title[:5]
        assert len(text_messages(reader.phone)) == texts
        page.goto(urlsplit(message["url"]).path)
        expect(page.get_by_role("heading", level=1)).to_contain_text(lecture.title)

        page.goto("/messages/wechat/")
        page.get_by_role("button", name="不再用微信接收").click()
        expect(page.get_by_text("已停用")).to_be_visible()
        assert live_tie(reader) is None
    assert Notice.objects.filter(channel="wechat").count() == 1


def test_at_a_desk_by_a_code_that_is_scanned(
    reader: User,
    wechat: WeChat,
    desktop_page: Page,
    sign_in: Callable[[Page, User], None],
) -> None:
    sign_in(desktop_page, reader)
    desktop_page.goto("/messages/wechat/")
    desktop_page.get_by_role("button", name="显示二维码").click()
    expect(desktop_page.get_by_role("img", name="请用微信扫的二维码")).to_be_visible()
    assert faults_of(desktop_page, desktop_page.url) == []
    body = event(OPENID, "subscribe", EventKey=f"qrscene_{wechat.scenes[0]}")
    query = signed(local_now().timestamp())
    answer = Client().post("/wechat/", body, content_type="text/xml", query_params=query)
    assert answer.content == b"success"
    expect(desktop_page.get_by_text("通知会发到您的微信").first).to_be_visible()
