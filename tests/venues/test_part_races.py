"""Two hundred at once, half for the whole and half for its two parts."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle

import pytest

from diedie_edu.venues.actions import bookings
from diedie_edu.venues.models import Booking, Venue
from tests.support.races import constraint_dropped, together
from tests.support.refusals import code_of
from tests.venues.conftest import wanted

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE, EACH = 25, 8
Wishes = Sequence[Callable[[], object]]


def all_want(square: list[Venue]) -> set[Venue]:
    """Every other wish is for the whole, the others in turn for its parts; which are held."""
    whole, *parts = square
    each = cycle([whole, parts[0], whole, parts[1]])
    wishes = [partial(bookings.book, wanted=[wanted(next(each))]) for _row in range(AT_ONCE * EACH)]
    turns = [wishes[first :: AT_ONCE - 1] for first in range(AT_ONCE - 1)]
    together(*[partial(_ask, turn) for turn in turns])
    return {row.venue for row in Booking.objects.filter(is_off=False).select_related("venue")}


def _ask(wishes: Wishes) -> None:
    assert {code_of(wish) for wish in wishes} <= {None, "venue_taken"}


def test_of_two_hundred_the_whole_alone_is_kept_or_one_for_each_part(square: list[Venue]) -> None:
    held = all_want(square)
    assert Booking.objects.count() == len(held)
    assert held in ({square[0]}, set(square[1:]))


def test_control_without_the_constraint_all_are_kept(square: list[Venue]) -> None:
    with constraint_dropped(Booking, "venue_holds_one_booking"):
        assert all_want(square) == set(square)
        assert Booking.objects.count() == AT_ONCE * EACH
