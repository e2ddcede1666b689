"""People in the register: entered, brought together, told; what is done to their records."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from time import monotonic

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions import schedule, seats
from diedie_edu.common.days import local_now
from diedie_edu.notices import outbox
from diedie_edu.people.models import Household, Resident
from residents_school.models import Lecture
from tests.support.accessibility import faults_here
from tests.support.browser import press
from tests.support.dumping import places_of
from tests.support.seats import enter

pytestmark = pytest.mark.usefixtures("portal")
SignIn = Callable[[Page, User], None]
AsUser = Callable[[User], Client]


@pytest.fixture
def desk(desktop_page: Page, sign_in: SignIn, staff_user: User) -> Page:
    sign_in(desktop_page, staff_user)
    desktop_page.goto("/desk/")
    return desktop_page


def look_up(desk: Page, words: str) -> None:
    """In the box of every page of staff."""
    desk.get_by_label("查找居民").first.fill(words)
    press(desk.get_by_role("button", name="查找", exact=True).first)


def move_by_a_day(lecture: Lecture, by: User) -> None:
    occasion, day = lecture.occasions.get(), timedelta(days=1)
    times = {"starts_at": occasion.starts_at + day, "ends_at": occasion.ends_at + day}
    place = {"occasion": occasion, "venue": occasion.venue}
    schedule.move_occasion(**place, **times, by=by, now=local_now())
    outbox.tick()


def test_an_elder_without_a_phone_is_entered_joins_a_family_and_is_rung_when_a_lecture_moves(
    desk: Page, staff_user: User, make_lecture: Callable[..., Lecture]
) -> None:
    lecture = make_lecture(title="秋冬护膝")
    home = Household.objects.create(label="12-3-501", phone="0757-81234567")
    Resident.objects.create(full_name="陈建城", household=home)

    began = monotonic()
    look_up(desk, "王桂花")
    faults = faults_here(desk, "nobody found")
    press(desk.get_by_role("button", name="登记新居民"))
    desk.get_by_label("满14周岁").first.check()
    desk.get_by_label("常住居民").check()
    desk.get_by_label("同时报名").select_option(str(lecture.pk))
    press(desk.get_by_role("button", name="登记", exact=True))
    expect(desk.get_by_text("已为王桂花报名", exact=False)).to_be_visible()
    assert monotonic() - began < 60, "entered and signed up in under a minute"
    faults += faults_here(desk, "her page")

    press(desk.get_by_role("link", name="加入家庭"))
    desk.get_by_label("家庭的房号").fill("12-3-501")
    desk.get_by_label("由谁提出").fill("两人一起到服务台")
    press(desk.get_by_role("button", name="看看会怎样"))
    expect(desk.get_by_text("陈建城")).to_be_visible()
    faults += faults_here(desk, "preview of a family")
    press(desk.get_by_role("button", name="确定加入"))
    expect(desk.get_by_text("两人一起到服务台")).to_be_visible()

    move_by_a_day(lecture, staff_user)
    desk.goto("/desk/")
    press(desk.get_by_role("link", name="打开电话名单"))
    press(desk.get_by_role("link", name="时间或地点有变：秋冬护膝"))
    card = desk.locator(".calls li", has_text="王桂花")
    expect(card.get_by_role("link", name="0757-81234567")).to_be_visible()
    assert faults == []


def test_an_account_is_erased_and_no_table_names_its_owner(
    desk: Page,
    make_user: Callable[..., User],
    make_lecture: Callable[..., Lecture],
    as_user: AsUser,
) -> None:
    user = make_user(Role.RESIDENT, display_name="欧阳无痕")
    lecture, person = make_lecture(title="手机防骗"), user.resident
    seats.sign_up(activity=lecture, resident=person, by=user, now=local_now())
    as_user(user).post("/me/data/erasure/", {"scope": "all", "sure": "on"})
    desk.goto("/desk/")
    press(desk.get_by_role("link", name="查看申请"))
    faults = faults_here(desk, "who asked to be erased")
    press(desk.get_by_role("link", name="欧阳无痕"))
    expect(desk.get_by_text("1个名额会退还")).to_be_visible()
    faults += faults_here(desk, "what it means")
    press(desk.get_by_role("button", name="现在删除"))
    expect(desk.get_by_text("已办好")).to_be_visible()
    assert places_of("欧阳无痕") | places_of(user.phone) == set()
    assert faults == []


def test_a_phone_changes_and_the_old_number_gets_nothing(
    desk: Page,
    resident_user: User,
    staff_user: User,
    make_lecture: Callable[..., Lecture],
    text_messages: Callable[[str], list[str]],
) -> None:
    old, new, lecture = resident_user.phone, "13711110000", make_lecture(title="秋冬护膝")
    enter(lecture, resident_user.resident, now=local_now())

    look_up(desk, resident_user.display_name)
    press(desk.get_by_role("link", name="更换手机号"))
    faults = faults_here(desk, "a new number")
    desk.get_by_label("新号码").fill(new)
    desk.get_by_label("旧号码怎么了").fill("手机丢了")
    desk.get_by_label("本人就在面前", exact=False).check()
    press(desk.get_by_role("button", name="核对一下"))
    expect(desk.get_by_text("旧号码不再收到任何消息", exact=False)).to_be_visible()
    faults += faults_here(desk, "looked over")
    press(desk.get_by_role("button", name="立即更换"))
    expect(desk.get_by_text("新号码已经生效", exact=False)).to_be_visible()

    assert "服务台已把这个号码换成" in text_messages(old)[-1]
    before = text_messages(old)
    move_by_a_day(lecture, staff_user)
    assert text_messages(old) == before
    assert any("秋冬护膝" in text for text in text_messages(new))
    assert faults == []


def test_two_records_of_one_person_become_one_and_two_again(
    desk: Page,
    make_resident: Callable[..., Resident],
    make_lecture: Callable[..., Lecture],
    staff_user: User,
) -> None:
    """Entered at the desk as 王桂花, then once more by a list with her number."""
    born = {"full_name": "王桂花", "birth_date": date(1955, 3, 8)}
    kept, again = make_resident(**born), make_resident(**born, phone="13711112222")
    lectures = [make_lecture(title="秋冬护膝"), make_lecture(title="手机防骗")]
    for lecture, person in zip(lectures, (kept, again), strict=True):
        seats.sign_up(activity=lecture, resident=person, by=staff_user, now=local_now())

    desk.goto(f"/desk/people/{kept.pk}/")
    expect(desk.get_by_role("link", name="手机防骗")).to_have_count(0)
    press(desk.get_by_role("link", name="与另一份档案合并"))
    faults = faults_here(desk, "likely the same person")
    press(desk.get_by_role("link", name="对比两份"))
    expect(desk.get_by_role("cell", name="137****2222").last).to_be_visible()
    desk.get_by_label("原因").fill("本人来服务台核对过")
    faults += faults_here(desk, "side by side")
    press(desk.get_by_role("button", name="是，合并为一份"))
    expect(desk.get_by_role("link", name="手机防骗").first).to_be_visible()
    expect(desk.get_by_role("link", name="秋冬护膝").first).to_be_visible()
    look_up(desk, "王桂花")
    expect(desk).to_have_url(re.compile(f"/desk/people/{kept.pk}/$"))  # the only one, at once

    press(desk.get_by_role("link", name="撤销", exact=True))
    expect(desk.get_by_text("一切恢复原样")).to_be_visible()
    desk.get_by_label("原因").fill("是同名的两位")
    faults += faults_here(desk, "undone")
    press(desk.get_by_role("button", name="撤销"))
    expect(desk.get_by_role("link", name="手机防骗")).to_have_count(0)
    desk.goto(f"/desk/people/{again.pk}/")
    expect(desk.get_by_role("link", name="手机防骗").first).to_be_visible()
    assert faults == []
