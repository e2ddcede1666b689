"""The pictures of the documents, taken from the demo season: `make screenshots`.

Not collected with the tests, for it writes into docs/.
"""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from PIL import Image
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Attendance, SignUp
from diedie_edu.common.days import local_now
from diedie_edu.common.links import token
from diedie_edu.decisions.models import Request
from happy_square.models import Festival, Group
from residents_school.queries import lectures
from tests.flows.walks import PHONES, walk_the_door
from tests.support.browser import DESK, PHONE, watched_page

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"

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
    ("offer-phone", None, "/activities/place/{offer}/", PHONE, "elder"),
    ("ticket-phone", Role.RESIDENT, "/me/tickets/{occasion}/", PHONE, "standard"),
    ("feedback-phone", Role.RESIDENT, "/feedback/{feedback}/", PHONE, "standard"),
    ("certificate", Role.RESIDENT, "/me/certificates/{paper}/", DESK, "standard"),
    ("decision", Role.STAFF, "/desk/decisions/{request}/", DESK, "standard"),
    ("group-phone", Role.RESIDENT, "/groups/{group}/", PHONE, "standard"),
    ("festival-order", Role.STAFF, "/festivals/staff/{festival}/order/", DESK, "standard"),
    ("import", Role.STAFF, "/people/new/", DESK, "standard"),
]

AT_THE_DOOR = {"door", "door-beyond", "kiosk"}  # of the pages of `walk_the_door`


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
        page.goto(address.format(**things()))
        save(page, name)


def things() -> dict[str, object]:
    """What the addresses are about: the next lecture, and what the demo resident has."""
    lecture = lectures.next_lectures(local_now(), 1)[0]
    came = Attendance.objects.filter(resident__account__phone=PHONES[Role.RESIDENT]).first()
    lately = Attendance.objects.filter(feedback=None).latest("occasion__ends_at")
    offer = SignUp.objects.filter(status=SignUp.Status.OFFERED).first()
    return {
        "lecture": lecture.pk,
        "occasion": lecture.occasion.pk,
        "offer": token("sign_up", offer.pk),
        "feedback": token("feedback", lately.pk),
        "paper": came.resident.certificates.get().pk,
        "request": Request.objects.get(kind="second-enrolment").pk,
        "group": Group.objects.earliest("pk").pk,
        "festival": Festival.objects.get().pk,
    }


def save(page: Page, name: str) -> None:
    """In 256 colours: a third of the bytes, and no difference that one sees."""
    PICTURES.mkdir(exist_ok=True)
    with Image.open(BytesIO(page.screenshot())) as taken:
        few = taken.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        few.save(PICTURES / f"{name}.png", optimize=True)


def test_take_at_the_door(
    season: None,
    browser: Browser,
    live_server: LiveServer,
    sign_in: Callable[[Page, User], None],
    moving_clock: time_machine.Traveller,
) -> None:
    full = lectures.next_lectures(local_now(), 2)[1].occasion
    moving_clock.move_to(full.starts_at - timedelta(minutes=30))
    with watched_page(browser, live_server.url, **DESK) as page:
        sign_in(page, User.objects.get(phone=PHONES[Role.STAFF]))
        walk_the_door(page, full, lambda name: save(page, name) if name in AT_THE_DOOR else None)
