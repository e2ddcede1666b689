"""Happy Square from a group's application to a room that closes under three programmes."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from after_school.models import ZoneDay
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import local_day
from diedie_edu.venues.models import Venue
from happy_square.models import Group, MeetUp
from happy_square.models.groups import PROGRAMME
from tests.conftest import NOW
from tests.flows import square_steps as steps
from tests.flows.school_steps import Look, make_term
from tests.support.browser import press

pytestmark = pytest.mark.usefixtures("portal")
WEDNESDAY, SATURDAY = date(2026, 12, 2), date(2026, 12, 5)
FOUND, ANSWER = "音乐太响", "音箱已经换到南边，音量调小了。"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_group_is_listed_found_danced_in_visited_and_moved(
    phone: Page,
    desk: Page,
    look: Look,
    make_user: Callable[..., User],
    make_lecture: Callable[..., object],
    sign_in: Callable[[Page, User], None],
    text_messages: Callable[[str], list[str]],
    later: Callable[..., None],
) -> None:
    staff = make_user(Role.STAFF)
    lead = make_user(Role.PROGRAMME_LEAD, scope=PROGRAMME)
    leader = make_user(Role.RESIDENT, display_name="梁夏至")
    dancer = make_user(Role.RESIDENT, display_name=steps.DANCER)
    sign_in(phone, leader)
    sign_in(desk, staff)

    steps.apply(phone, look)
    steps.accept(desk, look)
    assert "批准" in text_messages(leader.phone)[-1]
    group = Group.objects.get(title=steps.GROUP)
    steps.announce(phone, look)

    sign_in(phone, dancer)
    steps.find(phone, "舞蹈", "晚上", "活动室", look=look)
    steps.try_once(phone, look)
    steps.join(phone, look)
    later(days=1, hours=8, minutes=1)  # Tuesday 18:01, the evening before
    text_messages(dancer.phone)  # carries the outbox out
    phone.goto("/messages/")
    expect(phone.locator("main")).to_contain_text(steps.GROUP)

    later(days=2, hours=9, minutes=40)  # Wednesday 19:40
    sign_in(phone, leader)
    steps.count(phone, steps.DANCER, 12, look)
    assert MeetUp.objects.get(guests=12).group == group

    sign_in(phone, lead)
    steps.visit(phone, group.pk, FOUND, look)
    sign_in(phone, leader)
    steps.answer(phone, group.pk, ANSWER, look)
    sign_in(desk, lead)
    steps.close_finding(desk, group.pk, ANSWER, look)

    steps.count_growth_from(desk, f"{NOW:%Y-%m-%d}")
    desk.goto("/desk/square/growth/")
    look(desk, "growth")
    expect(desk.locator(".stats > *", has_text="新面孔")).to_contain_text("1")
    expect(desk.locator(".stats > *", has_text="人次（含不记名）")).to_contain_text("13")

    room = Venue.objects.get(title_zh="活动室")
    term = make_term(staff, WEDNESDAY)
    lecture = make_lecture(day=SATURDAY, venue=room, title="写春联", capacity=20)
    sign_in(desk, staff)
    steps.close_room(desk, "活动室", f"{WEDNESDAY}", f"{SATURDAY}", look)
    for title in (term.title, "写春联"):
        steps.to_room(desk, title, "社区多功能厅")
    steps.standing(desk, steps.GROUP).locator("input[value=call_off]").check()
    desk.get_by_label("原因").fill("活动室粉刷")
    look(desk, "room-closes")
    press(desk.get_by_role("button", name="看看会怎样"))
    look(desk, "room-closes-preview")
    press(desk.get_by_role("button", name="确认并通知大家"))

    hall = Venue.objects.get(title_zh="社区多功能厅")
    assert lecture.occasions.get().venue == hall
    days = ZoneDay.objects.filter(session__term=term, session__day__lte=SATURDAY)
    rooms = days.filter(zone__kind="activities").values_list("occasion__venue", flat=True)
    assert list(rooms) == [hall.pk] * 3
    off = Occasion.objects.filter(activity=group.pk, is_called_off=True)
    assert [local_day(row.starts_at) for row in off] == [WEDNESDAY]
    sign_in(phone, dancer)
    text_messages(dancer.phone)
    phone.goto("/messages/")
    press(phone.get_by_role("link", name=f"取消通知：{steps.GROUP}"))
    expect(phone.locator("main")).to_contain_text("活动室粉刷")
