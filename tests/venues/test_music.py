"""The hours in which music is allowed."""

from datetime import time, timedelta

import pytest

from diedie_edu.common.errors import Refused
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.models import MusicHours, Venue
from tests.support.refusals import code_of, refused_by
from tests.venues.conftest import HALF_PAST_NINE, WEEK, wanted

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def afternoons(square: list[Venue]) -> None:
    """On the whole square, Saturdays from three to nine."""
    row = {"weekday": 6, "opens": time(15), "closes": time(21)}
    MusicHours.objects.create(venue=square[0], **row)


@pytest.mark.parametrize(
    ("with_music", "later", "code"),
    [(True, 0, "no_music"), (False, 0, None), (True, 5.5, None), (True, 10.5, "no_music")],
)
def test_music_is_heard_in_its_hours_alone(
    square: list[Venue], with_music: bool, later: float, code: str | None
) -> None:
    row = wanted(square[1], HALF_PAST_NINE + later * HOUR, with_music=with_music)
    assert code_of(lambda: bookings.book(wanted=[row])) == code


def test_a_refusal_says_when_and_offers_times_that_suit(square: list[Venue]) -> None:
    with pytest.raises(Refused) as refused:
        bookings.book(
            wanted=[wanted(square[1], with_music=True)], suits=lambda at: at > HALF_PAST_NINE
        )
    assert "广场东区" in str(refused.value)
    assert "15:00–21:00" in str(refused.value)
    assert "11月28日（周六） 15:00–16:30" in str(refused.value)


def test_a_series_with_music_does_not_move_to_a_quiet_day(square: list[Venue]) -> None:
    rows = [wanted(square[1], HALF_PAST_NINE + 6 * HOUR, with_music=True)]
    bookings.book(wanted=rows)
    shift = lambda days: bookings.shift(bookings=[rows[0].pk], by=timedelta(days=days))  # noqa: E731
    assert code_of(lambda: shift(1)) == "no_music"
    assert shift(WEEK.days) == 1


def test_music_hours_make_sense(square: list[Venue]) -> None:
    with refused_by("musichours_end_after_they_begin"):
        MusicHours.objects.create(venue=square[1], weekday=1, opens=time(9), closes=time(8))
    with refused_by("musichours_are_of_a_weekday"):
        MusicHours.objects.create(venue=square[1], weekday=8, opens=time(9), closes=time(10))
