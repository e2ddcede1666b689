"""Two who displace at once, and a kept time that ends while it is taken."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.actions import bookings, displacing
from diedie_edu.venues.models import Booking, Displacement, Venue
from diedie_edu.venues.queries.displacing import standing_then
from tests.conftest import NOW
from tests.support.races import all_look_first, constraint_dropped, first_time, together
from tests.support.refusals import code_of
from tests.venues.conftest import FAR, wanted

pytestmark = pytest.mark.django_db


def live(room: Venue) -> list[tuple[str, bool]]:
    rows = room.bookings.filter(is_off=False, held_until=None).order_by("starts_at")
    return [(row.purpose, row.is_off) for row in rows]


def claims(room: Venue, users: list[User], programme: Programme) -> list[str | None]:
    """Two of staff take the same time at once, each as their page showed it."""
    claimed = [wanted(room, FAR, programme=programme, purpose=f"讲座{n}") for n in range(2)]
    shown = frozenset(row.pk for row in standing_then(claimed[0]))
    acts = {"reason": "x", "shown": shown, "now": NOW}
    return together(
        *(
            partial(code_of, partial(displacing.displace, wanted=row, by=user, **acts))
            for row, user in zip(claimed, users, strict=True)
        )
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_displace_at_once_one_does(
    room: Venue, first: Programme, dance: Booking, make_user: Callable[..., User]
) -> None:
    users = [make_user(Role.STAFF) for _n in range(2)]
    assert sorted(map(str, claims(room, users, first))) == ["None", "changed"]
    assert Displacement.objects.count() == 1
    assert len(live(room)) == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_lock_and_constraint_both_do(
    room: Venue,
    first: Programme,
    dance: Booking,
    make_user: Callable[..., User],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    users = [make_user(Role.STAFF) for _n in range(2)]
    monkeypatch.setattr(displacing.freeing, "lock", lambda *_rooms: None)
    monkeypatch.setattr(bookings, "lock_rooms", lambda *_rooms: None)
    all_look_first(monkeypatch, displacing, "_check_as_shown", threads=2)
    with constraint_dropped(Booking, "venue_holds_one_booking"):
        claims(room, users, first)
        assert len(live(room)) == 2


def take(made: Displacement, hold: Booking) -> None:
    """The leader takes a kept time in its last second."""
    last = hold.held_until - timedelta(seconds=1)
    displacing.take(displacement=made, hold=hold.pk, by=made.by, now=last)


def end_and_book(room: Venue, hold: Booking) -> None:
    """The kept time ends, and somebody else books it."""
    with transaction.atomic():
        displacing.end_holds(hold.held_until)
    bookings.book(wanted=[wanted(room, hold.starts_at, purpose="读书会")])


@pytest.mark.django_db(transaction=True)
def test_a_time_that_ends_while_it_is_taken_is_had_by_one(
    dance: Booking, displace: Callable, room: Venue
) -> None:
    [made] = displace()
    calls = partial(take, made, made.holds.first()), partial(end_and_book, room, made.holds.first())
    codes = together(*[partial(code_of, call) for call in calls])
    assert codes in ([None, "venue_taken"], ["gone", None])
    assert len(live(room)) == 2


@pytest.mark.django_db(transaction=True)
def test_control_without_lock_and_constraint_both_have_it(
    dance: Booking, displace: Callable, room: Venue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends when the leader has found it still kept."""
    [made] = displace()
    hold = made.holds.first()
    monkeypatch.setattr(displacing.freeing, "lock", lambda *_rooms: None)
    monkeypatch.setattr(bookings, "lock_rooms", lambda *_rooms: None)
    ending = partial(end_and_book, room, hold)
    futures = first_time(monkeypatch, displacing.rules, "check_is_kept", then=ending)
    with constraint_dropped(Booking, "venue_holds_one_booking"):
        take(made, hold)
        futures[0].result()
        assert len(live(room)) == 3
