"""A real browser for the tests: Chromium, wherever it is, and pages that are watched.

`page` is a phone, `desktop_page` a desk. Both fail a test in which a request left this machine
or the console showed an error. Without Chromium these tests alone are skipped, and the summary
says how to get it; with CHROMIUM=required they fail instead.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from diedie_edu.accounts.models import User

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"]
MAC = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
]
# Two hidden pages behind each window's address bar, which would take longer than one of ours; and
# what Playwright turns off, because the last such list alone counts.
OFF = [
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "AimEnabled"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch"),
]
QUIET = [
    f"--disable-features={','.join(OFF)}",
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    # A name that is not this machine leads nowhere, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PATIENCE = 20_000  # milliseconds; reached only where something is wrong
DESK = {"viewport": {"width": 1280, "height": 900}}
HOW_TO_GET_IT = """\
没有找到 Chromium，浏览器测试已跳过！  Chromium was not found: the browser tests were SKIPPED!
  Debian/Ubuntu   apt install chromium fonts-noto-cjk
  Fedora          dnf install chromium google-noto-sans-cjk-fonts
  macOS           brew install --cask chromium
  其他 / else     CHROMIUM=/path/to/chromium make test"""


def find_chromium() -> str | None:
    """The program to start: the one CHROMIUM names, or one of the usual ones."""
    named = os.environ.get("CHROMIUM", "required")
    if named != "required":
        return named if Path(named).exists() else None
    installed = [shutil.which(name) for name in NAMES] + [
        path for path in MAC if Path(path).exists()
    ]
    return next(filter(None, installed), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", []):
            item.add_marker(pytest.mark.browser)
    # The slow ones first, so that no worker ends with one while the others have nothing to do.
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if find_chromium() is None:
        terminalreporter.section("Chromium", sep="!", red=True, bold=True)
        terminalreporter.write_line(HOW_TO_GET_IT, red=True)


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """Closed before the database is dropped, which its open pages keep in use."""
    program = find_chromium()
    if program is None:
        tell = pytest.fail if os.environ.get("CHROMIUM") == "required" else pytest.skip
        tell("Chromium was not found")
    # Playwright keeps an event loop in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield started
        connections.close_all()  # this thread has others while there is a loop
        started.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A phone; `page.goto("/")` opens the portal's home page."""
    with watched_page(browser, live_server.url, **PHONE) as page:
        yield page


@pytest.fixture
def desktop_page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A desk at the community's office."""
    with watched_page(browser, live_server.url, **DESK) as page:
        yield page


@pytest.fixture
def sign_in(live_server: LiveServer) -> Callable[[Page, User], None]:
    """`sign_in(page, user)` opens a session without typing a password."""

    def give_cookie(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user, backend="diedie_edu.accounts.backends.PhoneBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        session = {"name": cookie.key, "value": cookie.value, "url": live_server.url}
        page.context.add_cookies([session])

    return give_cookie


def press(target: Locator) -> None:
    """Click what leads to another page, and wait until that page is there.

    A click alone may end before the browser has begun to send the form; what comes next would
    then read the old page.
    """
    with target.page.expect_navigation():
        target.click()


def open_from_menu(desk: Page, name: str) -> None:
    """Open a staff page by its name from the menu of all staff pages, which stands folded."""
    menu = desk.locator("details.desk-menu")
    menu.locator("summary").click()
    press(menu.get_by_role("link", name=name, exact=True))


@dataclass
class Watch:
    """What a page did that no page of ours may do."""

    left: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)

    def note_request(self, request: Request) -> None:
        if request.is_navigation_request():
            self.documents.add(request.url)
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.hostname not in (
            "127.0.0.1",
            "localhost",
        ):
            self.left.append(request.url)

    def note_console(self, message: ConsoleMessage) -> None:
        # The browser also reports a page that was answered with 404 or 409; tests want those.
        is_page = message.location.get("url") in self.documents
        if "net::ERR_INTERNET_DISCONNECTED" in message.text:
            return  # the test took the network away
        if message.type == "error" and not (is_page and "Failed to load" in message.text):
            self.errors.append(message.text)

    def note_response(self, response: Response) -> None:
        if response.status >= 500:
            self.errors.append(f"{response.status} {response.url}")

    def check(self) -> None:
        assert self.left == [], f"requests left this machine: {self.left}"
        assert self.errors == [], f"the console shows errors: {self.errors}"


@contextmanager
def watched_page(browser: Browser, home: str, **device: object) -> Iterator[Page]:
    """A page of its own context, in Chinese, that is checked in the end."""
    watch = Watch()
    context = browser.new_context(
        base_url=home, locale="zh-CN", timezone_id="Asia/Shanghai", **device
    )
    context.on("request", watch.note_request)
    context.on("response", watch.note_response)
    context.on("console", watch.note_console)
    context.on("weberror", lambda error: watch.errors.append(str(error.error)))
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context.new_page()
    context.close()
    watch.check()
