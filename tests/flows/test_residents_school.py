"""The main job: from an unknown phone to a seat, a reminder, and the next person's turn."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions import sign_up
from diedie_edu.activities.models import Activity, Venue
from diedie_edu.people.models import Topic
from residents_school.models import Lecture
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("portal")
PHONE = "13700000068"


def register(page: Page, text_messages: Callable[[str], list[str]]) -> None:
    page.goto("/")
    page.get_by_role("link", name="注册").first.click()
    page.get_by_label("手机号").fill("+86 137 0000 0068")
    page.get_by_role("button", name="获取验证码").click()
    code = re.search(r"\d{6}", text_messages(PHONE)[-1])
    page.get_by_label("6 位").fill(code.group())
    page.locator("main form button").first.click()
    page.locator("input[name=full_name]").fill("何立春")
    for box in page.locator("main input[type=checkbox][required]").all():
        box.check()
    page.get_by_role("button", name="完成").click()


def link_in(text: str) -> str:
    """The page that a text message leads to, on this server."""
    return re.search(r"/activities/place/\S+", text).group()


def test_a_resident_registers_takes_a_seat_is_reminded_and_passes_it_on(
    page: Page,
    make_lecture: Callable[..., Lecture],
    make_user: Callable[..., User],
    text_messages: Callable[[str], list[str]],
    later: Callable[..., None],
) -> None:
    lecture = make_lecture(title="秋冬护膝", capacity=1)
    waiting = make_user(Role.RESIDENT, phone="13700000069", display_name="吕雨水")

    register(page, text_messages)
    page.get_by_role("link", name="讲座", exact=True).click()
    page.get_by_role("link", name="秋冬护膝").click()
    page.get_by_role("button", name="报名").click()
    expect(page.get_by_text("报名成功", exact=False)).to_be_visible()
    expect(page.get_by_text("已报名")).to_be_visible()
    sign_up(activity=lecture, resident=waiting.resident, by=waiting, now=NOW)

    page.get_by_role("link", name="我的", exact=True).click()
    expect(page.get_by_role("link", name="秋冬护膝", exact=True)).to_be_visible()

    later(days=4, hours=8, minutes=1)  # Friday 18:01, the evening before
    assert any("提醒" in text and "秋冬护膝" in text for text in text_messages(PHONE))
    page.get_by_role("link", name=re.compile("消息")).click()
    page.get_by_role("link", name="提醒：秋冬护膝").click()
    expect(page.get_by_role("heading", name="提醒：秋冬护膝")).to_be_visible()

    page.context.clear_cookies()  # nobody need sign in to tap the link of a message
    page.goto(link_in(text_messages(PHONE)[-1]))
    page.get_by_role("button", name="来不了").click()
    expect(page.get_by_text("谢谢您告诉我们", exact=False)).to_be_visible()
    turn = text_messages(waiting.phone)[-1]
    assert "轮到您了" in turn
    page.goto(link_in(turn))
    page.get_by_role("button", name="我来").click()
    expect(page.get_by_text("已报名")).to_be_visible()
    assert waiting.resident.sign_ups.get().is_seated


def test_staff_plan_a_lecture_announce_it_and_call_it_off(
    desktop_page: Page, make_user: Callable[..., User], sign_in: Callable[[Page, User], None]
) -> None:
    page = desktop_page
    sign_in(page, make_user(Role.STAFF))
    page.goto("/desk/")
    page.get_by_role("link", name="新建讲座").click()
    page.get_by_label("讲座标题").fill("写好一个“福”字")
    page.get_by_label("专题").select_option(str(Topic.objects.get(title_zh="书法").pk))
    page.get_by_label("名额").fill("20")
    page.locator("input[name=day]").fill("2026-11-25")
    page.get_by_label("场地").select_option(str(Venue.objects.get(title_zh="社区多功能厅").pk))
    page.get_by_role("button", name=re.compile("发布")).click()
    expect(page.get_by_text("讲座安排在周六、周日", exact=False)).to_be_visible()
    expect(page.get_by_label("讲座标题")).to_have_value("写好一个“福”字")

    page.locator("input[name=day]").fill("2026-11-28")
    page.get_by_role("button", name=re.compile("发布")).click()
    expect(page.get_by_text("已发布", exact=False).first).to_be_visible()

    page.goto("/lectures/staff/")  # without a speaker the page of speakers came first
    page.locator("main a.danger").click()
    page.get_by_label("原因").fill("讲师生病了")
    page.get_by_role("button", name=re.compile("取消")).click()
    expect(page.get_by_text("已取消", exact=False).first).to_be_visible()
    assert Lecture.objects.get().state == Activity.State.CALLED_OFF


def test_the_keyboard_alone_takes_a_seat(
    page: Page,
    make_lecture: Callable[..., Lecture],
    make_user: Callable[..., User],
    sign_in: Callable[[Page, User], None],
) -> None:
    lecture, user = make_lecture(), make_user(Role.RESIDENT)
    sign_in(page, user)
    page.goto(f"/lectures/{lecture.pk}/")
    for _tab in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "报名":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("已报名")).to_be_visible()
    assert user.resident.sign_ups.get().is_seated
