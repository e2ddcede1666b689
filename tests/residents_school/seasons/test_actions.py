"""Saving a series in one go, and changing the following or all of it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

import pytest

from diedie_edu.activities.actions import days, schedule
from diedie_edu.activities.models import Activity
from diedie_edu.common.days import local, moment
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.venues.models import Venue
from diedie_edu.volunteering.models import Duty
from residents_school.actions.seasons import SeriesPlan, change_series
from residents_school.models import Lecture, LectureSeries
from residents_school.queries import seasons as seasons_queries
from tests.conftest import NOW, SATURDAY
from tests.residents_school.seasons.conftest import WEEK, keys_of, save
from tests.support.refusals import code_of, refusal_of
from tests.support.seats import fill, told

pytestmark = pytest.mark.django_db
MakePlan = Callable[..., SeriesPlan]


@pytest.fixture
def expert() -> Volunteer:
    person = Resident.objects.create(full_name="王大厨")
    return Volunteer.objects.create(resident=person, kinds=["expert"])


@pytest.fixture
def series(make_season_plan: MakePlan) -> LectureSeries:
    """Four announced Saturdays."""
    return save(make_season_plan(), announce=True)


def lectures_of(series: LectureSeries) -> list[Lecture]:
    return list(seasons_queries.lectures_of(series))


def change(series: LectureSeries, since: datetime = NOW, **changes: object) -> int:
    return change_series(series=series, since=since, changes=changes, by=None, now=NOW)


# --- Saving ----------------------------------------------------------------------------


def test_every_day_becomes_a_lecture_of_its_own(
    make_season_plan: MakePlan, expert: Volunteer, room: Venue
) -> None:
    series = save(make_season_plan(lecture={"title": "书法", "speakers": [expert]}))
    lectures = lectures_of(series)
    begins = [moment(SATURDAY + n * WEEK, time(9, 30)) for n in range(4)]
    assert [row.starts_at for row in lectures] == begins
    assert {(row.title, row.state, row.occasion.venue) for row in lectures} == {
        ("书法", "draft", room)
    }
    assert Duty.objects.filter(volunteer=expert).count() == 4
    assert (series.title, series.weekdays, series.weeks) == ("书法", [6], 4)


def test_days_without_a_tick_are_not_planned(make_season_plan: MakePlan) -> None:
    plan = make_season_plan()
    kept = frozenset(sorted(keys_of(plan))[1:3])
    begins = [local(row.starts_at).date() for row in lectures_of(save(plan, kept))]
    assert begins == [SATURDAY + WEEK, SATURDAY + 2 * WEEK]


def test_moved_days_and_other_rooms_are_saved_as_shown(
    make_season_plan: MakePlan, make_lecture: Callable, room: Venue, make_venue: Callable
) -> None:
    make_lecture(venue=room)
    moved = lectures_of(save(make_season_plan(on_clash="move")))[0]
    hall = make_venue(places=100)
    other = lectures_of(save(make_season_plan(on_clash="other_venue", starts=time(10, 0))))
    assert local(moved.starts_at).date() == SATURDAY + timedelta(days=1)
    assert other[0].occasion.venue != room
    assert hall.places >= 60


def test_sign_up_opens_so_many_days_before_each_but_never_in_the_past(
    make_season_plan: MakePlan,
) -> None:
    first, second, *_rest = lectures_of(save(make_season_plan(opens_before=WEEK)))
    assert first.sign_up_opens_at == NOW
    assert second.sign_up_opens_at == second.starts_at - WEEK
    assert second.sign_up_closes_at == second.starts_at


def test_all_are_announced_at_once(series: LectureSeries) -> None:
    assert {row.state for row in lectures_of(series)} == {"published"}


def test_a_clash_that_arose_meanwhile_saves_nothing(
    make_season_plan: MakePlan, make_lecture: Callable, room: Venue
) -> None:
    plan = make_season_plan()
    shown = keys_of(plan)
    make_lecture(day=SATURDAY + 2 * WEEK, venue=room)
    assert code_of(partial(save, plan, shown)) == "changed"
    assert (Lecture.objects.count(), LectureSeries.objects.count()) == (1, 0)


def test_a_day_closed_meanwhile_saves_nothing(make_season_plan: MakePlan) -> None:
    plan = make_season_plan()
    shown = keys_of(plan)
    days.close_day(day=SATURDAY + WEEK, reason="台风", by=None, now=NOW)
    assert code_of(partial(save, plan, shown)) == "changed"
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"weeks": 0}, ("weeks", "weeks")),
        ({"capacity": 61}, ("too_many_seats", "capacity")),
        ({"ends": time(9, 0)}, ("ends_early", "ends")),
        ({"weekdays": frozenset()}, ("no_weekday", "weekdays")),
    ],
)
def test_a_plan_against_the_rules_is_refused(
    make_season_plan: MakePlan, asked: dict, refusal: tuple[str, str]
) -> None:
    plan = make_season_plan(**asked)
    assert refusal_of(partial(save, plan, frozenset({"x"}))) == refusal


def test_a_whole_year_of_weekends_is_saved(make_season_plan: MakePlan) -> None:
    plan = make_season_plan(weeks=52, weekdays=frozenset({6, 7}))
    kept = keys_of(plan)
    assert len(lectures_of(save(plan, kept))) == len(kept) > 80


# --- Changing --------------------------------------------------------------------------


def test_all_ahead_take_a_new_time_and_everybody_is_told(series: LectureSeries) -> None:
    first, *_rest, last = lectures_of(series)
    rows = [*fill(first, 1), *fill(last, 1)]
    assert change(series, starts=time(14, 0), ends=time(15, 30)) == 4
    lectures = lectures_of(series)
    assert {local(row.starts_at).time() for row in lectures} == {time(14, 0)}
    assert [row.sign_up_closes_at for row in lectures] == [row.starts_at for row in lectures]
    assert told(first)[-1] == ("moved", rows[0].resident_id)
    assert told(last)[-1] == ("moved", rows[1].resident_id)


def test_the_following_change_and_those_before_stay(
    series: LectureSeries, make_venue: Callable[..., Venue], room: Venue
) -> None:
    third = lectures_of(series)[2]
    hall = make_venue(places=100)
    assert change(series, since=third.starts_at, venue=hall) == 2
    rooms = [row.occasion.venue for row in lectures_of(series)]
    assert rooms == [room, room, hall, hall]


def test_what_is_not_named_stays_each_lectures_own(
    series: LectureSeries, expert: Volunteer
) -> None:
    own = lectures_of(series)[1]
    Activity.objects.filter(pk=own.pk).update(title="单独的题目", capacity=33)
    change(series, outline="新的内容", speakers=[expert])
    again = lectures_of(series)
    assert [row.title for row in again].count("单独的题目") == 1
    assert {row.outline for row in again} == {"新的内容"}
    assert (again[1].capacity, Duty.objects.filter(volunteer=expert).count()) == (33, 4)


def test_one_that_cannot_change_leaves_all_as_they_were_and_is_named(
    series: LectureSeries, make_lecture: Callable
) -> None:
    taken = make_lecture(day=SATURDAY + 2 * WEEK, starts=time(14, 0)).occasion.venue
    fields = {"venue": taken, "starts": time(14, 0), "ends": time(15, 0), "title": "新"}
    assert refusal_of(partial(change, series, **fields)) == ("venue_taken", "venue")
    assert {local(row.starts_at).time() for row in lectures_of(series)} == {time(9, 30)}
    assert "新" not in {row.title for row in lectures_of(series)}


def test_the_refusal_names_the_day(series: LectureSeries, make_lecture: Callable) -> None:
    taken = make_lecture(day=SATURDAY + 2 * WEEK).occasion.venue
    with pytest.raises(Exception, match="12"):
        change(series, venue=taken)


def test_called_off_and_past_ones_are_left_alone(series: LectureSeries) -> None:
    first, second, *_rest = lectures_of(series)
    schedule.call_off(activity=second, reason="主讲生病", by=None, now=NOW)
    later = first.starts_at + timedelta(hours=1)
    done = change_series(series=series, since=NOW, changes={"title": "新"}, by=None, now=later)
    titles = [row.title == "新" for row in lectures_of(series)]
    assert (done, titles) == (2, [False, False, True, True])


def test_a_typhoon_takes_one_day_out_of_a_series(series: LectureSeries) -> None:
    days.close_day(day=date(2026, 12, 5), reason="台风", by=None, now=NOW)
    states = [row.state for row in lectures_of(series)]
    assert states == ["published", "called_off", "published", "published"]
