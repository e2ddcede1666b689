"""Two of staff save series that want the same room at the same moment."""

from collections.abc import Callable
from functools import partial
from threading import Barrier

import pytest

from diedie_edu.venues.models import Booking, Venue
from diedie_edu.venues.rules.series import check_as_shown
from residents_school.actions import seasons as season_actions
from residents_school.actions.seasons import SeriesPlan, change_series
from residents_school.models import Lecture, LectureSeries
from tests.conftest import NOW
from tests.residents_school.seasons.conftest import keys_of, save
from tests.support.races import constraint_dropped, together
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5
THREE = ("书法", "太极", "插花")


@pytest.fixture
def save_at_once(make_season_plan: Callable[..., SeriesPlan]) -> Callable[[Venue], list]:
    """Three people have seen the same four days free, and all save now."""

    def run(room: Venue) -> list[str | None]:
        plans = [make_season_plan(venue=room, lecture={"title": title}) for title in THREE]
        shown = [keys_of(plan) for plan in plans]
        saves = [partial(save, *pair) for pair in zip(plans, shown, strict=True)]
        return together(*[partial(code_of, one) for one in saves])

    return run


def test_one_series_is_saved_whole_and_the_others_not_at_all(
    save_at_once: Callable, make_venue: Callable[..., Venue]
) -> None:
    for _round in range(ROUNDS):
        room = make_venue()
        assert sorted(map(str, save_at_once(room))) == ["None", "changed", "changed"]
        assert room.occasions.count() == 4
    assert LectureSeries.objects.count() == ROUNDS


def test_control_without_lock_and_constraint_one_room_holds_several(
    save_at_once: Callable, make_venue: Callable[..., Venue], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All preview before any writes: what the lock prevents."""
    with constraint_dropped(Booking, "venue_holds_one_booking"):
        monkeypatch.setattr("diedie_edu.venues.actions.bookings.lock_rooms", lambda *_: None)
        _all_preview_first(monkeypatch)
        room = make_venue()
        assert save_at_once(room) == [None, None, None]
        assert room.occasions.count() == 12


def _all_preview_first(monkeypatch: pytest.MonkeyPatch) -> None:
    check, barrier = check_as_shown, Barrier(len(THREE))

    def slow(*args: object) -> object:
        barrier.wait(30)
        return check(*args)

    monkeypatch.setattr(season_actions, "check_as_shown", slow)


def test_two_series_that_change_rooms_end_without_an_error(
    make_season_plan: Callable[..., SeriesPlan], make_venue: Callable[..., Venue]
) -> None:
    """Each wants the room of the other: refused or done, never a deadlock."""
    for _round in range(ROUNDS):
        rooms = [make_venue(), make_venue()]
        both = [save(make_season_plan(venue=room)) for room in rooms]
        moves = [partial(move, *pair) for pair in zip(both, reversed(rooms), strict=True)]
        codes = together(*[partial(code_of, one) for one in moves])
        assert set(codes) <= {None, "venue_taken"}
    assert Lecture.objects.count() == 8 * ROUNDS


def move(series: LectureSeries, room: Venue) -> int:
    return change_series(series=series, since=NOW, changes={"venue": room}, by=None, now=NOW)
