"""What people do on the pages of Happy Square, one step at a time.

`page` is the phone of whoever acts, `desk` the screen of the staff.
"""

from playwright.sync_api import Locator, Page, expect

from tests.flows.school_steps import Look
from tests.support.browser import press

GROUP, DANCER = "榕树头广场舞队", "温谷雨"


# --- Becoming a group ------------------------------------------------------------------


def apply(page: Page, look: Look) -> None:
    """Wednesdays at half past seven in the activity room."""
    page.goto("/groups/")
    press(page.get_by_role("link", name="申请登记队伍"))
    page.locator("input[name=title]").fill(GROUP)
    page.locator("select[name=kind]").select_option(label="舞蹈")
    page.locator("input[name=summary]").fill("吃过晚饭一起跳，新手也欢迎")
    page.locator("input[name=capacity]").fill("40")
    page.locator("select[name=weekday_1]").select_option("3")
    page.locator("input[name=starts_1]").fill("19:30")
    page.locator("input[name=ends_1]").fill("21:00")
    page.locator("select[name=venue_1]").select_option(label="活动室")
    look(page, "group-application")
    press(page.get_by_role("button", name="提交申请"))


def accept(desk: Page, look: Look) -> None:
    desk.goto("/desk/decisions/")
    press(desk.get_by_role("link", name="队伍登记申请"))
    look(desk, "group-application-desk")
    press(desk.get_by_role("button", name="批准", exact=True))
    expect(desk.get_by_text("已审批")).to_be_visible()


def open_group(page: Page) -> None:
    page.goto("/groups/")
    press(page.get_by_role("link", name=GROUP).first)
    expect(page.get_by_role("heading", name=GROUP)).to_be_visible()


def find(page: Page, *answers: str, look: Look) -> None:
    """Three taps from the directory to the group."""
    page.goto("/groups/")
    press(page.get_by_role("link", name="帮我找队伍"))
    look(page, "find")
    for answer in answers:
        press(page.locator("main").get_by_role("link", name=answer, exact=True))
    look(page, "found")
    press(page.get_by_role("link", name=GROUP))


# --- Its days --------------------------------------------------------------------------


def run(page: Page) -> None:
    open_group(page)
    press(page.get_by_role("link", name="安排活动、点名、成员"))


def announce(page: Page, look: Look) -> None:
    run(page)
    expect(page.locator(".date-card").first).to_contain_text("按惯例")
    look(page, "run")
    press(page.get_by_role("button", name="照常，告诉大家"))
    expect(page.locator(".date-card").first).not_to_contain_text("按惯例")


def try_once(page: Page, look: Look) -> None:
    look(page, "group")
    press(page.get_by_role("button", name="来试一次").first)
    expect(page.get_by_role("button", name="去不了了")).to_be_visible()


def join(page: Page, look: Look) -> None:
    open_group(page)
    press(page.get_by_role("button", name="加入队伍"))
    expect(page.get_by_role("button", name="退出队伍")).to_be_visible()
    look(page, "group-joined")


def count(page: Page, name: str, guests: int, look: Look) -> None:
    run(page)
    press(page.get_by_role("link", name="点名").first)
    page.get_by_label(name).check(force=True)  # the box lies under its large label
    page.locator("input[name=guests]").fill(str(guests))
    look(page, "count")
    press(page.get_by_role("button", name="保存点名"))


# --- Guidance ----------------------------------------------------------------------------


def visit(page: Page, group: int, found: str, look: Look) -> None:
    """Too loud; the other points are left as not looked at."""
    page.goto(f"/desk/square/groups/{group}/visit/")
    look(page, "visit")
    page.locator("input[name=noise][value=found]").check(force=True)
    page.locator("input[name=noise_what]").fill(found)
    press(page.get_by_role("button", name="保存走访"))


def answer(page: Page, group: int, words: str, look: Look) -> None:
    page.goto(f"/groups/{group}/findings/")
    look(page, "findings")
    page.locator("textarea[name=words]").fill(words)
    press(page.get_by_role("button", name="提交整改情况"))
    expect(page.get_by_text(words)).to_be_visible()


def close_finding(desk: Page, group: int, answer: str, look: Look) -> None:
    desk.goto(f"/desk/square/groups/{group}/")
    press(desk.locator("main").get_by_role("link", name="噪声").first)
    expect(desk.get_by_text(answer)).to_be_visible()
    look(desk, "finding")
    desk.get_by_label("您看到的情况").fill("音量合适，街坊说不吵了。")
    press(desk.get_by_role("button", name="整改到位，办结"))
    expect(desk.get_by_text("已整改并办结。")).to_be_visible()


def count_growth_from(desk: Page, day: str) -> None:
    """Whoever belonged to a group before is no new face."""
    desk.goto("/desk/square/growth/start/")
    desk.locator("main input[type=date]").fill(day)
    press(desk.locator("main").get_by_role("button", name="保存"))


# --- A room that closes ------------------------------------------------------------------


def close_room(desk: Page, room: str, first: str, last: str, look: Look) -> None:
    """Show what stands in a room from the first day to the last."""
    desk.goto("/activities/rooms/close/")
    desk.locator("select[name=venue]").select_option(label=room)
    desk.locator("input[name=first]").fill(first)
    desk.locator("input[name=last]").fill(last)
    look(desk, "room-to-close")
    press(desk.get_by_role("button", name="看看有哪些安排"))


def standing(desk: Page, title: str) -> Locator:
    """What is decided of one of those who stand in the room."""
    return desk.locator("fieldset.panel").filter(has_text=title)


def to_room(desk: Page, title: str, room: str) -> None:
    """Every date of it in that room."""
    for line in standing(desk, title).all():
        line.locator("input[value=room]").check()
        if not line.locator("details[open]").count():
            line.locator("summary").click()
        choice = line.locator("select[name^=venue_]")
        choice.select_option(choice.locator("option", has_text=room).get_attribute("value"))
