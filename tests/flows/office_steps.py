"""What people do on the pages of the programme office and in the admin site, one step at a time."""

from playwright.sync_api import Page

from tests.flows.school_steps import Look
from tests.support.browser import press

DESK = "/desk/office"


def begin(desk: Page, document: int, look: Look) -> int:
    """The number of the version that is begun."""
    desk.goto(f"{DESK}/documents/{document}/")
    look(desk, "document")
    press(desk.locator("form[action$='/write/'] button").first)
    return int(desk.url.rstrip("/").split("/")[-1])
