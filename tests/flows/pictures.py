"""The pictures of the documents, taken from the demo season: `make screenshots`.

Not collected with the tests, for it writes into docs/.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_now
from diedie_edu.portal.demo import SIGN_INS
from residents_school.queries import next_lectures
from tests.browser import DESK, PHONE, watched_page

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
PHONES = {row.role: row.phone for row in SIGN_INS}

# Name, who looks, what at, on which device, in which view.
SHOTS = [
    ("home-phone", None, "/", PHONE, "standard"),
    ("home-elder", None, "/", PHONE, "elder"),
    ("home-desk", None, "/", DESK, "standard"),
    ("lecture-phone", Role.RESIDENT, "/lectures/{lecture}/", PHONE, "standard"),
    ("my-page-phone", Role.RESIDENT, "/me/", PHONE, "standard"),
    ("desk", Role.STAFF, "/desk/", DESK, "standard"),
    ("lecture-form", Role.STAFF, "/lectures/staff/{lecture}/", DESK, "standard"),
    ("sheet", Role.STAFF, "/lectures/staff/{lecture}/sheet/", DESK, "standard"),
    ("board", Role.STAFF, "/desk/needs/", DESK, "standard"),
    ("paper", Role.STAFF, "/desk/needs/paper/", DESK, "standard"),
    ("import", Role.STAFF, "/people/new/", DESK, "standard"),
]


@pytest.mark.parametrize(("name", "role", "address", "device", "view"), SHOTS)
def test_take(
    season: None,
    browser: Browser,
    live_server: LiveServer,
    sign_in: Callable[[Page, User], None],
    name: str,
    role: Role | None,
    address: str,
    device: dict,
    view: str,
) -> None:
    with watched_page(browser, live_server.url, **device) as page:
        if role:
            sign_in(page, User.objects.get(phone=PHONES[role]))
        page.context.add_cookies([{"name": "view", "value": view, "url": live_server.url}])
        page.goto(address.format(lecture=next_lectures(local_now(), 1)[0].pk))
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png")
