"""Nothing of a person stays in a browser: neither on Back nor after the way out."""

import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from diedie_edu.accounts.actions import accounts
from diedie_edu.accounts.leaving import NOTHING_KEPT
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_now
from tests.support.access_things import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
CLEAR = '"cache", "storage"'
# What browsers may keep; each says why, beside its view.
KEPT = {
    *("files:file", "publicity:feed", "publicity:feed_of"),
    *("portal:own_feed", "portal:programme_feed", "portal:activity_calendar"),
    *("portal:worker", "portal:manifest"),
}


def marked(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for row in resolver.url_patterns:
        if isinstance(row, URLResolver):
            yield from marked(row, f"{row.namespace}:" if row.namespace else space)
        elif hasattr(row.callback, "may_be_kept"):
            yield f"{space}{row.name}"


def test_only_these_may_be_kept():
    assert set(marked(get_resolver())) == KEPT


@pytest.mark.parametrize("role", [None, Role.STAFF])
def test_no_answer_stays(as_user, make_user, role):
    """Every address without a number, for every reader: pages, refusals and what is missing."""
    client = as_user(make_user(role)) if role else Client()
    plain = [f"/{route}" for route in addresses().values() if not re.search(r"[<(\\]", route)]
    plain += ["/no-such-page/", "/desk/people/0/", "/school/children/1/"]
    client.raise_request_exception = False
    left = [path for path in plain if client.get(path).headers["Cache-Control"] != NOTHING_KEPT]
    assert set(left) <= {"/news/feed/", "/worker.js"}
    assert len(plain) > 150


def test_without_it_pages_would_stay(as_user, resident_user, monkeypatch):
    monkeypatch.setattr("diedie_edu.accounts.access.leave_nothing", lambda *_both: None)
    page = as_user(resident_user).get(reverse("portal:my_page"))
    assert "Cache-Control" not in page.headers


# --- The way out -----------------------------------------------------------------------


def test_signing_out_clears_the_browser(as_user, resident_user):
    browser = as_user(resident_user)
    assert "Clear-Site-Data" not in browser.get(reverse("portal:my_page")).headers
    assert browser.post(reverse("accounts:sign_out"))["Clear-Site-Data"] == CLEAR
    assert "Clear-Site-Data" not in browser.get(reverse("portal:home")).headers


def test_so_does_the_admin_sites_own(as_user, staff_user):
    assert as_user(staff_user).post("/admin/logout/")["Clear-Site-Data"] == CLEAR


@pytest.mark.parametrize("how", ["closed", "password", "session"])
def test_whoever_was_put_out_elsewhere_is_cleared_with_the_next_page(as_user, make_user, how):
    user = make_user(Role.RESIDENT)
    browser = as_user(user)
    browser.get(reverse("portal:my_page"))
    if how == "closed":
        accounts.erase_account(user=user, now=local_now())
    elif how == "password":
        accounts.set_password(user=user, password="ein-langes-wort", now=local_now())
    else:
        browser.session.delete()
    answer = browser.get(reverse("portal:my_page"))
    assert answer.status_code == HTTPStatus.FOUND
    assert answer["Clear-Site-Data"] == CLEAR
    assert "Clear-Site-Data" not in browser.get(reverse("portal:home")).headers


def test_visitors_and_those_who_come_in_are_not(client, make_user):
    user = make_user(Role.RESIDENT, password="ein-langes-wort")
    for name in ("portal:home", "accounts:sign_in"):
        assert "Clear-Site-Data" not in client.get(reverse(name)).headers
    form = {"phone": user.phone, "password": "ein-langes-wort"}
    answer = client.post(reverse("accounts:sign_in"), form)
    assert answer.status_code == HTTPStatus.FOUND
    assert "Clear-Site-Data" not in answer.headers


def test_a_feed_says_plainly_whose_it_is(client, make_lecture):
    lecture = make_lecture()
    answer = client.get(reverse("portal:activity_calendar", args=[lecture.pk]))
    assert answer["Cache-Control"] == "public, no-cache"
