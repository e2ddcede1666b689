"""The main job: from an unknown phone to a seat, a reminder, and the next person's turn; and the
whole loop, from what residents ask for to the paper that says what they have learned."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions import seats
from diedie_edu.activities.models import Activity
from diedie_edu.common.templatetags.ui import qr_code
from diedie_edu.door.models import Feedback
from diedie_edu.door.queries import attendance
from diedie_edu.people.models import Household, Resident, Topic
from diedie_edu.venues.models import Venue
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.flows import steps
from tests.support.browser import press

pytestmark = pytest.mark.usefixtures("portal")
OWN_PHONE = "13700000068"


def register(page: Page, text_messages: Callable[[str], list[str]]) -> None:
    page.goto("/")
    press(page.get_by_role("link", name="注册").first)
    page.get_by_label("手机号").fill("+86 137 0000 0068")
    press(page.get_by_role("button", name="获取验证码"))
    code = re.search(r"\d{6}", text_messages(OWN_PHONE)[-1])
    page.get_by_label("6 位").fill(code.group())
    press(page.locator("main form button").first)
    steps.say_who_registers(page, "何立春")


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
    press(page.get_by_role("link", name="讲座", exact=True))
    press(page.get_by_role("link", name="秋冬护膝"))
    press(page.get_by_role("button", name="报名"))
    expect(page.get_by_text("报名成功", exact=False)).to_be_visible()
    expect(page.get_by_text("已报名")).to_be_visible()
    seats.sign_up(activity=lecture, resident=waiting.resident, by=waiting, now=NOW)

    press(page.get_by_role("link", name="我的", exact=True))
    expect(page.get_by_role("link", name="秋冬护膝", exact=True)).to_be_visible()

    later(days=4, hours=8, minutes=1)  # Friday 18:01, the evening before
    assert any("提醒" in text and "秋冬护膝" in text for text in text_messages(OWN_PHONE))
    press(page.get_by_role("link", name=re.compile("消息")))
    press(page.get_by_role("link", name="提醒：秋冬护膝"))
    expect(page.get_by_role("heading", name="提醒：秋冬护膝")).to_be_visible()

    page.context.clear_cookies()  # nobody need sign in to tap the link of a message
    page.goto(steps.link_in(text_messages(OWN_PHONE)[-1]))
    press(page.get_by_role("button", name="来不了"))
    expect(page.get_by_text("谢谢您告诉我们", exact=False)).to_be_visible()
    turn = text_messages(waiting.phone)[-1]
    assert "轮到您了" in turn
    page.goto(steps.link_in(turn))
    press(page.get_by_role("button", name="我来"))
    expect(page.get_by_text("已报名")).to_be_visible()
    assert waiting.resident.sign_ups.get().is_seated


def test_staff_plan_a_lecture_announce_it_and_call_it_off(
    desktop_page: Page, make_user: Callable[..., User], sign_in: Callable[[Page, User], None]
) -> None:
    page = desktop_page
    sign_in(page, make_user(Role.STAFF))
    page.goto("/desk/")
    press(page.get_by_role("link", name="安排讲座"))
    page.get_by_label("讲座标题").fill("写好一个“福”字")
    page.get_by_label("专题").select_option(str(Topic.objects.get(title_zh="书法").pk))
    page.get_by_label("名额").fill("20")
    page.locator("input[name=day]").fill("2026-11-25")
    page.get_by_label("场地", exact=True).select_option(
        str(Venue.objects.get(title_zh="社区多功能厅").pk)
    )
    press(page.get_by_role("button", name=re.compile("发布")))
    expect(page.get_by_text("讲座安排在周六、周日", exact=False)).to_be_visible()
    expect(page.get_by_label("讲座标题")).to_have_value("写好一个“福”字")

    page.locator("input[name=day]").fill("2026-11-28")
    press(page.get_by_role("button", name=re.compile("发布")))
    expect(page.get_by_text("已发布", exact=False).first).to_be_visible()

    page.goto("/lectures/staff/")  # without a speaker the page of speakers came first
    page.locator("main tbody summary").click()
    press(page.locator("main a.danger"))
    page.get_by_label("原因").fill("讲师生病了")
    press(page.get_by_role("button", name=re.compile("取消")))
    expect(page.get_by_text("已取消", exact=False).first).to_be_visible()
    assert Lecture.objects.get().state == Activity.State.CALLED_OFF


def press_by_key(page: Page, words: str) -> None:
    """With the keys alone: Tab as far as the button, then Enter."""
    for _tab in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            break
    page.keyboard.press("Enter")


def test_the_keyboard_alone_takes_a_seat(
    page: Page,
    make_lecture: Callable[..., Lecture],
    make_user: Callable[..., User],
    sign_in: Callable[[Page, User], None],
) -> None:
    lecture, user = make_lecture(), make_user(Role.RESIDENT)
    sign_in(page, user)
    page.goto(f"/lectures/{lecture.pk}/")
    press_by_key(page, "报名")
    expect(page.get_by_text("已报名")).to_be_visible()
    assert user.resident.sign_ups.get().is_seated


def test_the_keyboard_alone_accepts_an_offer(
    page: Page,
    make_lecture: Callable[..., Lecture],
    make_user: Callable[..., User],
    text_messages: Callable[[str], list[str]],
) -> None:
    lecture = make_lecture(capacity=1)
    first, waiting = make_user(Role.RESIDENT), make_user(Role.RESIDENT)
    for user in (first, waiting):
        seats.sign_up(activity=lecture, resident=user.resident, by=user, now=NOW)
    seats.cancel_sign_up(activity=lecture, resident=first.resident, by=first, now=NOW)
    page.goto(steps.link_in(text_messages(waiting.phone)[-1]))
    press_by_key(page, "我来")
    expect(page.get_by_text("已报名")).to_be_visible()
    assert waiting.resident.sign_ups.get().is_seated


# --- The whole loop ------------------------------------------------------------------------

HALL, TOPIC, TITLE = "社区多功能厅", "书法", "写好一个福字"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_what_residents_ask_for_is_given_attended_and_certified(
    phone: Page,
    desk: Page,
    make_user: Callable[..., User],
    sign_in: Callable[[Page, User], None],
    text_messages: Callable[[str], list[str]],
    later: Callable[..., None],
) -> None:
    husband = make_user(Role.RESIDENT, phone=OWN_PHONE, display_name="何立春")
    quick = [make_user(Role.RESIDENT, display_name=name) for name in ("吕雨水", "秦小满")]
    live_with(husband, "马春分")
    sign_in(desk, make_user(Role.STAFF))

    steps.open_a_survey(desk, "明年春天，您想学什么？", "2026-11-23", "2026-11-24")
    for resident in (husband, *quick):
        sign_in(phone, resident)
        steps.answer_the_survey(phone, TOPIC)
    row = steps.widest_gap(desk)
    expect(row).to_contain_text(TOPIC)
    expect(row.locator("td[data-label=缺口]")).to_have_text("3")

    days = steps.preview_a_series(
        desk, title=TITLE, topic=TOPIC, venue=HALL, seats=2, first_day="2026-11-28", weeks=2
    )
    expect(days).to_have_count(2)
    assert not Lecture.objects.exists()  # seen day by day, and nothing saved yet
    steps.announce_the_series(desk)
    told = [text for text in text_messages(OWN_PHONE) if "您想学的开讲啦" in text]
    assert len(told) == 1  # once, though there are two lectures on it

    for resident in quick:
        sign_in(phone, resident)
        steps.take_a_seat(phone, TITLE)
    sign_in(phone, husband)
    steps.queue_together(phone, TITLE, ["何立春", "马春分"])
    for number, resident in enumerate(quick, 1):
        sign_in(phone, resident)
        steps.give_the_seat_back(phone, TITLE)
        offers = [text for text in text_messages(OWN_PHONE) if "轮到您了" in text]
        assert len(offers) == (number == 2)  # one seat is not enough for two who come together
    phone.context.clear_cookies()
    steps.accept_the_offer(phone, offers[0])

    later(days=4, hours=8, minutes=1)  # Friday 18:01
    assert "提醒" in text_messages(OWN_PHONE)[-1]

    later(days=4, hours=23)  # Saturday 9:00, half an hour before it begins
    sign_in(phone, husband)
    lecture = Lecture.objects.earliest("pk")
    address = f"/door/{attendance.ticket_of(lecture.occasion.pk, husband.resident.pk)}/"
    code = steps.ticket_of(phone, "何立春").locator("svg path.qrline").get_attribute("d")
    assert code in qr_code(f"{settings.PORTAL_URL}{address}")
    steps.scan(desk, address, "何立春")
    number = steps.ticket_of(phone, "马春分").locator(".ticket-code").inner_text()
    steps.type_the_number(desk, number, "马春分")
    assert lecture.occasion.attendances.count() == 2

    later(days=5, hours=4, minutes=1)  # 14:01, three hours after the end
    phone.context.clear_cookies()
    steps.say_how_it_was(phone, text_messages(OWN_PHONE)[-1])
    assert Feedback.objects.get().use == "much"

    sign_in(phone, husband)
    paper = steps.make_the_certificate(phone, TITLE)
    phone.context.clear_cookies()  # whoever is shown the paper may check it
    steps.check_the_certificate(phone, paper)
    expect(phone.get_by_text("有效", exact=True)).to_be_visible()
    expect(phone.get_by_text("1.5")).to_be_visible()


def live_with(user: User, name: str) -> None:
    """Somebody without a phone of their own lives in the same household."""
    home = Household.objects.create(label="7-2-301")
    Resident.objects.filter(account=user).update(household=home)
    Resident.objects.create(full_name=name, household=home)
