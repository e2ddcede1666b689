"""What a reader may see answers 404 as soon as it is another's, another thing's or over."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.permissions import Role
from tests.conftest import new_user, signed_in
from tests.support.access_house import House, for_the_module, furnished
from tests.support.not_theirs import LINES, Line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with for_the_module(django_db_blocker):
        found = furnished()
        lead = new_user(Role.PROGRAMME_LEAD, scope="after-school")
        found.knockers["a"] = (lead, signed_in(lead))
        yield found


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_what_is_not_theirs_answers_as_missing_does(house: House, line: Line) -> None:
    name, letter, show, hide = line
    user, browser = house.knockers[letter]
    whose = user or house.things.stranger
    address = show(whose)
    shown = answers(browser, name, address)
    moved = hide(whose)
    hidden = answers(browser, name, address | (moved if isinstance(moved, dict) else {}))
    assert "404" not in shown
    assert hidden == ["405" if answer == "405" else "404" for answer in shown]


def answers(browser: Client, name: str, address: dict[str, Any]) -> list[str]:
    """To GET and to POST, with what is `sent`; what they did is undone."""
    sent = address.get("sent", {})
    path = reverse(name, kwargs={key: value for key, value in address.items() if key != "sent"})
    found = []
    for ask in (browser.get, browser.post):
        with transaction.atomic():
            found.append(str(ask(f"{path}?{urlencode(sent)}", sent).status_code))
            transaction.set_rollback(True)
    return found
