"""Every code of the house is read off a phone's screen and off cheap paper, by two readers."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from after_school.demo.school import GUARDIAN
from after_school.models import Session
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Attendance, Occasion
from diedie_edu.common.days import local_now
from edu_base.queries import campaign
from happy_square.models import Group
from residents_school.models import Survey
from residents_school.queries import lectures
from tests.flows.walks import PHONES
from tests.support.browser import PHONE, watched_page
from tests.support.codes import (
    ZBAR_IS_MISSING,
    on_paper,
    on_screen,
    read_by,
    readers,
    zbar,
)

HERE = "https://xuexi.die-er.example"  # as long as such names are
CODE = "main svg.segno"
MILLIMETRES = 96 / 25.4  # pixels of CSS
SMALLEST = 25  # millimetres on paper


def test_both_readers_are_here() -> None:
    if zbar() is None:
        pytest.skip(ZBAR_IS_MISSING)


def pages() -> Iterator[tuple[str | None, str, str]]:
    """Who opens it, where, and what its codes open."""
    lecture = lectures.next_lectures(local_now(), 1)[0]
    seat = Occasion.objects.get(activity=lecture.pk).pk
    came = Attendance.objects.filter(resident__account__phone=PHONES[Role.RESIDENT]).first()
    paper = came.resident.certificates.get()
    survey, afternoon = Survey.objects.latest("opens_on"), Session.objects.latest("day")
    event = campaign.announced_events().earliest("pk")
    resident, staff = PHONES[Role.RESIDENT], PHONES[Role.STAFF]
    yield resident, f"/me/tickets/{seat}/", "/door/"
    yield resident, f"/me/certificates/{paper.pk}/", "/certificates/"
    yield None, "/calendar/poster/", "/(activities|lectures)/"
    yield None, "/calendar/poster/?paper=a3", "/(activities|lectures)/"
    yield GUARDIAN.phone, "/school/rules/poster/", "/school/rules/"
    yield staff, f"/groups/{Group.objects.earliest('pk').pk}/poster/", "/groups/"
    yield staff, f"/education/events/{event.pk}/poster/", "/education/"
    yield staff, f"/desk/publicity/posters/{lecture.pk}/", "/"
    yield staff, f"/desk/needs/surveys/{survey.pk}/sheet/", "/needs/"
    yield staff, f"/desk/school/sessions/{afternoon.pk}/duties/", "/"
    yield staff, "/me/second-step/set-up/", ""


@pytest.mark.parametrize("view", ["standard", "elder"])
def test_every_code_is_read_off_screen_and_paper(
    season: None,
    browser: Browser,
    live_server: LiveServer,
    sign_in: Callable[[Page, User], None],
    monkeypatch: pytest.MonkeyPatch,
    view: str,
) -> None:
    monkeypatch.setattr(settings, "PORTAL_URL", HERE)
    unread: list[str] = []
    for phone, address, opens in pages():
        with watched_page(browser, live_server.url, **PHONE) as page:
            if phone:
                sign_in(page, User.objects.get(phone=phone))
            page.context.add_cookies([{"name": "view", "value": view, "url": live_server.url}])
            page.goto(address)
            unread += unread_codes(page, address, opens)
    assert unread == []


def unread_codes(page: Page, address: str, opens: str) -> Iterator[str]:
    number = page.locator(CODE).count()
    if not number:
        yield f"{address}: no code"
    wanted = re.compile(re.escape(HERE) + opens if opens else "otpauth://totp/")
    for where, pictures in (
        ("screen", on_screen(page, page.locator(CODE))),
        ("paper", on_paper(page)),
    ):
        for name, reader in readers().items():
            read = read_by(reader, pictures)
            if len(read) != number or not all(map(wanted.match, read)):
                yield f"{address} on {where} by {name}: {len(read)} of {number} {read}"
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1028})  # A4 within its margins
    narrow = [box.bounding_box()["width"] for box in page.locator(CODE).all()]  # type: ignore[index]
    if min(narrow, default=0) < SMALLEST * MILLIMETRES:
        yield f"{address}: {min(narrow, default=0) / MILLIMETRES:.0f} mm on paper"
