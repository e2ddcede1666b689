"""Pages about rooms, in both views, on a phone and a desk: no accessibility fault."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_now
from diedie_edu.common.links import token
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.actions import bookings, displacing, empty_rooms, requests
from diedie_edu.venues.models import Booking, RoomCheck, RoomPriority, RoomRequest, Venue
from diedie_edu.venues.queries.displacing import standing_then
from tests.flows.walks import PHONES
from tests.support.accessibility import faults_here, faults_of
from tests.support.browser import DESK, PHONE, press, watched_page

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


def ask(hall: Venue, square: Programme, first: datetime, by: User, now: datetime) -> RoomRequest:
    """Three weeks, and an hour that has begun without anybody."""
    wish = requests.Wish(whose="合唱团", purpose="排练", programme=square, note="要用钢琴")
    starts = [first + week * WEEK for week in range(3)]
    wanted = [Booking(venue=hall, starts_at=at, ends_at=at + HOUR) for at in starts]
    row = requests.reserve(wish=wish, wanted=wanted, by=by, now=now)
    begun = {"starts_at": now - HOUR / 3, "ends_at": now + HOUR}
    bookings.book(wanted=[Booking(venue=hall, purpose="排练", programme=square, **begun)])
    Booking.objects.filter(venue=hall, request=None).update(request=row)
    empty_rooms.ask_whether_there(now)
    return row


def pages_of_rooms(first: datetime, staff: User, now: datetime) -> list[str]:
    """A request, a time that gave way, and a room that may stand empty."""
    hall = Venue.objects.create(title_zh="会议厅", places=30, needs_approval=True)
    school = Programme.objects.get(slug="residents-school")
    RoomPriority.objects.create(venue=hall, programme=school)
    row = ask(hall, Programme.objects.get(slug="happy-square"), first, staff, now)
    times = {"starts_at": first, "ends_at": first + HOUR}
    claimed = Booking(venue=hall, programme=school, purpose="讲座", **times)
    shown = frozenset(found.pk for found in standing_then(claimed))
    acts = {"wanted": claimed, "reason": "反诈日", "shown": shown, "by": staff, "now": now}
    [made] = displacing.displace(**acts)
    check = RoomCheck.objects.get(booking__venue=hall).pk
    return [
        *(f"/rooms/requests/{row.pk}/{page}" for page in ("", "change/", "give-back/")),
        *("/rooms/requests/", "/rooms/empty/", f"/rooms/empty/{check}/"),
        f"/rooms/there/{token('room_check', check)}/",
        f"/rooms/held/{token('displacement', made.pk, staff.pk)}/",
    ]


def fill(page: Page, address: str, day: datetime, **more: str) -> None:
    """The form of a room, sent; with its programme where it asks for one."""
    page.goto(address)
    page.select_option("[name=venue]", label="会议厅")
    if page.locator("[name=programme]").count():
        page.select_option("[name=programme]", label="居民学校")
    typed = {"purpose": "健康", "day": f"{day:%Y-%m-%d}", "starts": "09:30", "ends": "11:00"}
    for name, value in (typed | more).items():
        page.fill(f"[name={name}]", value)
    press(page.locator("main form button").last)


@pytest.mark.parametrize("view", ["standard", "elder"])
def test_no_page_about_rooms_has_an_accessibility_fault(
    season: None,
    browser: Browser,
    live_server: LiveServer,
    sign_in: Callable[[Page, User], None],
    view: str,
) -> None:
    now, staff = local_now(), User.objects.get(phone=PHONES[Role.STAFF])
    first = (now + 3 * WEEK).replace(hour=10, minute=0)
    pages, faults = pages_of_rooms(first, staff, now), []
    with watched_page(browser, live_server.url, **PHONE) as page:
        sign_in(page, staff)
        page.context.add_cookies([{"name": "view", "value": view, "url": live_server.url}])
        for address in pages:
            page.set_viewport_size(PHONE["viewport"])
            faults += faults_of(page, address)
            page.set_viewport_size(DESK["viewport"])
            faults += faults_here(page, f"{address} on a desk")
        fill(page, "/rooms/requests/new/", first + WEEK, weeks="3")
        faults += faults_here(page, "the days of a request")
        fill(page, "/rooms/claim/", first + WEEK)
        expect(page.locator("textarea[name=reason], input[name=reason]")).to_be_visible()
        faults += faults_here(page, "who would give way")
    assert faults == []
