"""Every page, in both views, on a phone and a desk: no accessibility fault, nothing cut off.

That no request leaves the machine and no console error shows is asserted by the page itself.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from after_school.demo.school import GUARDIAN
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_now
from edu_base.demo.loading import APPLICANT
from residents_school.queries import lectures
from tests.flows.walks import PHONES, pages_by_reader, walk_the_door
from tests.support.accessibility import faults_here, faults_of
from tests.support.browser import DESK, PHONE, watched_page

ADMIN = ["/admin/", "/admin/people/resident/", "/admin/people/volunteer/", "/admin/people/topic/"]
VIEWS = ["standard", "elder"]


READERS = {"nobody": None, "guardian": GUARDIAN.phone, "applicant": APPLICANT.phone} | {
    role.value: PHONES[role]
    for role in (Role.RESIDENT, Role.VOLUNTEER, Role.GROUP_LEADER, Role.STAFF, Role.BRANCH_LEAD)
}


def test_every_reader_is_followed(season: None) -> None:
    assert {phone for phone, _pages in pages_by_reader()} == set(READERS.values())


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("reader", READERS)
def test_no_page_has_an_accessibility_fault(
    season: None,
    browser: Browser,
    live_server: LiveServer,
    sign_in: Callable[[Page, User], None],
    view: str,
    reader: str,
) -> None:
    faults: list[str] = []
    with watched_page(browser, live_server.url, **PHONE) as page:
        if phone := READERS[reader]:
            sign_in(page, User.objects.get(phone=phone))
        page.context.add_cookies([{"name": "view", "value": view, "url": live_server.url}])
        for address in dict(pages_by_reader())[phone]:
            faults += faults_in_both_sizes(page, address)
    assert faults == []


def faults_in_both_sizes(page: Page, address: str) -> list[str]:
    """Opened on a phone, then made as wide as on a desk: no script of ours asks for the size."""
    page.set_viewport_size(PHONE["viewport"])
    on_phone = faults_of(page, address)
    page.set_viewport_size(DESK["viewport"])
    return on_phone + faults_here(page, f"{address} on a desk")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_at_the_door_has_an_accessibility_fault(
    season: None,
    browser: Browser,
    live_server: LiveServer,
    sign_in: Callable[[Page, User], None],
    moving_clock: time_machine.Traveller,
    view: str,
    device: dict,
) -> None:
    full = lectures.next_lectures(local_now(), 2)[1].occasion
    moving_clock.move_to(full.starts_at - timedelta(minutes=30))
    faults: list[str] = []
    with watched_page(browser, live_server.url, **device) as page:
        sign_in(page, User.objects.get(phone=PHONES[Role.STAFF]))
        page.context.add_cookies([{"name": "view", "value": view, "url": live_server.url}])
        walk_the_door(page, full, lambda where: faults.extend(faults_here(page, where)))
    assert faults == []


def test_the_admin_site_has_no_accessibility_fault(
    season: None,
    desktop_page: Page,
    sign_in: Callable[[Page, User], None],
) -> None:
    sign_in(desktop_page, User.objects.get(phone=PHONES[Role.STAFF]))
    assert [fault for address in ADMIN for fault in faults_of(desktop_page, address)] == []
