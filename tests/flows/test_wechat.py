"""Inside WeChat's own browser: every main job works, and what it cannot do is said on the button.

Which buttons those are is found by a walk over all pages, for every reader.
"""

import inspect
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from after_school.demo.school import GUARDIAN
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.wechat import is_file
from tests.conftest import signed_in
from tests.flows import test_after_school as after_school
from tests.flows import test_edu_base as edu_base
from tests.flows import test_happy_square as happy_square
from tests.flows import test_residents_school as residents_school
from tests.flows.test_every_page import READERS
from tests.flows.walks import PHONES, pages_by_reader
from tests.support.accessibility import faults_of
from tests.support.browser import PHONE, watched_page

ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/126.0.6478.188 Mobile Safari/537.36 XWEB/1260117 MMWEBSDK/20240801 "
    "MicroMessenger/8.0.53.2740(0x28003533) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN"
)
IN_WECHAT = {"user-agent": ANDROID}
PRINTED = '<p class="print-hint">'  # what a page to be printed says on top
SIGN = "（用浏览器）"


class Links(HTMLParser):
    """Addresses of the links in the main part of a page, and whether each is marked."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, bool] = {}
        self.in_main, self.link = False, ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.in_main = self.in_main or tag == "main"
        if tag == "a" and self.in_main:
            self.link = said.get("href") or ""
            self.found.setdefault(self.link, False)
        if self.link and said.get("class") == "outside":
            self.found[self.link] = True

    def handle_endtag(self, tag: str) -> None:
        self.in_main = self.in_main and tag != "main"
        if tag == "a":
            self.link = ""


def leads_out(client: Client, address: str) -> bool:
    """To a file, or to a page that is there to be printed."""
    if address.startswith("webcal:"):
        return True
    answer = client.get(address)
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return is_file(answer) or (is_page and PRINTED in answer.text)


def wrongly_marked(client: Client, pages: list[str]) -> Iterator[tuple[str, str, bool]]:
    """Page and link where the mark and what is there differ; each link is followed once."""
    known: dict[str, bool] = {}
    for page in pages:
        text = client.get(page, headers=IN_WECHAT).text
        is_printed = 'class="print-hint"' in text  # it says on top how
        for link, is_marked in Links(text).found.items():
            address = urljoin(page, link)
            if urlsplit(address).scheme not in ("", "webcal") or link.startswith("#"):
                continue
            if address not in known:
                known[address] = leads_out(client, address)
            if is_marked != known[address] and not is_printed:
                yield page, link, is_marked
    assert any(known.values()), "nothing here leads out of WeChat"


@pytest.mark.parametrize("reader", READERS)
def test_exactly_what_wechat_cannot_do_is_marked(season: None, reader: str) -> None:
    phone = READERS[reader]
    client = signed_in(User.objects.get(phone=phone)) if phone else Client()
    wrong = list(wrongly_marked(client, dict(pages_by_reader())[phone]))
    assert wrong == [], "\n".join(map(str, wrong))


def test_nothing_is_marked_elsewhere(season: None) -> None:
    assert 'class="outside"' not in Client().get("/calendar/").text
    assert 'class="outside"' in Client().get("/calendar/", headers=IN_WECHAT).text


# --- What comes in place of a file -----------------------------------------------------------


def test_a_file_is_explained_and_is_there_in_the_browser(season: None) -> None:
    client = signed_in(User.objects.get(phone=PHONES[Role.RESIDENT]))
    address = reverse("portal:learning_export", args=["xlsx"])
    here = client.get(address, headers=IN_WECHAT | {"referer": "http://testserver/me/learning/"})
    assert here["Content-Type"].startswith("text/html")
    assert "Content-Disposition" not in here.headers
    assert here["Cache-Control"] == "private, no-store"
    assert 'href="http://testserver/me/learning/"' in here.text  # the way back
    assert client.get(address)["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/me/"])
def test_back_leads_nowhere_else(season: None, referer: str) -> None:
    address = Links(Client().get("/calendar/").text).found
    feed = next(one for one in address if one.endswith(".ics"))
    answer = Client().get(feed, headers=IN_WECHAT | {"referer": referer})
    assert "elsewhere" not in answer.text
    assert Client().get(feed)["Content-Type"].startswith("text/calendar")


def test_the_page_shows_how(season: None, browser: Browser, live_server: LiveServer) -> None:
    with watched_page(browser, live_server.url, **PHONE, user_agent=ANDROID) as page:
        page.goto("/calendar/")
        page.locator("main a", has_text=SIGN).first.click()
        expect(page.get_by_role("heading", name="请用浏览器打开")).to_be_visible()
        expect(page.locator("img[src*=open-in-browser]")).to_be_visible()
        assert faults_of(page, page.url) == []


# --- Every main job --------------------------------------------------------------------------


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    with watched_page(browser, live_server.url, **PHONE, user_agent=ANDROID) as page:
        yield page


@pytest.fixture
def phone(page: Page) -> Page:
    return page


STORIES = [
    residents_school.test_a_resident_registers_takes_a_seat_is_reminded_and_passes_it_on,
    residents_school.test_what_residents_ask_for_is_given_attended_and_certified,
    after_school.test_every_child_is_expected_looked_after_and_handed_over,
    happy_square.test_a_group_is_listed_found_danced_in_visited_and_moved,
    edu_base.test_a_worker_is_nominated_says_yes_and_applies,
]


@pytest.mark.parametrize("javascript", [True])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__module__.rpartition(".")[2])
def test_a_whole_story_is_played_inside_wechat(
    portal: None, request: pytest.FixtureRequest, story: Callable[..., None], javascript: bool
) -> None:
    """As its own test plays it, on a phone that is in WeChat."""
    story(**{name: request.getfixturevalue(name) for name in inspect.signature(story).parameters})


@pytest.mark.parametrize("phone_number", [PHONES[Role.RESIDENT], GUARDIAN.phone])
def test_pages_fit_a_phone_with_their_marks(
    season: None, page: Page, sign_in: Callable[[Page, User], None], phone_number: str
) -> None:
    sign_in(page, User.objects.get(phone=phone_number))
    pages = dict(pages_by_reader())[phone_number]
    assert [fault for address in pages for fault in faults_of(page, address)] == []
