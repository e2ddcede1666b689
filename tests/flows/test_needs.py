"""What residents ask for steers what is given: from an answer on a phone to a message back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.models import Topic
from diedie_edu.venues.models import Venue
from residents_school.models import Answer, Survey
from tests.support.browser import open_from_menu, press

pytestmark = pytest.mark.usefixtures("portal")


def open_a_survey(page: Page) -> None:
    page.goto("/desk/")
    open_from_menu(page, "居民想学")
    press(page.get_by_role("link", name="问卷", exact=True))
    press(page.get_by_role("link", name="新建问卷").first)
    page.get_by_label("问卷标题").fill("明年春天，您想学什么？")
    page.locator("input[name=opens_on]").fill("2026-11-23")
    page.locator("input[name=closes_on]").fill("2026-11-24")
    press(page.get_by_role("button", name="保存并开放"))
    expect(page.get_by_text("进行中")).to_be_visible()


def test_a_wish_from_a_survey_becomes_a_lecture_and_comes_back_as_a_message(
    page: Page,
    desktop_page: Page,
    make_user: Callable[..., User],
    sign_in: Callable[[Page, User], None],
    text_messages: Callable[[str], list[str]],
    later: Callable[..., None],
) -> None:
    resident = make_user(Role.RESIDENT, phone="13700000068")
    sign_in(page, resident)
    sign_in(desktop_page, make_user(Role.STAFF))
    open_a_survey(desktop_page)

    page.goto("/")
    press(page.get_by_role("link", name="现在就填"))
    page.get_by_label("书法", exact=True).check()
    page.get_by_label("动手学").check()
    page.get_by_label("请通知我", exact=False).check()
    press(page.get_by_role("button", name="提交"))
    expect(page.get_by_text("答案收到了", exact=False)).to_be_visible()

    type_in_sheets(desktop_page, Topic.objects.get(title_zh="书法"))
    plan_from_the_board(desktop_page)
    later(minutes=3)  # for two minutes an announcement may be taken back unheard
    assert any("您想学的开讲啦" in text for text in text_messages(resident.phone))
    press(page.get_by_role("link", name="消息"))
    press(page.get_by_role("link", name="您想学的开讲了：写好一个福字"))

    later(days=2)
    desktop_page.goto(f"/needs/{Survey.objects.get().pk}/results/")
    press(desktop_page.get_by_role("button", name="发布结果"))
    page.goto("/needs/")
    press(page.get_by_role("link", name="明年春天，您想学什么？"))
    expect(page.get_by_role("heading", name="街坊们想学什么")).to_be_visible()
    expect(page.get_by_text("最想学的前十名").first).to_be_visible()


def type_in_sheets(page: Page, topic: Topic) -> None:
    """With the keyboard alone: the first field has the focus, Enter saves and goes on."""
    number = topic.offers.get().number
    page.goto("/desk/")
    press(page.get_by_role("link", name="录入纸质问卷"))
    for sheet in range(1, 5):
        expect(page.get_by_role("heading", name=f"第 {sheet} 份")).to_be_visible()
        expect(page.locator("[autofocus]")).to_be_focused()  # it comes after the heading
        page.keyboard.type(str(number))
        for words in ("", "1", "1", "6"):
            page.keyboard.press("Tab")
            page.keyboard.type(words)
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="第 5 份")).to_be_visible()
    assert Answer.objects.filter(source="paper", age_band="70_up").count() == 4


def plan_from_the_board(page: Page) -> None:
    open_from_menu(page, "居民想学")
    expect(page.locator("tbody tr").first).to_contain_text("书法")
    press(page.locator("tbody tr").first.get_by_role("link", name="安排讲座"))
    page.get_by_label("讲座标题").fill("写好一个福字")
    page.locator("input[name=capacity]").fill("20")
    page.locator("input[name=day]").fill("2026-11-28")
    page.locator("select[name=venue]").select_option(
        str(Venue.objects.get(title_zh="社区多功能厅").pk)
    )
    press(page.locator("button[name=announce]"))
    expect(page.get_by_role("status")).to_be_visible()
