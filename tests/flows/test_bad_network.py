"""A ticket at a door where the network hangs, where the portal is away, and after an upgrade."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from residents_school.models import Lecture
from tests.flows.test_offline import AWAY, KEPT, NO_NETWORK, at_home, comes_true, kept
from tests.support.bad_network import Stretch, before
from tests.support.browser import PATIENCE, PHONE
from tests.support.community import known_as
from tests.support.seats import enter

SignIn = Callable[[Page, User], None]
TITLE = "秋冬护膝"


@pytest.fixture
def stretch(live_server: LiveServer) -> Iterator[Stretch]:
    with before(live_server.url) as found:
        yield found


@pytest.fixture
def page(
    portal: None,
    browser: Browser,
    stretch: Stretch,
    sign_in: SignIn,
    make_user: Callable[..., User],
    make_lecture: Callable[..., Lecture],
) -> Iterator[Page]:
    """The phone of somebody with a seat, at the far end of the stretch."""
    user = make_user(Role.RESIDENT)
    enter(make_lecture(title=TITLE), user.resident)
    context = browser.new_context(base_url=stretch.address, locale="zh-CN", **PHONE)
    page = context.new_page()  # not watched: what goes wrong here is meant to
    at_home(page, user, sign_in)
    yield page
    stretch.ends.set()
    context.close()


def test_a_network_that_hangs_is_not_waited_for(page: Page, stretch: Stretch) -> None:
    stretch.hangs = True
    page.goto("/me/")
    expect(page.get_by_text(NO_NETWORK)).to_be_visible()
    expect(page.locator(".ticket", has_text=TITLE)).to_be_visible()


def test_a_portal_that_is_away_shows_the_ticket_too(page: Page, stretch: Stretch) -> None:
    stretch.is_away = True
    page.goto("/me/")
    expect(page.locator(".ticket", has_text=TITLE)).to_be_visible()
    stretch.is_away = False
    expect(page.get_by_role("contentinfo")).to_be_visible(timeout=PATIENCE)  # My page, by itself


def test_an_upgrade_leaves_nothing_of_the_old_worker(page: Page) -> None:
    before_it = page.evaluate("caches.keys()")
    known_as(phone="0757-12345678")
    page.evaluate(
        """fetch("/worker.js", {cache: "reload"})
          .then(() => navigator.serviceWorker.ready).then((ready) => ready.update())"""
    )
    comes_true(page, f"({KEPT})().then(all => all['{AWAY}']?.includes('0757-12345678'))")
    comes_true(page, "caches.keys().then(all => all.length === 2)")
    names = page.evaluate("caches.keys()")
    assert set(names) & set(before_it) == {"own"}
    assert TITLE in kept(page)["/me/offline/"]
