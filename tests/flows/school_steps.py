"""What people do on the pages of the 4:30 school, one step at a time.

`page` is the phone of whoever acts, `desk` the tablet of the staff. `look` is called on every
page that a step comes past.
"""

import re
from collections.abc import Callable
from datetime import date, time, timedelta

from playwright.sync_api import Locator, Page, expect

from after_school.actions.terms import TermPlan, ZonePlan, announce_term, plan_term
from after_school.models import Term, Zone
from after_school.queries.terms import planned_days
from after_school.rules.terms import TermDays
from diedie_edu.accounts.models import User
from diedie_edu.venues.models import Venue
from tests.conftest import NOW
from tests.support.browser import press

Look = Callable[[Page, str], None]
MOTHER, CHILD = "李梅", "陈小宝"


def make_term(staff: User, first_day: date) -> Term:
    """Two weeks, one adult in each zone."""
    library, room = (Venue.objects.get(title_zh=name) for name in ("图书室", "活动室"))
    days = TermDays(first_day, first_day + timedelta(days=10), time(16, 30), time(19, 0))
    zones = [
        ZonePlan(Zone.Kind.HOMEWORK, library, 20, 1, 10),
        ZonePlan(Zone.Kind.ACTIVITIES, room, 20, 1, 10),
    ]
    plan = TermPlan("冬季学期", days, zones, NOW)
    kept = [row.key for row in planned_days(days, plan.venues) if row.is_held]
    term = plan_term(plan=plan, kept=kept, breaks=[], by=staff, now=NOW)
    announce_term(term=term, by=staff, now=NOW)
    return Term.objects.get(pk=term.pk)


# --- The guardian --------------------------------------------------------------------------


def enrol(page: Page, look: Look) -> None:
    page.goto("/school/")
    look(page, "school")
    press(page.get_by_role("link", name="给孩子报名").first)
    look(page, "enrol-consent")
    press(page.get_by_role("button", name="我是监护人，我同意"))
    page.get_by_label("孩子姓名").fill(CHILD)
    page.get_by_label("出生日期").fill("2017-05-04")
    page.get_by_label("母亲").check()
    look(page, "enrol-child")
    press(page.get_by_role("button", name="下一步"))
    page.get_by_label("学校", exact=True).fill("叠滘小学")
    page.get_by_label("年级").fill("三年级")
    page.get_by_label("课业辅导区").check()
    look(page, "enrol-place")
    press(page.get_by_role("button", name="下一步"))
    look(page, "enrol-collector")
    press(page.get_by_role("button", name="下一步"))
    expect(page.locator("dl.details")).to_contain_text(CHILD)
    look(page, "enrol-confirm")
    press(page.locator("button[name=enrol]"))
    expect(page.get_by_role("heading", name=CHILD)).to_be_visible()
    look(page, "child")


def make_a_pass(page: Page, who: str, day: str, look: Look) -> str:
    """The six digits, as the guardian reads them out to whoever collects."""
    open_child(page)
    press(page.get_by_role("link", name="临时接送码"))
    page.locator("input[name=day]").fill(day)
    page.get_by_label("谁来接").fill(who)
    look(page, "pass-make")
    press(page.get_by_role("button", name="生成接送码"))
    code = page.locator(".big-code").inner_text()
    assert re.fullmatch(r"\d{6}", code)
    look(page, "pass-made")
    return code


def open_child(page: Page) -> None:
    page.goto("/me/")
    press(page.get_by_role("link", name=CHILD).first)
    expect(page.get_by_role("heading", name=CHILD)).to_be_visible()


# --- The volunteer -------------------------------------------------------------------------


def take_a_duty(page: Page, zone: str, look: Look) -> None:
    """The working rules first; then the first day on which something is free in a zone."""
    page.goto("/me/")
    press(page.get_by_role("link", name="我在四点半学校的值班"))
    look(page, "duties-rules")
    press(page.get_by_role("button", name="我已读过，愿意遵守"))
    look(page, "duties-free")
    free = page.locator("section[aria-labelledby=free] li").filter(has_text=zone).first
    press(free.get_by_role("button", name="我来值班"))
    expect(page.get_by_text("这个班是您的了", exact=False)).to_be_visible()
    expect(page.locator("section[aria-labelledby=mine] li")).to_contain_text([zone])
    look(page, "duties-mine")


