"""Two colleagues have one page open: the later one sees what differs, on a phone and at a desk."""

from collections.abc import Callable
from datetime import time

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_now
from diedie_edu.venues.models import OpeningHours, Venue
from residents_school.queries import lectures
from tests.flows.walks import PHONES
from tests.support.accessibility import faults_here
from tests.support.browser import DESK, PHONE, press, watched_page

SignIn = Callable[[Page, User], None]
NOTHING_LOST = "您填的一个字也没有丢"


def save(page: Page) -> None:
    press(page.get_by_role("button", name="保存", exact=True).first)


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_a_lecture_that_a_colleague_has_moved_meanwhile(
    season: None, browser: Browser, live_server: LiveServer, sign_in: SignIn, device: dict
) -> None:
    lecture = lectures.next_lectures(local_now(), 1)[0]
    address = f"/lectures/staff/{lecture.pk}/"
    with (
        watched_page(browser, live_server.url, **device) as mine,
        watched_page(browser, live_server.url, **DESK) as other,
    ):
        for page in (mine, other):
            sign_in(page, User.objects.get(phone=PHONES[Role.STAFF]))
            page.goto(address)
        other.get_by_label("讲座标题").fill("八段锦入门")
        other.get_by_label("开始时间").fill("14:00")
        other.get_by_label("结束时间").fill("15:30")
        save(other)
        mine.get_by_label("讲座标题").fill("八段锦与太极")
        save(mine)

        expect(mine.get_by_role("alert")).to_contain_text(NOTHING_LOST)
        expect(mine.get_by_label("讲座标题")).to_have_value("八段锦与太极")
        expect(mine.get_by_label("开始时间")).to_have_value("14:00")
        assert faults_here(mine, address) == []
        save(mine)
        mine.wait_for_url("**/lectures/staff/")
    lecture.refresh_from_db()
    assert lecture.title == "八段锦与太极"


def test_a_room_whose_hours_a_colleague_has_changed_in_the_admin_site(
    season: None, browser: Browser, live_server: LiveServer, sign_in: SignIn
) -> None:
    room = Venue.objects.order_by("pk").first()
    for weekday in (1, 2):
        OpeningHours.objects.create(venue=room, weekday=weekday, opens=time(9), closes=time(12))
    address = f"/admin/venues/venue/{room.pk}/change/"
    with (
        watched_page(browser, live_server.url, **DESK) as mine,
        watched_page(browser, live_server.url, **DESK) as other,
    ):
        for page in (mine, other):
            sign_in(page, User.objects.get(phone=PHONES[Role.STAFF]))
            page.goto(address)
        other.locator("#id_places").fill("55")
        other.locator("#id_opening_hours-0-closes").fill("11:00")
        other.locator("#id_opening_hours-1-DELETE").check()
        save(other)
        mine.locator("#id_address").fill("叠滘社区二楼")
        mine.locator("#id_opening_hours-0-closes").fill("11:30")
        save(mine)

        expect(mine.locator("#id_address")).to_have_value("叠滘社区二楼")
        expect(mine.locator("#id_places")).to_have_value("55")
        expect(mine.locator("#id_opening_hours-0-closes")).to_have_value("11:30")
        expect(mine.locator("#id_opening_hours-1-opens")).to_have_count(0)
        save(mine)
        mine.wait_for_url("**/admin/venues/venue/")
    room.refresh_from_db()
    assert (room.places, room.address) == (55, "叠滘社区二楼")
    assert [row.closes for row in room.opening_hours.all()] == [time(11, 30)]
