"""A room is closed while somebody books it: nothing stands in it that nobody has decided of."""

from collections.abc import Callable
from datetime import time
from functools import partial

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import closed_rooms
from diedie_edu.common.days import moment
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.models import ClosedTime, Venue
from tests.activities.test_closed_rooms import DAY, close, plan
from tests.support.races import first_time
from tests.support.refusals import code_of
from tests.venues.conftest import wanted

pytestmark = pytest.mark.django_db(transaction=True)
Patch = pytest.MonkeyPatch


def booked_meanwhile(room: Venue, by: User, monkeypatch: Patch) -> str | None:
    """Right after the closing has looked at what stands there; how the booking was answered."""
    row = wanted(room, moment(DAY, time(9)))
    book = partial(code_of, partial(bookings.book, wanted=[row]))
    futures = first_time(monkeypatch, closed_rooms, "check_as_shown", book)
    close(plan(room), by)
    assert ClosedTime.objects.exists()
    return futures[0].result()


def test_who_books_while_it_is_closed_waits_and_is_refused(
    make_venue: Callable[..., Venue], staff_user: User, monkeypatch: Patch
) -> None:
    room = make_venue()
    assert booked_meanwhile(room, staff_user, monkeypatch) == "venue_closed"
    assert not room.bookings.exists()


def test_control_without_the_lock_it_stands_in_a_closed_room(
    make_venue: Callable[..., Venue], staff_user: User, monkeypatch: Patch
) -> None:
    monkeypatch.setattr(bookings, "lock_rooms", lambda *_: None)
    room = make_venue()
    assert booked_meanwhile(room, staff_user, monkeypatch) is None
    assert room.bookings.exists()
