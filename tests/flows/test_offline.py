"""A phone without a network: its own tickets and next dates, nobody else's, and nothing more."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from PIL import Image
from playwright.sync_api import Page, expect

from after_school.demo.school import GUARDIAN
from after_school.models import Enrolment
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions import seats
from diedie_edu.door.queries import attendance
from diedie_edu.people.models import Household, Resident
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.flows.walks import PHONES, pages_by_reader
from tests.support.browser import PATIENCE, press
from tests.support.children import NINE, consented
from tests.support.codes import by_zxing
from tests.support.seats import enter

SignIn = Callable[[Page, User], None]
MakeUser = Callable[..., User]
MakeLecture = Callable[..., Lecture]

CONTROLLED = "navigator.serviceWorker.controller !== null"
READY = """async () => {
  const found = await caches.match("/me/offline/", {ignoreVary: true});
  return found !== undefined && (await navigator.serviceWorker.ready).active !== null;
}"""
KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request, {ignoreVary: true});
      found[new URL(request.url).pathname] = await answer.text();
    }
  }
  return found;
}"""
WORKERS = "navigator.serviceWorker.getRegistrations().then(all => all.length)"
OWN, AWAY = "/me/offline/", "/offline/"
NO_NETWORK = "没有网络"


def kept(page: Page) -> dict[str, str]:
    """Text by address of all that is in the browser's caches."""
    return page.evaluate(KEPT)