def sign_in_on_duty(page: Page, address: str, look: Look) -> None:
    """The camera of the volunteer's own phone has read the code in the room."""
    page.goto(address)
    look(page, "on-duty")
    press(page.get_by_role("button", name="我到了"))
    expect(page.get_by_role("button", name="我走了")).to_be_visible()
    look(page, "on-duty-here")
    press(page.get_by_role("link", name="今天的孩子"))
    expect(page.locator(".tally")).to_be_visible()
    look(page, "session-of-a-volunteer")


def sign_out_of_duty(page: Page, address: str, look: Look) -> None:
    page.goto(address)
    press(page.get_by_role("button", name="我走了"))
    expect(page.get_by_text("19:20", exact=False)).to_be_visible()
    look(page, "on-duty-gone")


# --- The afternoon on the tablet -------------------------------------------------------------


def open_the_afternoon(desk: Page, look: Look) -> None:
    desk.goto("/desk/school/")
    look(desk, "session-planned")
    press(desk.get_by_role("button", name="开始今天的签到"))
    expect(desk.locator(".tally")).to_be_visible()


def register(desk: Page, stand: str) -> Locator:
    """The children who stand there: missing, to-come, inside or gone."""
    return desk.locator(f"section[aria-labelledby={stand}] li")


def let_in(desk: Page, name: str) -> None:
    desk.goto("/desk/school/")
    row = desk.locator(".register li").filter(has_text=name)
    press(row.get_by_role("button", name="到了"))
    expect(register(desk, "inside").filter(has_text=name)).to_be_visible()


def see_the_guardian(desk: Page, child: str, look: Look) -> None:
    """Whoever enrolled the child comes to the desk with a document."""
    desk.goto("/desk/school/to-be-confirmed/")
    look(desk, "guardians-to-be-seen")
    press(desk.get_by_role("link", name=child))
    desk.get_by_text("还没见过面").click()
    desk.get_by_label("看了证件").check()
    look(desk, "guardian-seen")
    press(desk.get_by_role("button", name="已经见过这位监护人"))
    expect(desk.get_by_text("这位监护人的安排生效", exact=False)).to_be_visible()


def open_hand_over(desk: Page, name: str) -> None:
    desk.goto("/desk/school/")
    press(register(desk, "inside").filter(has_text=name).get_by_role("link", name="交接"))
    expect(desk.get_by_role("heading", name=name)).to_be_visible()


def type_a_code(desk: Page, code: str) -> None:
    desk.get_by_label("接送码的六位数字").fill(code)
    press(desk.get_by_role("button", name="核对接送码并交接"))


def hand_over_to(desk: Page, collector: str) -> None:
    """To somebody whom staff know."""
    form = desk.locator("form.person").filter(has_text=collector)
    press(form.get_by_role("button").first)
    expect(desk.get_by_text("已离校", exact=False).first).to_be_visible()


def call(desk: Page, whom: str, look: Look) -> None:
    """From the list of those who are still here after the end."""
    desk.goto("/desk/school/")
    look(desk, "session-over")
    press(desk.get_by_role("link", name="该给谁打电话"))
    look(desk, "still-here")
    row = desk.locator(".call-list li").filter(has_text=whom)
    press(row.get_by_role("button", name="没人接"))
    expect(desk.get_by_text(f"{whom}: 没人接", exact=False)).to_be_visible()


def close_the_afternoon(desk: Page, look: Look) -> None:
    desk.goto("/desk/school/")
    press(desk.get_by_role("link", name="结束今天"))
    look(desk, "session-close")
    press(desk.get_by_role("button", name="教室空了"))
    expect(desk.get_by_text("孩子都已交接", exact=False).first).to_be_visible()
    look(desk, "session-closed")


# --- Hours ---------------------------------------------------------------------------------


def confirm_hours(desk: Page, look: Look) -> None:
    """Of all who signed in and out that day."""
    desk.goto("/desk/hours/")
    look(desk, "hours")
    press(desk.get_by_role("button", name="确认当天签到又签退的全部"))
    expect(desk.get_by_text("没有待确认的时长")).to_be_visible()


def make_the_proof(page: Page, look: Look) -> str:
    """Its number; it stands on the public list first."""
    page.goto("/me/hours/")
    look(page, "my-hours")
    press(page.get_by_role("button", name="开时长证明"))
    expect(page.get_by_text("正在公示，还没有生效")).to_be_visible()
    look(page, "proof")
    number = re.search(r"DDF-\d{4}-\d{6}-\w{6}", page.locator("main").inner_text()).group()
    page.goto("/hours/")
    expect(page.get_by_text(number[:15])).to_be_visible()
    look(page, "public-list")
    return number
