"""Deleting in the admin site as one does it: what goes is looked at, then confirmed."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

OPENED = re.compile(r'name="opened" value="([^"]*)"')


def carried(page: HttpResponse) -> str:
    """What the page that asks carries along; empty where it does not ask."""
    found = OPENED.search(page.text)
    return found[1] if found else ""


def delete(browser: Client, address: str, **more: Any) -> HttpResponse:
    form = {"post": "yes", "opened": carried(browser.get(address))}
    return browser.post(address, form, **more)


def chosen(*numbers: int) -> dict[str, Any]:
    """The action of a list, as it is first sent."""
    return {"action": "delete_selected", "_selected_action": list(numbers)}


def delete_chosen(browser: Client, address: str, *numbers: int, **more: Any) -> HttpResponse:
    opened = carried(browser.post(address, chosen(*numbers)))
    return browser.post(address, chosen(*numbers) | {"post": "yes", "opened": opened}, **more)