def comes_true(page: Page, script: str) -> None:
    """Asked anew until it does; Playwright's own waiting takes every promise for a yes."""
    for _tenth_of_a_second in range(PATIENCE // 100):
        if page.evaluate(script):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {script}")


def at_home(page: Page, user: User, sign_in: SignIn) -> None:
    """Signed in, with all kept that will be."""
    sign_in(page, user)
    page.goto("/me/")
    comes_true(page, READY)
    page.goto("/lectures/")  # none of those with which all is read anew
    comes_true(page, CONTROLLED)


def without_network(page: Page, address: str) -> None:
    page.context.set_offline(True)
    page.goto(address)


@pytest.fixture
def guest(portal: None, make_user: MakeUser, make_lecture: MakeLecture) -> User:
    """Has a seat at a lecture on Saturday, together with a grandchild, and waits for another."""
    user = make_user(Role.RESIDENT, display_name="何立春", phone="13700000068")
    user.resident.household = Household.objects.create(label="7-2-301")
    user.resident.save()
    home = user.resident.household
    with transaction.atomic():
        child = Resident.objects.create(full_name="何小满", birth_date=NINE, household=home)
        consented(child, user.resident)
    lecture = make_lecture(title="秋冬护膝")
    for one in (user.resident, child):
        seats.sign_up(activity=lecture, resident=one, by=user, now=NOW)
    full = make_lecture(title="太极入门", capacity=1)
    enter(full, make_user(Role.RESIDENT).resident)
    enter(full, user.resident)
    return user


def test_a_ticket_is_read_off_a_phone_without_network(
    page: Page, guest: User, sign_in: SignIn
) -> None:
    at_home(page, guest, sign_in)
    without_network(page, "/me/tickets/1/")
    expect(page.get_by_text(NO_NETWORK)).to_be_visible()
    expect(page.get_by_text("11月23日（周一） 10:0")).to_be_visible()  # as of when
    expect(page.get_by_role("heading", name="何立春")).to_be_visible()
    expect(page.get_by_text("太极入门")).to_be_visible()
    ticket = page.locator(".ticket", has_text="何立春")
    picture = Image.open(io.BytesIO(ticket.screenshot())).convert("L")
    lecture = Lecture.objects.get(title="秋冬护膝")
    token = attendance.ticket_of(lecture.occasion.pk, guest.resident.pk)
    assert [text.rpartition("/door/")[2] for text in by_zxing(picture)] == [f"{token}/"]
    code = attendance.ticket_code(lecture.occasion.pk, guest.resident.pk)
    expect(ticket.locator(".ticket-code")).to_have_text(code)


def test_no_name_of_a_child_is_kept(page: Page, guest: User, sign_in: SignIn) -> None:
    at_home(page, guest, sign_in)
    own = kept(page)[OWN]
    assert "何小满" not in own
    assert own.count('class="ticket"') == 2  # its ticket is there
    assert "家里的孩子" in own


def test_what_was_given_back_elsewhere_is_gone_as_soon_as_there_is_a_network(
    page: Page, guest: User, sign_in: SignIn
) -> None:
    at_home(page, guest, sign_in)
    without_network(page, "/lectures/")
    expect(page.get_by_role("heading", name="何立春")).to_be_visible()
    lecture = Lecture.objects.get(title="秋冬护膝")
    seats.cancel_sign_up(activity=lecture, resident=guest.resident, by=guest, now=NOW)
    page.context.set_offline(False)  # nobody touches the phone
    expect(page.get_by_role("contentinfo")).to_be_visible()  # the page that was meant
    left = f"({KEPT})().then(all => all['{OWN}']?.split('ticket-code').length === 2)"
    comes_true(page, left)  # the grandchild's


def test_what_is_sent_from_this_phone_is_kept_at_once(
    page: Page, guest: User, sign_in: SignIn, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture(title="八段锦")
    at_home(page, guest, sign_in)
    page.goto(f"/lectures/{lecture.pk}/")
    page.locator("input[name=resident]").first.check()
    press(page.get_by_role("button", name="报名").first)
    comes_true(page, f"({KEPT})().then(all => all['{OWN}']?.includes('八段锦'))")


def test_signing_out_leaves_nothing(page: Page, guest: User, sign_in: SignIn) -> None:
    at_home(page, guest, sign_in)
    assert OWN in kept(page)
    press(page.locator("header .tool-sign-out"))
    expect(page.get_by_text("您已退出登录").first).to_be_visible()
    assert kept(page) == {}
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate(WORKERS) == 0


def test_so_does_signing_out_without_network(page: Page, guest: User, sign_in: SignIn) -> None:
    """On a borrowed phone in a cellar: the worker does not wait for an answer."""
    at_home(page, guest, sign_in)
    page.context.set_offline(True)
    page.evaluate("document.querySelector('form[action=\"/sign-out/\"]').requestSubmit()")
    page.wait_for_event("requestfailed")
    page.context.set_offline(False)
    page.context.clear_cookies()
    page.goto("/")
    assert kept(page) == {}


@pytest.mark.parametrize("how", ["cookie", "session"])
def test_a_session_that_ended_elsewhere_leaves_nothing(
    page: Page, guest: User, sign_in: SignIn, how: str
) -> None:
    at_home(page, guest, sign_in)
    page.context.clear_cookies() if how == "cookie" else Session.objects.all().delete()
    page.goto("/")
    comes_true(page, f"({KEPT})().then(all => Object.keys(all).length === 0)")


def test_another_account_sees_nothing_of_the_one_before(
    page: Page, guest: User, sign_in: SignIn, make_user: MakeUser
) -> None:
    """Without signing out: as where a browser does not know Clear-Site-Data."""
    at_home(page, guest, sign_in)
    sign_in(page, make_user(Role.RESIDENT, display_name="吕雨水"))
    page.goto("/lectures/")
    comes_true(page, f"({KEPT})().then(all => !(all['{OWN}'] ?? '').includes('何立春'))")
    without_network(page, "/me/")
    expect(page.get_by_text(NO_NETWORK).first).to_be_visible()
    expect(page.get_by_text("何立春")).to_have_count(0)


def test_it_is_kept_for_fourteen_days(page: Page, guest: User, sign_in: SignIn) -> None:
    at_home(page, guest, sign_in)
    until = page.evaluate(
        """async () => {
          const cache = await caches.open("own");
          const old = await cache.match("/me/offline/", {ignoreVary: true});
          const headers = new Headers(old.headers);
          const until = Number(headers.get("X-Kept-Until")) - Date.now();
          headers.set("X-Kept-Until", String(Date.now() - 1));
          await cache.put("/me/offline/", new Response(await old.blob(), {headers}));
          return until;
        }"""
    )
    assert timedelta(days=13, hours=23) < timedelta(milliseconds=until) <= timedelta(days=14)
    without_network(page, "/me/")
    expect(page.get_by_role("heading", name=NO_NETWORK)).to_be_visible()
    expect(page.get_by_text("何立春")).to_have_count(0)
    assert OWN not in kept(page)


# --- Whose pages are never kept ------------------------------------------------------------


def test_no_page_of_a_child_is_ever_kept(season: None, page: Page, sign_in: SignIn) -> None:
    at_home(page, User.objects.get(phone=GUARDIAN.phone), sign_in)
    for address in dict(pages_by_reader())[GUARDIAN.phone]:
        page.goto(address)
    page.goto("/me/")
    found = kept(page)
    pages = {path for path in found if not path.startswith("/static/")}
    assert pages == {OWN, AWAY}
    names = [row.child.full_name for row in Enrolment.objects.select_related("child")]
    assert [name for name in names if any(name in text for text in found.values())] == []


@pytest.mark.parametrize("role", [Role.STAFF, Role.BRANCH_LEAD])
def test_nothing_at_all_is_kept_for_staff(
    season: None, desktop_page: Page, sign_in: SignIn, role: Role
) -> None:
    page = desktop_page
    sign_in(page, User.objects.get(phone=PHONES[role]))
    for address in ("/", "/me/", "/desk/", "/desk/school/roster/", "/people/", OWN):
        page.goto(address)
    assert kept(page) == {}
    assert page.evaluate(WORKERS) == 0


# --- Without it, and installed -------------------------------------------------------------


def test_without_a_worker_a_page_is_as_ever(page: Page, guest: User, sign_in: SignIn) -> None:
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    sign_in(page, guest)
    page.goto("/me/")
    expect(page.get_by_role("link", name="秋冬护膝").first).to_be_visible()
    assert kept(page) == {}


def test_the_portal_can_be_installed(page: Page, guest: User, sign_in: SignIn) -> None:
    """Chromium itself says what it lacks."""
    at_home(page, guest, sign_in)
    devtools = page.context.new_cdp_session(page)
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"].endswith("/manifest/zh-hans.webmanifest")
    lacks = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in lacks] == ["in-incognito"]  # as every page of a test is
