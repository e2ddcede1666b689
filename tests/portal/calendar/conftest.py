from collections.abc import Callable

import pytest
from django.test import Client
from icalendar import Calendar, Event

from diedie_edu.accounts.models import User
from diedie_edu.portal.calendar.actions import renew_feed
from tests.conftest import NOW


@pytest.fixture
def feed_of() -> Callable[[User], str]:
    """The address of a new feed of the account."""
    return lambda user: f"/calendar/feeds/{renew_feed(by=user, now=NOW)}.ics"


@pytest.fixture
def events_at() -> Callable[[str], list[Event]]:
    """What a calendar programme, which is nobody, reads at an address."""

    def read(url: str) -> list[Event]:
        answer = Client().get(url)
        assert answer.status_code == 200
        return list(Calendar.from_ical(answer.content).events)

    return read
