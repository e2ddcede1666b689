"""Stories played in the browser: the plan's facts, a running clock, text messages in a file."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from diedie_edu.common.days import local_now
from diedie_edu.notices import outbox
from diedie_edu.portal.base_data import load_plan
from diedie_edu.portal.demo.loading import load_demo
from diedie_edu.venues.models import Venue
from tests.conftest import NOW
from tests.flows.school_steps import Look
from tests.support.accessibility import faults_here
from tests.support.browser import DESK, PHONE, watched_page
from tests.support.tables import all_rows, put_back


@pytest.fixture
def moving_clock() -> Iterator[time_machine.Traveller]:
    """The wall clock set to `NOW` and running; `travel.move_to` goes on to another day."""
    with time_machine.travel(NOW, tick=True) as travel:
        yield travel


@pytest.fixture
def gateway(settings: LazySettings, tmp_path: Path) -> None:
    """Where text messages go: into a file."""
    settings.SMS_BACKEND = "file"
    settings.SMS_FILE = tmp_path / "sms.jsonl"


@pytest.fixture
def portal(transactional_db: None, gateway: None, moving_clock: object) -> None:
    """The portal as it is on its first day: the plan's facts, and a text message gateway."""
    open_portal()


def open_portal() -> None:
    load_plan()
    Venue.objects.create(title_zh="社区多功能厅", title_en="Community hall", places=60)


@pytest.fixture(scope="session")
def season_rows() -> dict[str, bytes]:
    """The rows of the first season, for the tests that come after."""
    return {}


@pytest.fixture
def season(
    transactional_db: None, gateway: None, moving_clock: object, season_rows: dict[str, bytes]
) -> None:
    """The portal with the demo season, around `NOW`."""
    if season_rows:
        put_back(season_rows)
    else:
        open_portal()
        load_demo(local_now())
        outbox.tick()
        season_rows |= all_rows()


@pytest.fixture
def text_messages(settings: LazySettings) -> Callable[[str], list[str]]:
    """`text_messages(phone)`: what has been sent to a phone; the outbox is carried out first."""

    def read(phone: str) -> list[str]:
        outbox.tick()
        outbox.deliver()
        if not settings.SMS_FILE.exists():
            return []
        lines = settings.SMS_FILE.read_text(encoding="utf-8").splitlines()
        return [row["text"] for row in map(json.loads, lines) if row["phone"] == phone]

    return read


@pytest.fixture
def later(moving_clock: time_machine.Traveller) -> Callable[..., None]:
    """`later(days=4, hours=8)`: move the clock to that long after `NOW`."""

    def move(**span: int) -> None:
        moving_clock.move_to(NOW + timedelta(**span))

    return move


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer, javascript: bool) -> Iterator[Page]:
    """A resident's phone; the test says whether its browser runs scripts."""
    options = PHONE | {"java_script_enabled": javascript}
    with watched_page(browser, live_server.url, **options) as page:
        yield page


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer, javascript: bool) -> Iterator[Page]:
    """The screen of the staff, with or without scripts as the phone."""
    options = DESK | {"java_script_enabled": javascript}
    with watched_page(browser, live_server.url, **options) as page:
        yield page


@pytest.fixture
def look(javascript: bool) -> Iterator[Look]:
    """Every page that the story comes past is looked at for faults, once."""
    faults: list[str] = []

    def look(page: Page, where: str) -> None:
        if javascript:  # what the pages show is the same without
            faults.extend(faults_here(page, where))

    yield look
    assert faults == []
