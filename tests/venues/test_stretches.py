"""A day of a room without gaps; no database."""

from datetime import timedelta

from diedie_edu.common.days import local, moment
from diedie_edu.venues.models import Booking, Venue
from diedie_edu.venues.rules.availability import Occupancy, without
from diedie_edu.venues.rules.stretches import stretches
from tests.conftest import SATURDAY
from tests.venues.test_availability import HOUR, ROOM, at, closed, hours, known

WHOLE = Venue(pk=5, title_zh="广场")
EAST, WEST = (Venue(pk=number, part_of=WHOLE) for number in (6, 7))


def row(number: int, hour: float, length: float = 1, venue: Venue = ROOM) -> Booking:
    booking = at(hour, length=length, venue=venue)
    booking.pk = number
    return booking


def day_of(occupancy: Occupancy, venue: Venue = ROOM) -> list[tuple[str, int, int, int]]:
    """Kind, hours from and to, and how many bookings."""
    begin = moment(SATURDAY)
    rows = stretches(occupancy, venue, begin, begin + timedelta(days=1))
    ends = [(one.starts_at - begin, one.ends_at - begin) for one in rows]
    return [
        (one.kind, first // HOUR, last // HOUR, len(one.bookings))
        for one, (first, last) in zip(rows, ends, strict=True)
    ]


def test_free_taken_closed_and_outside_the_hours() -> None:
    occupancy = known(
        hours=hours(8, 20), closed=[closed(at(14, length=2))], bookings=[row(1, 10), row(2, 11)]
    )
    assert day_of(occupancy) == [
        ("not_open", 0, 8, 0),
        ("free", 8, 10, 0),
        ("venue_taken", 10, 11, 1),
        ("venue_taken", 11, 12, 1),
        ("free", 12, 14, 0),
        ("venue_closed", 14, 16, 0),
        ("free", 16, 20, 0),
        ("not_open", 20, 24, 0),
    ]


def test_what_is_held_is_shown_where_the_room_is_closed() -> None:
    occupancy = known({SATURDAY: "closed"}, bookings=[row(1, 10)])
    kinds = [kind for kind, *_rest in day_of(occupancy)]
    assert kinds == ["closed_day", "venue_taken", "closed_day"]


def test_the_parts_of_a_whole_are_one_stretch_where_they_meet() -> None:
    occupancy = known(bookings=[row(1, 9, 2, EAST), row(2, 10, 2, WEST), row(3, 14, 1, WHOLE)])
    assert day_of(occupancy, WHOLE) == [
        ("free", 0, 9, 0),
        ("venue_taken", 9, 12, 2),
        ("free", 12, 14, 0),
        ("venue_taken", 14, 15, 1),
        ("free", 15, 24, 0),
    ]
    assert [row[0] for row in day_of(occupancy, WEST)].count("venue_taken") == 2


def test_open_hours_without_what_is_closed() -> None:
    occupancy = known(hours=hours(8, 20), closed=[closed(at(7, length=3))])
    spans = occupancy.open_spans(ROOM, SATURDAY)
    assert [(local(first).hour, local(last).hour) for first, last in spans] == [(10, 20)]
    assert known({SATURDAY: "closed"}).open_spans(ROOM, SATURDAY) == []


def test_spans_without_others() -> None:
    begin = moment(SATURDAY)
    span = lambda first, last: (begin + first * HOUR, begin + last * HOUR)  # noqa: E731
    left = without([span(8, 20)], [span(7, 9), span(10, 12), span(11, 13), span(19, 22)])
    assert list(left) == [span(9, 10), span(13, 19)]
    assert list(without([span(8, 9)], [span(8, 9)])) == []
