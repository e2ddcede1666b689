"""Taking a seat, giving it back, and handing it on."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import schedule, seats
from diedie_edu.activities.messages import occasion_data
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.refusals import code_of, refusal_of
from tests.support.seats import (
    check_seats,
    enter,
    fill,
    make_residents,
    places_and_waiting,
    seated_and_waiting,
    statuses,
    told,
)

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def activity(make_lecture: Callable[..., Lecture]) -> Activity:
    """Two seats, open for sign-up."""
    return Activity.objects.get(pk=make_lecture(capacity=2).pk)


@pytest.fixture
def person(resident_user: User) -> Resident:
    return resident_user.resident


def give_back(entered: SignUp, **more: object) -> bool:
    words = {"activity": entered.activity, "resident": entered.resident, "by": None, "now": NOW}
    return seats.cancel_sign_up(**(words | more))


# --- Signing up ------------------------------------------------------------------------


def test_a_free_seat_is_taken(activity: Activity, person: Resident) -> None:
    entered = enter(activity, person)
    assert entered.is_seated
    assert (entered.signed_up_at, entered.seated_at) == (NOW, NOW)
    assert entered.signed_up_by == person.account
    check_seats(activity)


def test_whoever_comes_after_the_last_seat_waits(activity: Activity) -> None:
    rows = fill(activity, 4)
    assert statuses(rows) == ["seated", "seated", "waiting", "waiting"]
    assert [row.seated_at for row in rows] == [NOW, NOW, None, None]
    check_seats(activity)


def test_signing_up_twice_is_harmless(activity: Activity, person: Resident) -> None:
    assert enter(activity, person) == enter(activity, person, now=NOW + MINUTE)
    assert seated_and_waiting(activity) == (1, 0)
    check_seats(activity)


def test_waiting_twice_keeps_the_place_in_the_queue(activity: Activity, person: Resident) -> None:
    fill(activity, 2)
    first = enter(activity, person)
    assert enter(activity, person, now=NOW + MINUTE).signed_up_at == first.signed_up_at
    assert seated_and_waiting(activity) == (2, 1)


def test_whoever_is_in_stays_in_after_the_window_closed(
    activity: Activity, person: Resident
) -> None:
    first = enter(activity, person)
    assert enter(activity, person, now=activity.sign_up_closes_at) == first


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sign_up_opens_at": NOW + MINUTE}, "not_open_yet"),
        ({"sign_up_closes_at": NOW}, "closed"),
        ({"state": "draft"}, "draft"),
        ({"state": "called_off", "call_off_reason": "台风"}, "called_off"),
    ],
)
def test_a_refused_person_leaves_no_trace(
    activity: Activity, person: Resident, change: dict, code: str
) -> None:
    Activity.objects.filter(pk=activity.pk).update(**change)
    activity.refresh_from_db()
    assert code_of(lambda: enter(activity, person)) == code
    assert seated_and_waiting(activity) == (0, 0)
    assert told(activity) == []
    check_seats(activity)


def test_an_outsider_is_refused(activity: Activity, make_resident: Callable[..., Resident]) -> None:
    expert = make_resident(residency="outside")
    assert code_of(lambda: enter(activity, expert)) == "outside"


def test_a_door_that_read_the_row_long_ago_cannot_sign_up_for_what_is_off(
    activity: Activity, person: Resident
) -> None:
    """The row in hand still says published."""
    schedule.call_off(activity=activity, reason="台风", by=person.account, now=NOW)
    assert code_of(lambda: enter(activity, person)) == "called_off"


def test_both_outcomes_are_told_once_by_each_channel(activity: Activity) -> None:
    rows = fill(activity, 3)
    for row in rows:
        enter(activity, row.resident)
    kinds = ["seated", "seated", "waiting"]
    expected = [(kind, row.resident_id) for kind, row in zip(kinds, rows, strict=True)]
    assert told(activity) == told(activity, channel="sms") == expected


def test_a_seat_is_told_with_the_facts_of_every_notice(activity: Activity) -> None:
    """They are read in SQL here, and from the row elsewhere."""
    fill(activity, 1)
    wanted, found = occasion_data(activity.occasions.get()), Notice.objects.first().data
    for name in ("starts_at", "ends_at"):
        assert datetime.fromisoformat(found.pop(name)) == datetime.fromisoformat(wanted.pop(name))
    assert found == wanted


def test_a_door_that_read_the_row_before_a_move_tells_the_new_time(
    activity: Activity, person: Resident
) -> None:
    """Whoever comes in after a move is not among those told of it."""
    in_hand = Activity.objects.prefetch_related("occasions").get(pk=activity.pk)
    occasion = activity.occasions.get()
    when = {"starts_at": occasion.starts_at + HOUR, "ends_at": occasion.ends_at + HOUR}
    schedule.move_occasion(occasion=occasion, venue=occasion.venue, by=None, now=NOW, **when)
    enter(in_hand, person)
    said = Notice.objects.get(kind="activities.seated", channel="inbox").data["starts_at"]
    assert datetime.fromisoformat(said) == when["starts_at"]


# --- Giving it back --------------------------------------------------------------------


def test_a_seat_given_back_is_free(activity: Activity) -> None:
    first, _second = fill(activity, 2)
    assert give_back(first) is True
    first.refresh_from_db()
    assert (first.status, first.cancelled_at) == ("cancelled", NOW)
    assert Activity.objects.get(pk=activity.pk).free == 1


def test_the_first_in_the_queue_is_offered_the_seat(activity: Activity) -> None:
    first, second, third, fourth = fill(activity, 4)
    give_back(first, now=NOW + MINUTE)
    assert statuses([first, second, third, fourth]) == [
        *("cancelled", "seated", "offered", "waiting")
    ]
    third.refresh_from_db()
    assert third.offer_expires_at == NOW + MINUTE + 24 * HOUR
    check_seats(activity)


def test_the_queue_goes_by_time_and_then_by_id(activity: Activity) -> None:
    _a, _b, late, early, same = fill(activity, 5)
    late_one = SignUp.objects.filter(pk=late.pk)
    late_one.update(signed_up_at=NOW + MINUTE)
    seats.change_capacity(activity=activity, capacity=3, by=None, now=NOW)
    assert statuses([late, early, same]) == ["waiting", "offered", "waiting"]
    seats.change_capacity(activity=activity, capacity=4, by=None, now=NOW)
    assert statuses([late, early, same]) == ["waiting", "offered", "offered"]


def test_whoever_left_the_queue_is_passed_over(activity: Activity) -> None:
    first, _second, third, fourth = fill(activity, 4)
    give_back(third)
    assert Activity.objects.get(pk=activity.pk).taken == 2
    give_back(first)
    assert statuses([third, fourth]) == ["cancelled", "offered"]


def test_giving_back_tells_the_person_and_the_one_who_moves_up_exactly_once(
    activity: Activity,
) -> None:
    first, _second, third = fill(activity, 3)
    before = told(activity)
    for _tap in range(2):
        give_back(first)
    news = [row for row in told(activity) if row not in before]
    assert news == [("cancelled", first.resident_id), ("offered", third.resident_id)]


def test_giving_back_stops_what_was_queued_for_that_person_alone(activity: Activity) -> None:
    first, second = fill(activity, 2)
    give_back(first)
    assert told(activity) == [("seated", second.resident_id), ("cancelled", first.resident_id)]


def test_giving_back_twice_is_harmless(activity: Activity) -> None:
    first, _second = fill(activity, 2)
    assert [give_back(first), give_back(first)] == [True, False]
    assert Activity.objects.get(pk=activity.pk).taken == 1


def test_somebody_without_a_place_gives_nothing_back(activity: Activity) -> None:
    first, _second = fill(activity, 2)
    (stranger,) = make_residents(1)
    assert give_back(first, resident=stranger) is False
    assert statuses([first]) == ["seated"]


@pytest.mark.parametrize(("before", "code"), [(MINUTE, None), (timedelta(0), "begun")])
def test_nothing_is_given_back_once_it_has_begun(
    activity: Activity, before: timedelta, code: str | None
) -> None:
    first, _second, third = fill(activity, 3)
    now = activity.occasions.get().starts_at - before
    assert code_of(lambda: give_back(first, now=now)) == code
    assert statuses([first, third]) == ["seated" if code else "cancelled", "waiting"]


def test_signing_up_again_goes_to_the_end_of_the_queue_and_is_told_again(
    activity: Activity,
) -> None:
    first, _second, third, fourth = fill(activity, 4)
    give_back(first)
    again = enter(activity, first.resident, now=NOW + MINUTE)
    assert statuses([third, fourth, again]) == ["offered", "waiting", "waiting"]
    assert told(activity)[-1] == ("waiting", first.resident_id)
    check_seats(activity)


def test_what_is_called_off_leaves_nothing_to_give_back(activity: Activity) -> None:
    first, _second, third = fill(activity, 3)
    schedule.call_off(activity=activity, reason="台风", by=None, now=NOW)
    before = told(activity)
    assert code_of(lambda: give_back(first)) == "called_off"
    assert statuses([first, third]) == ["seated", "waiting"]
    assert told(activity) == before


# --- More or fewer seats ---------------------------------------------------------------


def test_new_seats_go_to_the_queue_in_order(activity: Activity) -> None:
    rows = fill(activity, 6)
    seats.change_capacity(activity=activity, capacity=5, by=None, now=NOW)
    assert statuses(rows) == ["seated"] * 2 + ["offered"] * 3 + ["waiting"]
    offered = [who for kind, who in told(activity) if kind == "offered"]
    assert offered == [row.resident_id for row in rows[2:5]]
    check_seats(activity)


def test_more_seats_than_people_waiting_stay_free(activity: Activity) -> None:
    fill(activity, 3)
    seats.change_capacity(activity=activity, capacity=9, by=None, now=NOW)
    assert places_and_waiting(activity) == (3, 0)
    assert Activity.objects.get(pk=activity.pk).free == 6


def test_seats_shrink_to_those_taken_and_no_further(activity: Activity) -> None:
    fill(activity, 1)
    seats.change_capacity(activity=activity, capacity=1, by=None, now=NOW)
    refusal = refusal_of(
        lambda: seats.change_capacity(activity=activity, capacity=0, by=None, now=NOW)
    )
    assert refusal == ("below_taken", "capacity")
    assert Activity.objects.get(pk=activity.pk).capacity == 1


def test_an_unchanged_number_of_seats_tells_nobody(activity: Activity) -> None:
    fill(activity, 3)
    before = told(activity)
    seats.change_capacity(activity=activity, capacity=2, by=None, now=NOW)
    assert told(activity) == before
