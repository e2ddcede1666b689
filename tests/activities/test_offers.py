"""Places offered to the queue: to whom, until when, and what becomes of them."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from diedie_edu.activities.actions import days, parties, schedule, seats
from diedie_edu.activities.actions.offers import accept_offer, confirm_offer, pass_places_on
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.activities.queries import sign_ups
from diedie_edu.common.days import local_day, moment
from diedie_edu.common.manifests import parts_of
from diedie_edu.notices.models import Notice
from diedie_edu.notices.planners import Planner
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.refusals import code_of
from tests.support.seats import (
    check_seats,
    enter,
    fill,
    make_residents,
    places_and_waiting,
    statuses,
    told,
)

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STARTS = moment(SATURDAY, time(9, 30))


@pytest.fixture
def activity(make_lecture: Callable[..., Lecture]) -> Activity:
    """Two seats; Saturday 9:30."""
    return Activity.objects.get(pk=make_lecture(capacity=2).pk)


def give_back(row: SignUp, now: datetime = NOW) -> bool:
    return seats.cancel_sign_up(activity=row.activity, resident=row.resident, by=None, now=now)


def wait_together(activity: Activity, number: int, now: datetime = NOW) -> list[SignUp]:
    people = make_residents(number)
    return parties.sign_up_together(activity=activity, residents=people, by=None, now=now)


def offers(activity: Activity) -> list[int]:
    """Whom an offer was told, in order."""
    return [who for kind, who in told(activity) if kind == "offered"]


# --- To whom ---------------------------------------------------------------------------


def test_an_offered_place_is_taken(activity: Activity) -> None:
    first, _second, third = fill(activity, 3)
    give_back(first)
    assert places_and_waiting(activity) == (2, 0)
    assert Activity.objects.get(pk=activity.pk).free == 0
    assert statuses([third, *fill(activity, 1)]) == ["offered", "waiting"]


def test_a_household_that_does_not_fit_keeps_its_place_and_the_next_goes_ahead(
    activity: Activity,
) -> None:
    Activity.objects.filter(pk=activity.pk).update(holds_for_parties=False)
    first, second = fill(activity, 2)
    together = wait_together(activity, 2)
    (alone,) = fill(activity, 1)
    give_back(first)
    assert statuses([*together, alone]) == ["waiting", "waiting", "offered"]
    assert sign_ups.people_ahead(together) == {row.pk: 0 for row in together}
    give_back(second)
    give_back(alone)
    assert statuses(together) == ["offered", "offered"]
    check_seats(activity)


def test_a_household_is_told_once_for_whom_the_places_are(activity: Activity) -> None:
    fill(activity, 2)
    together = wait_together(activity, 2)
    seats.change_capacity(activity=activity, capacity=4, by=None, now=NOW)
    assert offers(activity) == [together[0].resident_id]
    said = Notice.objects.get(kind="activities.offered", channel="sms")
    assert (said.data["who"], said.data["sign_up"]) == ("街*0、街*1", together[0].pk)
    assert said.expires_at == NOW + DAY


def test_whoever_leaves_a_household_may_make_it_fit(activity: Activity) -> None:
    fill(activity, 2)
    stays, leaves = wait_together(activity, 2)
    seats.change_capacity(activity=activity, capacity=3, by=None, now=NOW)
    assert statuses([stays, leaves]) == ["waiting", "waiting"]
    give_back(leaves)
    assert statuses([stays, leaves]) == ["offered", "cancelled"]
    assert offers(activity) == [stays.resident_id]


def test_whoever_is_deferred_stands_behind_all_others(activity: Activity) -> None:
    first, _second, late, early = fill(activity, 4)
    SignUp.objects.filter(pk=late.pk).update(is_deferred=True)
    late.refresh_from_db()
    assert sign_ups.people_ahead([late, early]) == {late.pk: 1, early.pk: 0}
    give_back(first)
    assert statuses([late, early]) == ["waiting", "offered"]


def test_right_before_the_start_a_freed_seat_is_for_the_door(activity: Activity) -> None:
    first, _second, third = fill(activity, 3)
    give_back(first, now=STARTS - 30 * MINUTE)
    assert statuses([third]) == ["waiting"]
    assert Activity.objects.get(pk=activity.pk).free == 1


# --- Yes, no, and too late -------------------------------------------------------------


@pytest.fixture
def offered(activity: Activity) -> SignUp:
    """An offer made now; one more waits."""
    first, _second, third, _fourth = fill(activity, 4)
    give_back(first)
    third.refresh_from_db()
    return third


def test_yes_makes_it_a_seat_once(offered: SignUp) -> None:
    for minute in (1, 2):
        taken = accept_offer(sign_up=offered, by=None, now=NOW + minute * MINUTE)
        assert (taken.status, taken.seated_at) == ("seated", NOW + MINUTE)
    about = [kind for kind, who in told(offered.activity) if who == offered.resident_id]
    assert about == ["seated"]  # what had not gone out about queue and offer is stopped
    check_seats(offered.activity)


def test_no_passes_it_on(offered: SignUp) -> None:
    assert [give_back(offered), give_back(offered)] == [True, False]
    assert statuses([offered]) == ["cancelled"]
    last = SignUp.objects.latest("pk")
    assert last.is_offered
    assert offers(offered.activity) == [last.resident_id]


@pytest.mark.parametrize(("late", "status"), [(-MINUTE, "seated"), (timedelta(0), "lapsed")])
def test_yes_counts_until_the_end(offered: SignUp, late: timedelta, status: str) -> None:
    taken = confirm_offer(sign_up=offered, by=None, now=NOW + DAY + late)
    assert taken.status == status
    check_seats(offered.activity)


def test_a_household_says_yes_or_no_for_all(activity: Activity) -> None:
    first, second = fill(activity, 2)
    one, two = wait_together(activity, 2), wait_together(activity, 2)
    for row in (first, second):
        give_back(row)
    accept_offer(sign_up=one[1], by=None, now=NOW)
    assert statuses(one) == ["seated", "seated"]
    for row in one:
        give_back(row)
    assert statuses(two) == ["offered", "offered"]
    give_back(two[1])
    assert statuses(two) == ["cancelled", "cancelled"]


def test_a_tick_ends_what_nobody_confirmed_and_passes_it_on(offered: SignUp) -> None:
    assert pass_places_on(NOW + DAY - MINUTE) == 0
    last = SignUp.objects.latest("pk")
    assert pass_places_on(NOW + DAY) == 2
    assert statuses([offered, last]) == ["lapsed", "offered"]
    assert told(offered.activity)[-2:] == [
        ("lapsed", offered.resident_id),
        ("offered", last.resident_id),
    ]
    assert pass_places_on(NOW + DAY) == 0
    check_seats(offered.activity)


def test_a_household_that_let_its_time_pass_is_told_once(activity: Activity) -> None:
    fill(activity, 2)
    together = wait_together(activity, 2)
    seats.change_capacity(activity=activity, capacity=4, by=None, now=NOW)
    assert pass_places_on(NOW + DAY) == 1
    assert statuses(together) == ["lapsed", "lapsed"]
    assert [who for kind, who in told(activity) if kind == "lapsed"] == [together[0].resident_id]


def test_every_tick_passes_places_on() -> None:
    assert Planner(pass_places_on) in parts_of(Planner)


# --- What happens to the activity meanwhile --------------------------------------------


def test_calling_off_tells_those_offered_a_place_and_ends_nothing(offered: SignUp) -> None:
    schedule.call_off(activity=offered.activity, reason="台风", by=None, now=NOW)
    assert ("called_off", offered.resident_id) in told(offered.activity)
    assert code_of(lambda: accept_offer(sign_up=offered, by=None, now=NOW)) == "called_off"
    assert pass_places_on(NOW + DAY) == 0
    assert statuses([offered]) == ["offered"]


def test_a_closed_day_tells_those_offered_a_place(offered: SignUp) -> None:
    days.close_day(day=SATURDAY, reason="台风", by=None, now=NOW)
    assert ("called_off", offered.resident_id) in told(offered.activity)


def move(activity: Activity, starts_at: datetime, now: datetime) -> None:
    occasion = activity.occasions.get()
    when = {"starts_at": starts_at, "ends_at": starts_at + HOUR}
    schedule.move_occasion(occasion=occasion, venue=occasion.venue, by=None, now=now, **when)


def test_a_move_tells_those_offered_a_place_and_never_leaves_an_end_after_the_start(
    offered: SignUp,
) -> None:
    move(offered.activity, NOW + 2 * HOUR, NOW)
    offered.refresh_from_db()
    assert offered.offer_expires_at == NOW + 2 * HOUR
    assert ("moved", offered.resident_id) in told(offered.activity)


def test_a_move_makes_offers_possible_again(activity: Activity) -> None:
    first, _second, third = fill(activity, 3)
    give_back(first, now=STARTS - 20 * MINUTE)
    move(activity, STARTS + DAY, STARTS - 10 * MINUTE)
    assert statuses([third]) == ["offered"]


def test_a_tick_finds_a_place_that_stands_free_beside_the_queue(activity: Activity) -> None:
    """However it came about: here somebody changed the number in the database."""
    _first, _second, third = fill(activity, 3)
    Activity.objects.filter(pk=activity.pk).update(capacity=3)
    assert pass_places_on(NOW) == 1
    assert statuses([third]) == ["offered"]


def test_a_draft_offers_nothing(activity: Activity) -> None:
    fill(activity, 3)
    Activity.objects.filter(pk=activity.pk).update(capacity=3, state="draft")
    assert pass_places_on(NOW) == 0
    assert local_day(NOW) < SATURDAY


def test_whoever_was_offered_a_place_may_not_sign_up_twice(offered: SignUp) -> None:
    assert enter(offered.activity, offered.resident) == offered
