"""When the door is open, and what follows from seats left empty."""

from datetime import date, time, timedelta

import pytest
from django.conf import LazySettings

from diedie_edu.activities.models import Activity, How, Occasion
from diedie_edu.activities.rules import no_shows
from diedie_edu.common.days import moment
from diedie_edu.common.errors import Refused
from diedie_edu.door.rules import opening
from diedie_edu.venues.models import Venue
from tests.conftest import NOW, SATURDAY
from tests.support.refusals import code_of


def occasion(**fields: object) -> Occasion:
    at = {"starts_at": moment(SATURDAY, time(9, 30)), "ends_at": moment(SATURDAY, time(11, 0))}
    return Occasion(pk=1, activity=Activity(title="书法", capacity=2), **at, **fields)


@pytest.mark.parametrize(
    ("day", "clock", "phase"),
    [
        (28, time(8, 29), "ahead"),
        (28, time(8, 30), "open"),
        (28, time(10, 59), "open"),
        (28, time(11, 0), "later"),
        (30, time(23, 0), "later"),
        (31, time(11, 0), "closed"),
    ],
)
def test_the_door_opens_an_hour_before_and_the_register_closes_days_after(
    day: int, clock: time, phase: str
) -> None:
    when = moment(date(2026, 11, 1) + timedelta(days=day - 1), clock)
    assert opening.door_phase(occasion(), when) == phase


@pytest.mark.parametrize(
    ("clock", "how", "code"),
    [
        (time(8, 0), How.LIST, "door_not_open"),
        (time(9, 0), How.TICKET, None),
        (time(11, 30), How.TICKET, "over"),
        (time(11, 30), How.KIOSK, "over"),
        (time(11, 30), How.SHEET, None),
    ],
)
def test_only_a_sheet_is_entered_afterwards(clock: time, how: str, code: str | None) -> None:
    assert (
        code_of(lambda: opening.check_can_check_in(occasion(), how, moment(SATURDAY, clock)))
        == code
    )


def test_nobody_is_checked_in_where_all_is_called_off() -> None:
    off = occasion(is_called_off=True)
    assert code_of(lambda: opening.check_register_open(off, off.starts_at)) == "called_off"


def test_a_register_closes() -> None:
    late = occasion().ends_at + timedelta(days=3)
    assert code_of(lambda: opening.check_register_open(occasion(), late)) == "register_closed"


def test_a_ticket_of_another_date_says_which() -> None:
    other = occasion()
    other.pk = 2
    with pytest.raises(Refused, match=r"11月28日.*书法") as refused:
        opening.check_ticket_is_for(other, occasion())
    assert refused.value.code == "other_occasion"
    opening.check_ticket_is_for(other, other)


def test_beyond_the_seats_a_reason_is_asked_for_and_the_room_is_named() -> None:
    full = occasion(venue=Venue(title_zh="多功能厅", places=60))
    opening.check_may_let_in_beyond(full, 2, "有人没来")
    with pytest.raises(Refused, match=r"多功能厅.*60"):
        opening.check_may_let_in_beyond(full, 2, "")


# --- Seats left empty ------------------------------------------------------------------


def missed(*days_ago: int) -> list[no_shows.Missed]:
    days = [NOW - timedelta(days=ago) for ago in days_ago]
    return [
        no_shows.Missed(n, "x", "讲座", day, day + timedelta(days=3)) for n, day in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("days_ago", "deferred"),
    [
        ((), False),
        ((20, 10), False),
        ((40, 20, 10), True),
        ((95, 20, 10), True),  # 85 days from the first to the last
        ((101, 20, 10), False),  # 91 days
        ((60, 50, 18), False),  # over since yesterday
        ((60, 50, 17), False),  # over right now
        ((60, 50, 16), True),
        ((89, 60, 50, 16), True),
    ],
)
def test_three_empty_seats_in_ninety_days_count_for_fourteen(
    days_ago: tuple[int, ...], deferred: bool
) -> None:
    assert no_shows.is_deferred(missed(*days_ago), NOW) is deferred


def test_it_says_until_when() -> None:
    until = no_shows.deferred_until(missed(40, 20, 10))
    assert until == NOW - timedelta(days=10) + timedelta(days=3 + 14)


def test_the_numbers_are_settings(settings: LazySettings) -> None:
    settings.NO_SHOW_LIMIT, settings.NO_SHOW_DAYS = 1, 5
    settings.NO_SHOW_PENALTY_DAYS = 8
    assert no_shows.is_deferred(missed(10), NOW)
    assert not no_shows.is_deferred(missed(11), NOW)


@pytest.mark.parametrize(
    ("born", "spared"),
    [
        (date(1966, 11, 28), True),  # 60 on that day
        (date(1966, 11, 29), False),
        (date(1990, 1, 1), False),
        (None, True),
    ],
)
def test_nobody_of_sixty_is_put_behind(born: date | None, spared: bool) -> None:
    assert no_shows.is_spared(born, SATURDAY) is spared


def test_the_age_is_a_setting(settings: LazySettings) -> None:
    settings.NO_SHOW_AGE = 70
    assert not no_shows.is_spared(date(1966, 11, 28), SATURDAY)
