"""The working rules on paper: one sheet, in both languages and sizes."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.flows.test_calendar import A3, A4, pages_of
from tests.flows.test_every_page import VIEWS


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("a3", A3)])
def test_the_poster_of_the_rules_is_one_page(
    portal: None,
    desktop_page: Page,
    live_server: LiveServer,
    view: str,
    language: str,
    paper: str,
    size: tuple[int, int],
) -> None:
    cookies = {"view": view, "django_language": language}
    desktop_page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    desktop_page.goto(f"/school/rules/poster/?paper={paper}")
    assert pages_of(desktop_page.pdf(prefer_css_page_size=True)) == [size]
