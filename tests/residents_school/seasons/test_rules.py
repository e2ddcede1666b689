"""What a series comes to, day by day; no database."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import local_day, moment
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.venues.models import Booking, Venue
from diedie_edu.venues.rules.availability import Occupancy
from diedie_edu.venues.rules.series import PlannedDay, check_as_shown
from diedie_edu.volunteering.models import Duty
from residents_school.models import OnClash
from residents_school.rules import seasons
from tests.conftest import NOW, SATURDAY
from tests.support.refusals import code_of, refusal_of

WEEK = timedelta(days=7)
ROOM = Venue(pk=1, title_zh="活动室", places=60)
SMALL = Venue(pk=2, title_zh="图书室", places=20)
HALL = Venue(pk=3, title_zh="礼堂", places=200)
FIVE_WEEKS = seasons.Season(
    first_day=SATURDAY,
    weekdays=frozenset({6}),
    weeks=5,
    starts=time(9, 30),
    ends=time(11, 0),
    venue=ROOM,
    capacity=40,
    on_clash=OnClash.LEAVE_OUT,
)
NOTHING_ELSE = seasons.Surroundings(
    occupancy=Occupancy(Calendar()), venues=[ROOM, SMALL, HALL], now=NOW
)
COOK = Volunteer(pk=7, resident=Resident(full_name="王大厨"))
CHOIR = Occasion(activity=Activity(title="合唱"))


def booking(day: date, venue: Venue = ROOM, starts: time = time(10, 0)) -> Booking:
    starts_at = moment(day, starts)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
    return Booking(venue=venue, purpose="合唱", **times)


def elsewhere(day: date, starts: time = time(10, 0)) -> Duty:
    """The cook speaks in a room of another season."""
    row = booking(day, HALL, starts)
    times = {"starts_at": row.starts_at, "ends_at": row.ends_at}
    return Duty(volunteer=COOK, occasion=CHOIR, **times)


def around(
    taken: Sequence[Booking] = (), special: dict | None = None, **fields: object
) -> seasons.Surroundings:
    occupancy = Occupancy(Calendar(special or {}), bookings=taken)
    return replace(NOTHING_ELSE, occupancy=occupancy, **fields)


def days_of(
    on_clash: str = OnClash.LEAVE_OUT, *taken: Booking, **asked: object
) -> list[PlannedDay]:
    busy = asked.pop("busy", ())
    season = replace(FIVE_WEEKS, on_clash=on_clash, **asked)
    return seasons.preview(season, around(taken, busy=busy))


def states(days: list[PlannedDay]) -> str:
    """One letter a day: h(eld), m(oved), o(ther venue), l(eft out)."""
    return "".join(day.state[0] for day in days)


# --- The year --------------------------------------------------------------------------


def lecture_days_2026(weekdays: set[int]) -> list[date]:
    year = replace(FIVE_WEEKS, first_day=date(2026, 1, 1), weeks=52, weekdays=frozenset(weekdays))
    days = seasons.preview(year, replace(NOTHING_ELSE, now=moment(date(2025, 12, 31))))
    assert len(days) == 52 * len(weekdays)
    return [day.day for day in days if day.place]


def test_2026_has_84_ordinary_lecture_days() -> None:
    days = lecture_days_2026({6, 7})
    assert len(days) == 84
    assert days == Calendar().lecture_days(2026)
    assert sorted(lecture_days_2026({6}) + lecture_days_2026({7})) == days


def test_every_saturday_for_five_weeks() -> None:
    days = days_of()
    assert [day.wanted for day in days] == [SATURDAY + n * WEEK for n in range(5)]
    assert all(day.place.venue == ROOM for day in days if day.place)


def test_both_days_come_in_order_from_the_first_day_on() -> None:
    sunday = SATURDAY + timedelta(days=1)
    found = seasons.wanted_days(
        replace(FIVE_WEEKS, first_day=sunday, weeks=2, weekdays=frozenset({6, 7}))
    )
    assert found == [sunday, SATURDAY + WEEK, sunday + WEEK, SATURDAY + 2 * WEEK]


# --- What stands in the way ------------------------------------------------------------


def test_a_festival_a_make_up_day_and_a_closed_day_are_left_out_with_their_reason() -> None:
    special = {SATURDAY: "closed", SATURDAY + WEEK: "working", SATURDAY + 2 * WEEK: "off"}
    days = seasons.preview(FIVE_WEEKS, around(special=special))
    assert states(days) == "lllhh"
    assert all(str(day.reason) for day in days[:3])
    assert len({str(day.reason) for day in days[:3]}) == 3


def test_a_taken_room_is_named_with_what_takes_it() -> None:
    days = days_of(OnClash.LEAVE_OUT, booking(SATURDAY + WEEK))
    assert states(days) == "hlhhh"
    assert "活动室" in str(days[1].reason)
    assert "合唱" in str(days[1].reason)


@pytest.mark.parametrize(
    ("starts", "first"),
    [(time(8, 30), "h"), (time(8, 31), "l"), (time(10, 59), "l"), (time(11), "h")],
)
def test_times_that_only_touch_do_not_clash(starts: time, first: str) -> None:
    assert states(days_of(OnClash.LEAVE_OUT, booking(SATURDAY, starts=starts)))[0] == first


def test_a_speaker_who_is_elsewhere_is_named() -> None:
    days = days_of(OnClash.OTHER_VENUE, busy=[elsewhere(SATURDAY)])
    assert states(days) == "lhhhh"
    assert "王大厨" in str(days[0].reason)


def test_what_lies_in_the_past_or_too_far_is_left_out() -> None:
    days = days_of(first_day=SATURDAY - WEEK, weeks=53)
    assert states(days)[0] == "l"
    assert states(days_of(first_day=date(2027, 11, 20), weeks=3)) == "hll"


# --- What is done about it -------------------------------------------------------------


def test_a_day_moves_to_the_next_free_lecture_day() -> None:
    sunday = SATURDAY + WEEK + timedelta(days=1)
    days = days_of(OnClash.MOVE, booking(SATURDAY + WEEK))
    assert (days[1].state, days[1].day) == (seasons.DayState.MOVED, sunday)
    assert str(days[1].reason)


def test_a_day_never_moves_onto_another_of_the_series() -> None:
    days = days_of(OnClash.MOVE, booking(SATURDAY), weeks=2, weekdays=frozenset({6, 7}))
    assert (days[-1].wanted, days[-1].day) == (SATURDAY, SATURDAY + 2 * WEEK)


def test_two_days_do_not_move_onto_the_same_one() -> None:
    sunday = SATURDAY + timedelta(days=1)
    days = days_of(OnClash.MOVE, booking(SATURDAY), booking(sunday), weekdays=frozenset({6, 7}))
    moved = [day.day for day in days if day.state == seasons.DayState.MOVED]
    assert len(moved) == len(set(moved)) == 2


def test_the_smallest_free_room_with_places_enough_is_taken() -> None:
    days = days_of(OnClash.OTHER_VENUE, booking(SATURDAY))
    assert (days[0].state, days[0].place.venue) == (seasons.DayState.OTHER_VENUE, HALL)
    fewer = days_of(OnClash.OTHER_VENUE, booking(SATURDAY), capacity=20)
    assert fewer[0].place.venue == SMALL


def test_another_room_does_not_help_on_a_festival() -> None:
    days = days_of(OnClash.OTHER_VENUE, first_day=date(2026, 12, 26), weeks=2)
    assert states(days) == "hl"  # 2 January 2027


# --- Always ----------------------------------------------------------------------------

DAYS = st.integers(0, 80).map(lambda number: SATURDAY + timedelta(days=number))
CLOCKS = st.sampled_from([time(8, 0), time(9, 0), time(10, 30), time(14, 0)])
BOOKINGS = st.lists(
    st.builds(booking, DAYS, st.sampled_from([ROOM, SMALL, HALL]), CLOCKS), max_size=12
)
BUSY = st.lists(st.builds(elsewhere, DAYS, CLOCKS), max_size=4)
SEASONS = st.builds(
    partial(replace, FIVE_WEEKS),
    first_day=DAYS,
    weekdays=st.sampled_from([frozenset({6}), frozenset({7}), frozenset({6, 7})]),
    weeks=st.integers(1, 12),
    on_clash=st.sampled_from(OnClash.values),
)
SPECIAL = st.dictionaries(DAYS, st.sampled_from(["off", "working", "closed"]), max_size=6)


@settings(max_examples=150)
@given(season=SEASONS, bookings=BOOKINGS, busy=BUSY, special=SPECIAL)
def test_whatever_is_asked_every_place_is_free_and_no_day_is_lost(
    season: seasons.Season, bookings: list[Booking], busy: list[Duty], special: dict[date, str]
) -> None:
    known = around(bookings, special, busy=busy)
    days = seasons.preview(season, known)
    places = [day.place for day in days if day.place]
    assert sorted(day.wanted for day in days) == seasons.wanted_days(season)
    assert days == sorted(days, key=lambda planned: planned.day)
    assert len({local_day(place.starts_at) for place in places}) == len(places)
    calendar = known.occupancy.calendar
    assert all(calendar.is_lecture_day(local_day(place.starts_at)) for place in places)
    assert all(place.venue.places >= season.capacity for place in places)
    assert not any(overlap(place, row) for place in places for row in busy)
    same_room = [(one, row) for one in places for row in bookings if one.venue == row.venue]
    assert not any(overlap(one, row) for one, row in same_room)
    assert all(bool(day.reason) == (day.state != seasons.DayState.HELD) for day in days)


def overlap(place: Booking, row: Booking | Duty) -> bool:
    return row.starts_at < place.ends_at and row.ends_at > place.starts_at


# --- Saving what was shown -------------------------------------------------------------


def test_ticked_days_are_kept_in_their_order() -> None:
    days = days_of()
    kept = check_as_shown(days, frozenset({days[4].key, days[1].key}))
    assert kept == [days[1], days[4]]


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        (lambda _days: [], "nothing"),
        (lambda _days: ["2026-11-28"], "changed"),
        (lambda days: [days[0].key, "2026-11-29_held_2026-11-29_1"], "changed"),
        (lambda days: [days[0].key.replace("_1", "_3")], "changed"),
    ],
)
def test_what_was_not_shown_is_not_saved(keys: Callable, code: str) -> None:
    days = days_of()
    assert code_of(lambda: check_as_shown(days, frozenset(keys(days)))) == code


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({}, None),
        ({"weekdays": frozenset()}, ("no_weekday", "weekdays")),
        ({"weeks": 0}, ("weeks", "weeks")),
        ({"weeks": 53}, None),
        ({"weeks": 54}, ("weeks", "weeks")),
        ({"ends": time(9, 30)}, ("ends_early", "ends")),
        ({"first_day": NOW.date()}, None),
        ({"first_day": NOW.date() - timedelta(days=1)}, ("past", "day")),
        ({"first_day": NOW.date() + timedelta(days=367)}, ("far", "day")),
        ({"first_day": date.max}, ("far", "day")),
    ],
)
def test_a_series_that_makes_no_sense_is_refused(asked: dict, refusal: tuple | None) -> None:
    season = replace(FIVE_WEEKS, **asked)
    assert refusal_of(lambda: seasons.check_season(season, NOW.date())) == refusal
