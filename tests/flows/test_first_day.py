"""From an empty database to the first announced lecture, a seat in it, and the first text message.

There is no demonstration and nobody's account: a machine begins the portal, its administrator goes
on at a desk, and its first staff plan and announce from a phone. Each taps no more often than the
handbook says.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import SignUp
from diedie_edu.community import known
from diedie_edu.notices import outbox
from diedie_edu.notices.models import ApprovedTemplate, Provider
from diedie_edu.people.models import Topic
from tests.flows import steps
from tests.support.accessibility import faults_here
from tests.support.approving import approve_all
from tests.support.browser import DESK, PHONE, press, watched_page
from tests.support.providers import AlibabaCloud

ADMINISTRATOR, STAFF, RESIDENT = "13700000001", "13700000002", "13700000003"
BEGIN = f"""
[community]
title_zh = "云溪社区"
title_en = "Yunxi Community"
short_zh = "云溪"
short_en = "Yunxi"

[administrator]
phone = "{ADMINISTRATOR}"
display_name = "梅子黄"
"""
HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook.md"


@pytest.fixture
def gateway(settings: LazySettings) -> Iterator[AlibabaCloud]:
    """Alibaba Cloud on this machine, which sends nothing but templates that it has approved."""
    with AlibabaCloud().running() as running:
        for name, value in (running.env | {"SMS_SIGNATURE": "云溪"}).items():
            setattr(settings, name, value)
        settings.SMS_URL = running.url
        settings.DEMO = False  # nothing of a demonstration counts
        known.forget()
        yield running


@dataclass
class Hand:
    """Somebody at a screen, who counts their taps and reads their text messages."""

    page: Page
    phone: str
    gateway: AlibabaCloud
    taps: int = 0
    faults: list[str] = field(default_factory=list)

    def tap(self, target: Locator) -> None:
        self.taps += 1
        press(target)
        self.faults += faults_here(self.page, self.page.url)

    def button(self, name: str) -> None:
        self.tap(self.page.get_by_role("button", name=name).first)

    def link(self, name: str) -> None:
        self.tap(self.page.get_by_role("link", name=name).first)

    def fill(self, **told: str) -> None:
        for name, text in told.items():
            self.page.locator(f"main [name={name}]").fill(text)

    def texts(self) -> list[str]:
        outbox.tick()
        outbox.deliver()
        return [arrived(one) for one in self.gateway.messages if one["phone"] == self.phone]

    def code(self) -> str:
        codes = (re.search(r"(?<!\d)\d{6}(?!\d)", text) for text in self.texts())
        return [code.group() for code in codes if code][-1]

    def signs_in(self) -> None:
        self.page.goto("/sign-in/")
        self.link("用短信验证码登录")
        self.fill(phone=self.phone)
        self.button("获取验证码")
        self.fill(code=self.code())
        self.tap(self.page.locator("main form button").first)

    def agrees(self) -> None:
        """To the privacy notice, which everybody is asked for at a sign-in."""
        self.button("我同意这一版")


def arrived(message: dict[str, Any]) -> str:
    """As the phone shows it: the provider fills in its own words."""
    words = ApprovedTemplate.objects.get(code=message["template"]).text
    return f"【{message['signature']}】{Template(words).substitute(message['variables'])}"


@pytest.fixture
def hand(browser: Browser, live_server: LiveServer, gateway: AlibabaCloud) -> Iterator[Callable]:
    """`hand(phone, PHONE)`: somebody with a browser of their own."""
    opened, hands = [], []

    def take(phone: str, device: dict[str, object]) -> Hand:
        screen = watched_page(browser, live_server.url, **device)
        opened.append(screen)
        hands.append(Hand(screen.__enter__(), phone, gateway))
        return hands[-1]

    yield take
    for screen in opened:
        screen.__exit__(None, None, None)
    assert [fault for one in hands for fault in one.faults] == []


def begins(tmp_path: Path) -> None:
    path = tmp_path / "begin.toml"
    path.write_text(BEGIN, encoding="utf-8")
    call_command("begin", file=path)


def fills_the_gaps(page: Page) -> None:
    """What the portal knows of the community stands in the text already."""
    for name in ("text", "text_en"):
        box = page.locator(f"main [name={name}]")
        text = box.input_value()
        assert "云溪路 1 号" in text
        box.fill(re.sub("【[^】]*】", "云溪社区居民委员会", text))


def goes_on(admin: Hand) -> None:
    admin.page.goto("/desk/")
    admin.link("去做 您的社区")
    admin.fill(phone="0757-81110000", address_zh="云溪路 1 号", hours_zh="每天 8:30–17:30")
    admin.button("保存")
    admin.link("去做 场地")
    admin.fill(title_zh="大教室", places="40")
    admin.button("加上这间")
    admin.button("保存开放时间")
    admin.link("去做 隐私说明")
    fills_the_gaps(admin.page)
    admin.button("保存这一版")
    admin.link("去做 第一批工作人员")
    admin.fill(phone=STAFF, full_name="苗谷雨")
    admin.page.locator("[name=role]").select_option("staff")
    admin.button("任命")
    expect(admin.page.get_by_role("link", name="去做 第一场讲座")).to_be_visible()


def chooses_a_password(staff: Hand) -> None:
    staff.page.goto("/me/details/")
    staff.link("设置密码")
    staff.fill(phone=staff.phone)
    staff.button("获取验证码")
    staff.fill(code=staff.code())
    staff.tap(staff.page.locator("main form button").first)
    staff.fill(password="yunxi-first-day")
    staff.tap(staff.page.locator("main form button").first)


def announces(staff: Hand, title: str) -> None:
    staff.page.goto("/desk/")
    staff.link("安排讲座")
    staff.fill(title=title, capacity="20", day="2026-11-28")
    topic = Topic.objects.get(title_zh="书法")
    staff.page.get_by_label("专题").select_option(str(topic.pk))
    staff.page.get_by_label("场地", exact=True).select_option(label="大教室")
    staff.tap(staff.page.get_by_role("button", name=re.compile("发布")))
    expect(staff.page.get_by_text("已发布", exact=False).first).to_be_visible()


def takes_a_seat(resident: Hand, title: str) -> None:
    resident.page.goto("/")
    resident.link("注册")
    resident.fill(phone=resident.phone)
    resident.button("获取验证码")
    resident.fill(code=resident.code())
    resident.tap(resident.page.locator("main form button").first)
    steps.say_who_registers(resident.page, "何立春")
    resident.taps += 1
    resident.page.goto("/lectures/")
    resident.link(title)
    resident.button("报名")


def in_the_handbook(who: str) -> int:
    """How many taps the handbook promises."""
    return int(re.search(rf"\| {who}[^|]*\|[^|]*\| (\d+)", HANDBOOK.read_text("utf-8")).group(1))


@pytest.mark.usefixtures("transactional_db", "moving_clock")
def test_from_an_empty_database_to_the_first_text_message(hand: Callable, tmp_path: Path) -> None:
    admin, staff, resident = hand(ADMINISTRATOR, DESK), hand(STAFF, PHONE), hand(RESIDENT, PHONE)
    admin.page.goto("/")
    expect(admin.page.get_by_text("门户刚装好")).to_be_visible()

    begins(tmp_path)
    approve_all(Provider.ALIBABA)
    admin.signs_in()
    goes_on(admin)
    assert any("【云溪】" in text for text in staff.texts())

    staff.signs_in()
    staff.agrees()
    chooses_a_password(staff)
    assert User.objects.get(phone=STAFF).has_usable_password()
    announces(staff, "写好一个福字")
    admin.page.goto("/begin/")
    expect(admin.page.get_by_text("都好了")).to_be_visible()
    admin.page.goto("/desk/")
    expect(admin.page.get_by_text("门户启用清单")).to_have_count(0)

    takes_a_seat(resident, "写好一个福字")
    assert SignUp.objects.get().is_seated
    seated = resident.texts()[-1]
    assert seated.startswith("【云溪】报名成功：写好一个福字")
    assert all("叠二" not in arrived(one) for one in resident.gateway.messages)
    counted = {"管理员": admin.taps, "工作人员": staff.taps, "居民": resident.taps}
    assert counted == {who: in_the_handbook(who) for who in counted}
