"""Making, renewing and revoking the address, by the person themselves."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.activities.models import CalendarFeed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGE, RENEW, REVOKE = "/me/calendar/", "/me/calendar/renew/", "/me/calendar/revoke/"


def made_by(client: Client) -> str:
    """The path of the address that the page shows after making it."""
    page = client.post(RENEW).content.decode()
    return re.search(r"/calendar/feeds/[\w-]+\.ics", page).group()


def test_the_address_is_shown_once(browser):
    address = made_by(browser)
    assert Client().get(address).status_code == 200
    assert "/calendar/feeds/" not in browser.get(PAGE).content.decode()


def test_neither_browser_nor_proxy_keeps_the_page_that_shows_it(browser):
    assert "no-store" in browser.post(RENEW).headers["Cache-Control"]


def test_a_new_address_ends_the_old_one(browser):
    old, new = made_by(browser), made_by(browser)
    assert [Client().get(url).status_code for url in (old, new)] == [404, 200]


def test_revoking_ends_ones_own_and_no_other(browser, as_user, stranger):
    own, other = made_by(browser), made_by(as_user(stranger))
    browser.post(REVOKE)
    assert [Client().get(url).status_code for url in (own, other)] == [404, 200]


def test_revoking_nothing_is_harmless(browser):
    assert browser.post(REVOKE, follow=True).status_code == 200
    assert not CalendarFeed.objects.exists()


def test_opening_an_address_alone_changes_nothing(browser):
    made_by(browser)
    assert [browser.get(url).status_code for url in (RENEW, REVOKE)] == [405, 405]
    assert CalendarFeed.objects.count() == 1


def test_my_page_leads_there(browser):
    assert reverse("portal:my_feed") in browser.get("/me/").content.decode()
