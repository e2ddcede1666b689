"""A whole and its parts: one excludes the other, parts stand side by side."""

from collections.abc import Callable
from datetime import time

import pytest

from diedie_edu.common.days import moment
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.models import Booking, ClosedTime, OpeningHours, Venue
from diedie_edu.venues.queries import availability
from tests.conftest import SATURDAY
from tests.support.refusals import code_of, guard_that_stops, refused_by, run
from tests.venues.conftest import HALF_PAST_NINE, LONG, wanted

pytestmark = pytest.mark.django_db
ONE, KEPT = "venue_holds_one_booking", "booking_keeps_its_venues_ground"
WHOLE, EAST, WEST = range(3)


@pytest.mark.parametrize(
    ("first", "second", "is_free"),
    [
        (WHOLE, EAST, False),
        (WEST, WHOLE, False),
        (EAST, EAST, False),
        (EAST, WEST, True),
    ],
)
def test_the_whole_and_a_part_exclude_each_other(
    square: list[Venue], first: int, second: int, is_free: bool
) -> None:
    bookings.book(wanted=[wanted(square[first])])
    ask = lambda: bookings.book(wanted=[wanted(square[second])])  # noqa: E731
    assert code_of(ask) == (None if is_free else "venue_taken")
    if not is_free:
        with refused_by(ONE):
            wanted(square[second]).save()


def test_the_whole_begins_when_its_part_ends(square: list[Venue]) -> None:
    rows = [wanted(square[EAST]), wanted(square[WHOLE], HALF_PAST_NINE + LONG)]
    assert len(bookings.book(wanted=rows)) == 2


def test_a_booking_moves_from_a_part_to_the_whole_and_the_part_is_not_free(
    square: list[Venue],
) -> None:
    [row] = bookings.book(wanted=[wanted(square[EAST])])
    times = {"starts_at": row.starts_at, "ends_at": row.ends_at}
    bookings.move(booking=row, venue=square[WHOLE], **times)
    assert code_of(lambda: bookings.book(wanted=[wanted(square[WEST])])) == "venue_taken"


def test_a_refusal_names_the_whole_that_is_held_and_offers_times_beside_it(
    square: list[Venue],
) -> None:
    bookings.book(wanted=[wanted(square[WHOLE], purpose="社区大会")])
    refusal = availability.refusal([wanted(square[EAST])], lambda _begin: True)
    assert "广场已安排“社区大会”" in str(refusal)
    assert "11:00–12:30" in str(refusal)


def test_a_closed_whole_closes_its_parts_and_a_closed_part_its_whole(square: list[Venue]) -> None:
    times = {"starts_at": HALF_PAST_NINE, "ends_at": HALF_PAST_NINE + LONG}
    ClosedTime.objects.create(venue=square[EAST], reason="铺地砖", **times)
    codes = [code_of(lambda venue=venue: bookings.book(wanted=[wanted(venue)])) for venue in square]
    assert codes == ["venue_closed", "venue_closed", None]


def test_a_part_without_hours_has_those_of_its_whole(square: list[Venue]) -> None:
    afternoon = {"weekday": 6, "opens": time(14), "closes": time(21)}
    OpeningHours.objects.create(venue=square[WHOLE], **afternoon)
    OpeningHours.objects.create(venue=square[WEST], **afternoon | {"opens": time(8)})
    codes = [code_of(lambda venue=venue: bookings.book(wanted=[wanted(venue)])) for venue in square]
    assert codes == ["not_open", "not_open", None]


# --- What the database holds -----------------------------------------------------------


def test_a_part_has_no_parts(square: list[Venue], make_venue: Callable[..., Venue]) -> None:
    assert guard_that_stops(lambda: make_venue(part_of=square[EAST])) == "a_part_has_no_parts"
    whole = lambda: Venue.objects.filter(pk=square[WHOLE].pk)  # noqa: E731
    hall = make_venue()
    assert guard_that_stops(lambda: whole().update(part_of=hall)) == "a_part_has_no_parts"
    with refused_by("venue_is_no_part_of_itself"):
        Venue.objects.filter(pk=hall.pk).update(part_of=hall)


def test_a_booking_stands_on_the_ground_of_its_venue(square: list[Venue]) -> None:
    row = wanted(square[EAST])
    row.save()
    assert row.ground == square[WHOLE].pk
    other = "UPDATE venues_booking SET ground = venue_id"
    assert guard_that_stops(lambda: run(other)) == KEPT
    missing = "UPDATE venues_booking SET ground = NULL"
    with pytest.raises(Exception, match="null value"):
        run(missing)


def test_a_room_that_becomes_a_part_takes_its_bookings_along(
    room: Venue, make_venue: Callable[..., Venue]
) -> None:
    wanted(room).save()
    both, free = make_venue(), make_venue()
    for part in (room, free):
        Venue.objects.filter(pk=part.pk).update(part_of=both)
    assert Booking.objects.get().ground == both.pk
    with refused_by(ONE):
        wanted(both).save()


def test_a_room_does_not_become_a_part_where_both_are_held(
    room: Venue, make_venue: Callable[..., Venue]
) -> None:
    both = make_venue()
    wanted(room).save()
    wanted(both, moment(SATURDAY, time(10))).save()
    with refused_by(ONE):
        Venue.objects.filter(pk=room.pk).update(part_of=both)


def test_what_stood_in_the_way_may_be_called_off_before_it_is_named(square: list[Venue]) -> None:
    """The database refused it a moment ago, and now the room is free: no error page."""
    assert availability.refusal([wanted(square[0])], None).code == "changed"
