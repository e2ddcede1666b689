"""Addresses that are themselves the key do not stand in the logs."""

import io
import logging

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from diedie_edu.common.links import token

TOKEN = "q3B1x_secret-token"


@pytest.fixture
def console():
    """What the portal's own handler writes, as the settings build it."""
    kept = settings.LOGGING["handlers"]["console"]
    handler = logging.StreamHandler(io.StringIO())
    for name in kept["filters"]:
        handler.addFilter(import_string(settings.LOGGING["filters"][name]["()"])())
    logging.getLogger().addHandler(handler)
    yield handler.stream
    logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
def test_a_wrong_token_is_not_logged(console):
    Client().get(f"/calendar/feeds/{TOKEN}.ics")
    assert "/calendar/feeds/…" in console.getvalue()
    assert TOKEN not in console.getvalue()


def test_neither_text_nor_arguments_keep_it(console):
    logging.getLogger("any").error("%s: %s", "Not Found", f"/calendar/feeds/{TOKEN}.ics?x=1")
    logging.getLogger("any").error(f"GET https://portal.example/calendar/feeds/{TOKEN}.ics 500")
    assert TOKEN not in console.getvalue()
    assert "500" in console.getvalue()


def test_the_key_of_a_short_link_is_not_logged(console):
    logging.getLogger("any").error("Not Found: /m/%s", TOKEN)
    assert "Not Found: /m/…" in console.getvalue()
    assert TOKEN not in console.getvalue()


def test_other_lines_stay_as_they_are(console):
    logging.getLogger("any").error("%s: %s", "Not Found", "/calendar/2026/13/")
    assert "Not Found: /calendar/2026/13/" in console.getvalue()


def test_a_links_signature_is_not_logged(console):
    link = token("sign_up", 12)
    logging.getLogger("any").error("Not Found: /offers/%s/", link)
    assert "/offers/12-…/" in console.getvalue()
    assert link not in console.getvalue()
