"""Two of staff plan at the same moment, or one closes the day meanwhile."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db.models import QuerySet

from diedie_edu.activities.actions import days, schedule
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.venues.models import Booking, Venue
from residents_school.actions import lectures, seasons
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.access_pieces import make_series
from tests.support.races import constraint_dropped, meanwhile, right_after, together
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


@pytest.fixture
def plan_at_once(make_plan: Callable[..., lectures.LecturePlan]) -> Callable[[Venue], list]:
    def plan(room: Venue) -> list[str | None]:
        wanted = [make_plan(venue=room, title=title) for title in ("书法", "太极", "插花")]
        return together(
            *[
                partial(code_of, partial(lectures.plan_lecture, plan=one, by=None, now=NOW))
                for one in wanted
            ]
        )

    return plan


def test_a_room_goes_to_one_and_the_others_are_told(
    plan_at_once: Callable, make_venue: Callable[..., Venue]
) -> None:
    for _round in range(ROUNDS):
        room = make_venue()
        codes = plan_at_once(room)
        assert sorted(map(str, codes)) == ["None", "venue_taken", "venue_taken"]
        assert room.occasions.count() == 1


def test_control_without_the_constraint_one_room_holds_three(
    plan_at_once: Callable, make_venue: Callable[..., Venue]
) -> None:
    with constraint_dropped(Booking, "venue_holds_one_booking"):
        room = make_venue()
        plan_at_once(room)
        assert room.occasions.count() == 3


def test_two_lectures_change_places_without_an_error(
    make_lecture: Callable[..., Lecture], make_venue: Callable[..., Venue]
) -> None:
    """Each wants the room that the other leaves: one of them, or both, are told it is taken."""
    for _round in range(ROUNDS):
        first, second = (make_lecture().occasion for _lecture in range(2))
        moves = [partial(move, first, second.venue), partial(move, second, first.venue)]
        codes = together(*[partial(code_of, one) for one in moves])
        assert set(codes) <= {None, "venue_taken"}


def move(occasion: Occasion, room: Venue) -> Occasion:
    when = {"starts_at": occasion.starts_at, "ends_at": occasion.ends_at}
    return schedule.move_occasion(occasion=occasion, venue=room, by=None, now=NOW, **when)


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
def test_nothing_is_planned_on_a_day_that_is_just_being_closed(
    make_plan: Callable[..., lectures.LecturePlan], monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """The plan waits for the closing and is refused; without the lock it stands on that day."""
    if not guarded:
        monkeypatch.setattr("residents_school.actions.lectures.lock_calendar", lambda: None)
    plan = partial(code_of, partial(lectures.plan_lecture, plan=make_plan(), by=None, now=NOW))
    beside = []
    monkeypatch.setattr(
        "diedie_edu.activities.actions.days._notify", lambda *_: beside.append(meanwhile(plan))
    )
    days.close_day(day=SATURDAY, reason="台风", by=None, now=NOW)
    assert beside[0].result() == ("closed_day" if guarded else None)


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
def test_a_change_to_a_series_keeps_what_is_just_being_changed_in_a_lecture(
    make_lecture: Callable[..., Lecture], monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """It waits and reads the lecture then; without the lock it writes what it read before."""
    if not guarded:
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_how: rows.all())
    lecture = make_lecture(series=make_series())
    row = Activity.objects.filter(pk=lecture.pk)
    title = partial(
        seasons.change_series,
        series=lecture.series,
        since=NOW,
        changes={"title": "太极"},
        by=None,
        now=NOW,
    )
    assert right_after(partial(row.update, capacity=7), title) is None
    capacity = row.values_list("title", "capacity").get()
    assert capacity == ("太极", 7 if guarded else lecture.capacity)
