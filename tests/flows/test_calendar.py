"""The calendar in a browser: found from the lectures, taken along, printed on one page."""

import re
from collections.abc import Callable
from datetime import time

import pytest
from django.test import Client
from icalendar import Calendar
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Occasion
from diedie_edu.portal.demo.accounts import SIGN_INS
from residents_school.models import Lecture
from tests.flows.test_every_page import VIEWS
from tests.support.accessibility import faults_of
from tests.support.browser import DESK, PHONE, press, watched_page
from tests.support.occasions import rebook

PAGES = [
    "/calendar/",
    "/calendar/2026/10/",
    "/calendar/2028/12/",
    "/calendar/week/",
    "/calendar/poster/",
    "/calendar/poster/2028/12/30/?paper=a3",
    "/me/calendar/",
]
RESIDENT = next(row.phone for row in SIGN_INS if row.role == Role.RESIDENT)
A4, A3 = (595, 842), (842, 1191)  # points


def test_ones_dates_reach_ones_own_calendar(
    season: None, page: Page, sign_in: Callable[[Page, User], None]
) -> None:
    sign_in(page, User.objects.get(phone=RESIDENT))
    page.goto("/lectures/")
    press(page.locator("a[href='/calendar/']"))
    press(page.locator(".entry:visible").first)
    assert page.locator("a[href$='/calendar.ics']").count() == 1
    page.goto("/me/")
    press(page.locator("a[href='/me/calendar/']"))
    press(page.locator("form[action='/me/calendar/renew/'] button"))
    address = page.input_value("#feed")
    kept = Calendar.from_ical(Client().get(re.sub("^https?://[^/]+", "", address)).content)
    assert kept.events


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_of_the_calendar_has_an_accessibility_fault(
    season: None,
    browser: Browser,
    live_server: LiveServer,
    sign_in: Callable[[Page, User], None],
    view: str,
    device: dict,
) -> None:
    last = Occasion.objects.filter(activity__programme__slug="residents-school").latest("pk")
    rebook(Occasion.objects.filter(pk=last.pk), is_off=True)
    with watched_page(browser, live_server.url, **device) as page:
        sign_in(page, User.objects.get(phone=RESIDENT))
        page.context.add_cookies([{"name": "view", "value": view, "url": live_server.url}])
        faults = [fault for address in PAGES for fault in faults_of(page, address)]
        press(page.locator("form[action='/me/calendar/renew/'] button"))
    assert faults == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("a3", A3)])
def test_the_poster_is_one_page(
    season: None, desktop_page: Page, live_server: LiveServer, view: str, paper: str, size: tuple
) -> None:
    desktop_page.context.add_cookies([{"name": "view", "value": view, "url": live_server.url}])
    desktop_page.goto(f"/calendar/poster/?paper={paper}")
    pages = pages_of(desktop_page.pdf(prefer_css_page_size=True))
    assert pages == [size]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("number", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("letters", [15, 30, 80])
def test_nothing_on_the_poster_is_cut_off(
    portal: None,
    desktop_page: Page,
    live_server: LiveServer,
    make_lecture: Callable[..., Lecture],
    language: str,
    number: int,
    letters: int,
) -> None:
    """Not of a title as long as each size of letters allows, and 80 is the longest there is."""
    title = ("心肺复苏：从胸外按压到除颤器" * 6)[:letters]
    for hour in range(number):
        make_lecture(title=title, summary="学会了" * 20, starts=time(9 + hour))
    cookie = {"name": "django_language", "value": language, "url": live_server.url}
    desktop_page.context.add_cookies([cookie])
    desktop_page.goto("/calendar/poster/")
    cut = "rows => rows.filter(row => row.scrollHeight > row.clientHeight + 1).length"
    assert desktop_page.locator(".poster li").count() == number
    assert desktop_page.locator(".poster, .poster li").evaluate_all(cut) == 0


def pages_of(pdf: bytes) -> list[tuple[int, int]]:
    """The size of each page in points, rounded."""
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in boxes]
