"""One room, wanted by many at the same moment, from several programmes."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import OperationalError, transaction

from diedie_edu.activities.actions import schedule
from diedie_edu.activities.models import Activity
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.models import Booking, Venue
from tests.support.races import all_look_first, constraint_dropped, together
from tests.support.refusals import code_of
from tests.venues.conftest import HALF_PAST_NINE, wanted

pytestmark = pytest.mark.django_db(transaction=True)
STAFF, EACH = 25, 8  # at once, and how often each of them tries
ROUNDS = 5
MINUTE = timedelta(minutes=1)


@pytest.fixture
def activities(make_lecture: Callable, make_activity: Callable) -> list[Activity]:
    """Of three programmes."""
    others = [make_activity(slug) for slug in ("after-school", "happy-square")]
    return [Activity.objects.get(pk=make_lecture().pk), *others]


@pytest.fixture
def make_activity(make_lecture: Callable, programme: object) -> Callable[[str], Activity]:
    def make(slug: str) -> Activity:
        activity = Activity.objects.get(pk=make_lecture().pk)
        activity.programme = type(programme).objects.create(slug=slug, title_zh="四点半学校")
        activity.save()
        return activity

    return make


def all_want(room: Venue, activities: list[Activity]) -> Counter:
    """Two hundred that overlap; how they were answered."""

    def ask(person: int) -> list[str | None]:
        activity = activities[person % len(activities)]
        starts = [HALF_PAST_NINE + (person + turn) * MINUTE for turn in range(EACH)]
        rooms = [wanted(room, starts_at) for starts_at in starts]
        return [
            code_of(partial(schedule.add_occasions, activity=activity, wanted=[row]))
            for row in rooms
        ]

    answers = together(*[partial(ask, person) for person in range(STAFF)])
    return Counter(code for codes in answers for code in codes)


def test_of_two_hundred_for_one_room_one_is_kept(room: Venue, activities: list[Activity]) -> None:
    assert all_want(room, activities) == {None: 1, "venue_taken": STAFF * EACH - 1}
    assert room.bookings.count() == room.occasions.count() == 1


def test_control_without_the_constraint_all_are_kept(
    room: Venue, activities: list[Activity]
) -> None:
    with constraint_dropped(Booking, "venue_holds_one_booking"):
        assert all_want(room, activities) == {None: STAFF * EACH}
        assert room.bookings.count() == STAFF * EACH


def test_one_that_ends_as_the_other_begins_is_held_at_once(room: Venue) -> None:
    for _round in range(ROUNDS):
        Booking.objects.all().delete()
        later = wanted(room, HALF_PAST_NINE + 90 * MINUTE)
        both = [partial(bookings.book, wanted=[row]) for row in (wanted(room), later)]
        assert together(*[partial(code_of, one) for one in both]) == [None, None]


def move(booking: Booking, by: timedelta) -> None:
    bookings.move(
        booking=booking,
        venue=booking.venue,
        starts_at=booking.starts_at + by,
        ends_at=booking.ends_at + by,
    )


def cross(room: Venue) -> list[str | None]:
    """Two that stand beside each other move to where the other stands."""
    Booking.objects.all().delete()
    first, second = wanted(room), wanted(room, HALF_PAST_NINE + 90 * MINUTE)
    bookings.book(wanted=[first, second])
    moves = [partial(move, first, 90 * MINUTE), partial(move, second, -90 * MINUTE)]
    return together(*[partial(code_of, one) for one in moves])


def test_moves_that_cross_are_refused_and_never_stand_still(room: Venue) -> None:
    for _round in range(ROUNDS):
        assert cross(room) == ["venue_taken", "venue_taken"]


def book_two(room: Venue, other: Venue) -> None:
    """In one transaction, one after the other, as two actions would."""
    with transaction.atomic():
        bookings.lock_rooms([room.pk, other.pk])
        for one in (room, other):
            bookings.book(wanted=[wanted(one)])


def both_orders(make_venue: Callable[..., Venue]) -> list[str | None]:
    """Two of staff want the same two rooms, in turned order."""
    rooms = make_venue(), make_venue()
    calls = [partial(book_two, *rooms), partial(book_two, *reversed(rooms))]
    return together(*[partial(code_of, one) for one in calls])


def test_rooms_are_locked_in_one_order(make_venue: Callable[..., Venue]) -> None:
    for _round in range(ROUNDS):
        assert sorted(map(str, both_orders(make_venue))) == ["None", "venue_taken"]


def test_control_without_the_lock_somebody_gets_an_error_page(
    make_venue: Callable[..., Venue], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has one of the rooms before either asks for its second."""
    monkeypatch.setattr(bookings, "lock_rooms", lambda *_: None)
    all_look_first(monkeypatch, bookings, "book", threads=2)
    with pytest.raises(OperationalError, match="deadlock"):
        both_orders(make_venue)
