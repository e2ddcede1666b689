"""What people do on the pages of the residents' school, one step at a time.

`page` is the phone of whoever acts, `desk` the screen of the staff. Links come from the messages.
"""

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from tests.support.browser import open_from_menu, press


def link_in(text: str) -> str:
    """The page that a text message leads to, on this server."""
    return re.search(r"/m/\S+", text).group()


def say_who_registers(page: Page, name: str) -> None:
    """Somebody who lives here, on the page after the code; reads and agrees to what is asked."""
    page.locator("input[name=full_name]").fill(name)
    page.locator("input[name=residency][value=permanent]").check()
    for box in page.locator("main input[type=checkbox][required]").all():
        box.check()
    press(page.get_by_role("button", name="完成"))


# --- What residents want ---------------------------------------------------------------


def open_a_survey(desk: Page, title: str, first_day: str, last_day: str) -> None:
    desk.goto("/desk/")
    open_from_menu(desk, "居民想学")
    press(desk.get_by_role("link", name="问卷", exact=True))
    press(desk.get_by_role("link", name="新建问卷").first)
    desk.get_by_label("问卷标题").fill(title)
    desk.locator("input[name=opens_on]").fill(first_day)
    desk.locator("input[name=closes_on]").fill(last_day)
    press(desk.get_by_role("button", name="保存并开放"))
    expect(desk.get_by_text("进行中")).to_be_visible()


def answer_the_survey(page: Page, topic: str) -> None:
    page.goto("/")
    press(page.get_by_role("link", name="现在就填"))
    page.get_by_label(topic, exact=True).check()
    page.get_by_label("动手学").check()
    page.get_by_label("请通知我", exact=False).check()
    press(page.get_by_role("button", name="提交"))
    expect(page.get_by_text("答案收到了", exact=False)).to_be_visible()


def widest_gap(desk: Page) -> Locator:
    """The uppermost row of the planning board."""
    desk.goto("/desk/")
    open_from_menu(desk, "居民想学")
    return desk.locator("tbody tr").first


# --- A series ---------------------------------------------------------------------------


def preview_a_series(
    desk: Page, *, title: str, topic: str, venue: str, seats: int, first_day: str, weeks: int
) -> Locator:
    """The days of the preview, each with its tick."""
    desk.goto("/lectures/staff/")
    press(desk.get_by_role("link", name="安排系列讲座").first)
    desk.get_by_label("讲座标题").fill(title)
    desk.get_by_label("专题").select_option(label=topic)
    desk.get_by_label("场地", exact=True).select_option(label=venue)
    desk.locator("input[name=capacity]").fill(str(seats))
    desk.locator("input[name=day]").fill(first_day)
    desk.locator("input[name=weeks]").fill(str(weeks))
    press(desk.get_by_role("button", name="看看有哪些日子"))
    return desk.locator("input[name=kept]")


def announce_the_series(desk: Page) -> None:
    press(desk.get_by_role("button", name="保存并全部发布"))
    expect(desk.get_by_text("已保存", exact=False).first).to_be_visible()


# --- Seats --------------------------------------------------------------------------------


def open_the_lecture(page: Page, title: str) -> None:
    """The next one of this title."""
    page.goto("/lectures/")
    press(page.get_by_role("link", name=title).first)


def take_a_seat(page: Page, title: str) -> None:
    open_the_lecture(page, title)
    press(page.get_by_role("button", name="报名"))
    expect(page.get_by_text("报名成功", exact=False)).to_be_visible()


def queue_together(page: Page, title: str, names: Sequence[str]) -> None:
    open_the_lecture(page, title)
    places = page.get_by_role("region", name="报名")  # below, a series asks who comes to all dates
    for name in names:
        places.get_by_label(name).check()
    expect(places.get_by_label("一起来", exact=False)).to_be_checked()
    press(places.get_by_role("button", name="排队等名额"))
    expect(page.get_by_text("名额满了", exact=False).first).to_be_visible()


def give_the_seat_back(page: Page, title: str) -> None:
    open_the_lecture(page, title)
    press(page.get_by_role("button", name="来不了"))
    expect(page.get_by_text("谢谢您告诉我们", exact=False)).to_be_visible()


def accept_the_offer(page: Page, message: str) -> None:
    """By the link of the message, by whoever holds the phone, for all who queued together."""
    page.goto(link_in(message))
    press(page.get_by_role("button", name="勾选的人来"))
    expect(page.get_by_text("确认好了", exact=False)).to_be_visible()


# --- At the door ---------------------------------------------------------------------------


def ticket_of(page: Page, name: str) -> Locator:
    """One family member's ticket, as it is shown at the door."""
    page.goto("/me/")
    press(page.get_by_role("link", name="入场码").first)
    return page.locator("article.ticket").filter(has_text=name)


def scan(desk: Page, address: str, name: str) -> None:
    """A phone's camera opens the address of the code; one tap checks in."""
    desk.goto(address)
    expect(desk.get_by_role("heading", name=name)).to_be_visible()
    press(desk.get_by_role("button", name="签到"))
    expect(desk.get_by_text(f"{name} 已签到")).to_be_visible()


def type_the_number(desk: Page, number: str, name: str) -> None:
    """Where no camera is at hand: the six digits below the code."""
    press(desk.get_by_role("link", name="扫入场码"))
    desk.locator("input[name=ticket]").fill(number)
    press(desk.get_by_role("button", name="签到"))
    expect(desk.get_by_text(f"{name} 已签到")).to_be_visible()


# --- Afterwards ------------------------------------------------------------------------------


def say_how_it_was(page: Page, message: str) -> None:
    page.goto(link_in(message))
    for answer in ("很有用", "正好", "会再来"):
        press(page.get_by_role("button", name=answer, exact=True))
    expect(page.get_by_text("三项都收到了", exact=False)).to_be_visible()


def make_the_certificate(page: Page, lesson: str) -> str:
    """Its number, from the learning record in which the lesson stands."""
    page.goto("/me/")
    press(page.get_by_role("link", name="学习档案"))
    expect(page.get_by_text(lesson).first).to_be_visible()
    press(page.get_by_role("button", name="开具学习证明"))
    return re.search(r"DDX-\d{4}-\d{6}-\w{6}", page.locator("main").inner_text()).group()


def check_the_certificate(page: Page, number: str) -> None:
    page.goto("/certificates/")
    page.get_by_label("证明编号").fill(number.lower())
    press(page.get_by_role("button", name="查验"))
