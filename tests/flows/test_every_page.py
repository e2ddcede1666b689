"""Every page, in both views, on a phone and a desk: no accessibility fault, nothing cut off.

That no request leaves the machine and no console error shows is asserted by the page itself.
"""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from after_school.models import Enrolment, GuardianRight, Term
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Attendance, Occasion
from diedie_edu.activities.queries import ticket_of
from diedie_edu.common.days import local_now
from diedie_edu.common.links import token
from diedie_edu.notices.models import Notice
from diedie_edu.portal.demo import SIGN_INS
from diedie_edu.portal.demo.accounts import GUARDIAN
from residents_school.models import Survey
from residents_school.queries import next_lectures
from tests.browser import DESK, PHONE, watched_page

PUBLIC = [
    "/",
    "/lectures/",
    "/lectures/?q=nothing-like-it",
    "/programmes/residents-school/",
    "/sign-in/",
    "/sign-in/code/",
    "/sign-in/forgotten/",
    "/register/",
    "/privacy/",
    "/needs/",
    "/kiosk/",
    "/door/nothing/",
    "/certificates/",
    "/certificates/DDX-2026-000001-K7M4PQ/",
    "/no-such-page/",
]
RESIDENT = ["/", "/lectures/", "/me/", "/messages/", "/me/details/", "/me/password/"]
RESIDENT += ["/needs/", "/desk/", "/me/learning/"]
STAFF = [
    "/desk/",
    "/lectures/staff/",
    "/lectures/staff/?when=past",
    "/lectures/staff/new/",
    "/messages/delivery/",
    "/lectures/staff/season/new/",
    "/activities/close-day/",
    "/activities/close-day/2030-01-05/",
    "/desk/needs/",
    "/desk/needs/surveys/",
    "/desk/needs/surveys/new/",
    "/desk/not-come/",
    "/desk/feedback/",
    "/desk/certificates/",
    "/people/",
    "/people/new/",
    "/style/",
    "/me/",
    "/messages/",
]
ADMIN = ["/admin/", "/admin/people/resident/", "/admin/people/volunteer/", "/admin/people/topic/"]
VIEWS = ["standard", "elder"]


def pages_by_reader() -> Iterator[tuple[str | None, list[str]]]:
    """Addresses by the phone of who opens them; the details of one lecture and one message."""
    phones = {row.role: row.phone for row in SIGN_INS}
    lecture = next_lectures(local_now(), 1)[0].pk
    message = Notice.objects.filter(recipient__account__phone=phones[Role.RESIDENT]).first()
    over, running = Survey.objects.order_by("opens_on").values_list("pk", flat=True)
    asked = [f"/needs/{running}/", f"/needs/{over}/", f"/needs/{running}/results/"]
    found = [f"/needs/{over}/results/{by}" for by in ("", "?by=age", "?by=form")]
    yield None, [*PUBLIC, f"/lectures/{lecture}/", *asked, *found]
    own = [f"/lectures/{lecture}/", f"/messages/{message.pk}/", f"/needs/{running}/"]
    came = Attendance.objects.filter(resident__account__phone=phones[Role.RESIDENT]).first()
    paper = came.resident.certificates.get()
    seat = came.resident.sign_ups.filter(status="seated").latest("signed_up_at").activity
    own += [f"/me/tickets/{seat.occasions.get().pk}/", f"/me/learning/certificates/{paper.pk}/"]
    own += [f"/feedback/{token('feedback', came.pk)}/", f"/certificates/{paper.number}/"]
    yield phones[Role.RESIDENT], [*RESIDENT, *own]
    yield phones[Role.VOLUNTEER], ["/me/free-times/"]
    yield GUARDIAN.phone, school_pages()
    staff = [f"/lectures/staff/{lecture}/{page}" for page in ("", "sheet/", "call-off/")]
    surveys = [f"/desk/needs/surveys/{running}/{page}" for page in ("", "paper/", "sheet/")]
    coming = Occasion.objects.get(activity=lecture).pk
    staff += [f"/desk/door/{coming}/{page}" for page in ("", "sheet/", "scan/")]
    staff += [f"/desk/door/{came.occasion_id}/{page}" for page in ("", "feedback/")]
    staff += [f"/door/{ticket_of(coming, came.resident_id)}/"]
    staff += [f"/desk/certificates/{paper.pk}/revoke/"]
    results = f"/needs/{running}/results/"
    yield phones[Role.STAFF], [*STAFF, *desk_pages(), *staff, *surveys, results]


def school_pages() -> list[str]:
    """Of the 4:30 school, as the guardian of a child opens them."""
    child = GuardianRight.objects.get(guardian__account__phone=GUARDIAN.phone).child_id
    term = Term.objects.get().pk
    own = ("", "absence/", "place/", "leave/", "consent/", "consent/withdraw/", "guardians/")
    collecting = ("collectors/", "passes/new/", "walk-home/")
    return [
        *("/me/", "/school/", "/school/rules/", "/school/rules/poster/"),
        *(f"/school/terms/{term}/{page}/" for page in ("enrol", "no")),
        *(f"/school/children/{child}/{page}" for page in (*own, *collecting)),
    ]


def desk_pages() -> list[str]:
    """Of the 4:30 school, as staff open them."""
    term, child = Term.objects.get().pk, Enrolment.objects.first().child_id
    pages = ("", "new/", f"{term}/", f"{term}/children/", f"{term}/paper/")
    return [*(f"/desk/school/terms/{page}" for page in pages), f"/desk/school/children/{child}/"]


def faults_of(page: Page, address: str) -> list[str]:
    page.goto(address)
    found = [
        f"{address}: {rule['id']} {[node['target'] for node in rule['nodes']]}"
        for rule in Axe().run(page).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return found + ([f"{address}: wider than the screen"] if wide else [])


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_has_an_accessibility_fault(
    season: None,
    browser: Browser,
    live_server: LiveServer,
    sign_in: Callable[[Page, User], None],
    view: str,
    device: dict,
) -> None:
    faults: list[str] = []
    for phone, addresses in pages_by_reader():
        with watched_page(browser, live_server.url, **device) as page:
            if phone:
                sign_in(page, User.objects.get(phone=phone))
            page.context.add_cookies([{"name": "view", "value": view, "url": live_server.url}])
            faults += [fault for address in addresses for fault in faults_of(page, address)]
    assert faults == []


def test_the_admin_site_has_no_accessibility_fault(
    season: None,
    desktop_page: Page,
    sign_in: Callable[[Page, User], None],
) -> None:
    staff = next(row for row in SIGN_INS if row.role == Role.STAFF)
    sign_in(desktop_page, User.objects.get(phone=staff.phone))
    assert [fault for address in ADMIN for fault in faults_of(desktop_page, address)] == []
