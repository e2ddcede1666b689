"""Seats that come back one by one: kept for the household at the head of the queue, or not."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from diedie_edu.activities.actions import offers, parties, schedule, seats, working
from diedie_edu.activities.models import Activity, Party, SignUp
from diedie_edu.activities.queries import sign_ups
from diedie_edu.activities.rules.offers import deal, hold_ends_at
from diedie_edu.activities.views.own_place import PURPOSE
from diedie_edu.common.days import moment
from diedie_edu.common.links import token
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.refusals import code_of
from tests.support.seats import check_seats, fill, make_residents, statuses

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STARTS = moment(SATURDAY, time(9, 30))
UNTIL = NOW + 6 * HOUR


@pytest.fixture
def activity(make_lecture: Callable[..., Lecture]) -> Activity:
    """Three seats, all taken; Saturday 9:30."""
    return Activity.objects.get(pk=make_lecture(capacity=3).pk)


@pytest.fixture
def seated(activity: Activity) -> list[SignUp]:
    return fill(activity, 3)


@pytest.fixture
def family(activity: Activity, seated: list[SignUp]) -> list[SignUp]:
    """Three who wait together, and behind them one alone."""
    together = wait_together(activity, 3)
    fill(activity, 1)
    return together


def wait_together(activity: Activity, number: int) -> list[SignUp]:
    people = make_residents(number)
    return parties.sign_up_together(activity=activity, residents=people, by=None, now=NOW)


def give_back(row: SignUp, now: datetime = NOW) -> None:
    seats.cancel_sign_up(activity=row.activity, resident=row.resident, by=None, now=now)


def held(family: list[SignUp]) -> tuple[int, datetime | None]:
    party = Party.objects.get(pk=family[0].party_id)
    return party.held, party.held_until


def free(activity: Activity) -> int:
    return Activity.objects.get(pk=activity.pk).free


# --- The rule --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begun_at", "ends_at"),
    [
        (NOW, UNTIL),
        (moment(SATURDAY - DAY, time(18)), moment(SATURDAY - DAY, time(20, 15))),
        (moment(SATURDAY - DAY, time(19, 29)), moment(SATURDAY - DAY, time(20, 59, 30))),
        (moment(SATURDAY - DAY, time(19, 30)), None),
        (moment(SATURDAY - DAY, time(22)), None),
    ],
)
def test_how_long_seats_are_held(begun_at: datetime, ends_at: datetime | None) -> None:
    """Half of the waking time that is left; then ninety minutes at least are left to others."""
    assert hold_ends_at(begun_at, STARTS) == ends_at


def test_what_comes_back_is_held_until_it_is_enough(
    activity: Activity, seated: list[SignUp], family: list[SignUp]
) -> None:
    (alone,) = SignUp.objects.filter(status="waiting", party=None)
    for number, row in enumerate(seated[:2], start=1):
        give_back(row, NOW + number * MINUTE)
        assert held(family) == (number, UNTIL + MINUTE)
        assert (free(activity), statuses([alone])) == (0, ["waiting"])
    (newcomer,) = fill(activity, 1)
    assert statuses([newcomer]) == ["waiting"]  # a held seat is nobody else's
    give_back(seated[2], NOW + 3 * MINUTE)
    assert statuses([*family, alone]) == ["offered"] * 3 + ["waiting"]
    assert held(family)[0] == 0
    check_seats(activity)


def test_a_hold_ends_in_time_and_once(
    activity: Activity, seated: list[SignUp], family: list[SignUp]
) -> None:
    (alone,) = SignUp.objects.filter(status="waiting", party=None)
    give_back(seated[0])
    assert offers.pass_places_on(UNTIL - MINUTE) == 0
    assert offers.pass_places_on(UNTIL) == 1
    assert statuses([alone, *family]) == ["offered"] + ["waiting"] * 3
    give_back(seated[1], UNTIL + MINUTE)
    assert held(family) == (0, UNTIL)
    assert free(activity) == 1
    check_seats(activity, now=UNTIL + MINUTE)


def test_staff_choose_that_households_are_overtaken(
    activity: Activity, seated: list[SignUp]
) -> None:
    Activity.objects.filter(pk=activity.pk).update(holds_for_parties=False)
    activity.refresh_from_db()
    family = wait_together(activity, 3)
    (alone,) = fill(activity, 1)
    give_back(seated[0])
    assert statuses([alone, *family]) == ["offered"] + ["waiting"] * 3
    said = Notice.objects.filter(recipient=family[0].resident_id, channel="inbox").get()
    assert said.kind == "activities.waiting_overtaken"


def test_whoever_waits_together_reads_that_seats_are_kept(family: list[SignUp]) -> None:
    said = Notice.objects.filter(recipient=family[0].resident_id, channel="inbox").get()
    assert (said.kind, said.data["sign_up"]) == ("activities.waiting_kept", family[0].pk)
    assert render(said, "en").path.startswith("/activities/place/")  # where some can sit at once


def test_too_few_free_seats_are_held_for_whoever_joins(
    activity: Activity, seated: list[SignUp]
) -> None:
    give_back(seated[0])
    family = wait_together(activity, 2)
    assert held(family) == (1, UNTIL)
    check_seats(activity)


def test_only_the_first_party_is_held_for(activity: Activity, seated: list[SignUp]) -> None:
    first, second = wait_together(activity, 3), wait_together(activity, 2)
    give_back(seated[0])
    give_back(seated[1])
    assert (held(first)[0], held(second)[0]) == (2, 0)
    assert statuses(second) == ["waiting"] * 2


# --- What changes meanwhile ------------------------------------------------------------


@pytest.fixture
def two_held(seated: list[SignUp], family: list[SignUp]) -> list[SignUp]:
    """Two of three seats are held for the family."""
    give_back(seated[0])
    give_back(seated[1])
    assert held(family) == (2, UNTIL)
    return family


def test_two_are_enough_by_one_tap(activity: Activity, two_held: list[SignUp]) -> None:
    *comes, stays = two_held
    chosen = {row.resident_id for row in comes}
    for _tap in range(2):
        parties.sit_with_fewer(sign_up=comes[0], coming=chosen, by=None, now=NOW)
        assert statuses(two_held) == ["seated", "seated", "waiting"]
    stays.refresh_from_db()
    assert (stays.party_id, sign_ups.people_ahead([stays])) == (None, {stays.pk: 0})
    assert held(two_held)[0] == 0
    check_seats(activity)


def test_one_is_enough_and_the_other_seat_goes_to_the_next(
    activity: Activity, two_held: list[SignUp]
) -> None:
    one, *_others = two_held
    parties.sit_with_fewer(sign_up=one, coming={one.resident_id}, by=None, now=NOW)
    assert statuses(two_held) == ["seated", "offered", "waiting"]
    check_seats(activity)


def test_no_more_sit_than_seats_are_held(two_held: list[SignUp]) -> None:
    everybody = {row.resident_id for row in two_held}
    refused = {"sign_up": two_held[0], "by": None, "now": NOW}
    assert code_of(lambda: parties.sit_with_fewer(coming=everybody, **refused)) == "not_held"
    assert code_of(lambda: parties.sit_with_fewer(coming=set(), **refused)) == "nobody"
    late = refused | {"now": UNTIL}
    two = {row.resident_id for row in two_held[:2]}
    assert code_of(lambda: parties.sit_with_fewer(coming=two, **late)) == "not_held"


def test_whoever_leaves_makes_it_fit(activity: Activity, two_held: list[SignUp]) -> None:
    give_back(two_held[2])
    assert statuses(two_held) == ["offered", "offered", "cancelled"]
    assert held(two_held)[0] == 0
    check_seats(activity)


@pytest.mark.parametrize("how", ["all leave", "parted"])
def test_where_nobody_waits_together_any_more_nothing_is_held(
    activity: Activity, two_held: list[SignUp], how: str
) -> None:
    if how == "all leave":
        for row in two_held:
            give_back(row)
    else:
        working.wait_apart(activity=activity, party=two_held[0].party_id, by=None, now=NOW)
    assert held(two_held)[0] == 0
    check_seats(activity)


def test_fewer_seats_are_nobodys_loss(activity: Activity, two_held: list[SignUp]) -> None:
    seats.change_capacity(activity=activity, capacity=2, by=None, now=NOW)
    assert held(two_held) == (1, UNTIL)
    seats.change_capacity(activity=activity, capacity=4, by=None, now=NOW)
    assert statuses(two_held) == ["offered"] * 3
    check_seats(activity)


def test_a_move_brings_the_end_forward(activity: Activity, two_held: list[SignUp]) -> None:
    occasion = activity.occasions.get()
    when = {"starts_at": NOW + 4 * HOUR, "ends_at": NOW + 5 * HOUR, "venue": occasion.venue}
    schedule.move_occasion(occasion=occasion, by=None, now=NOW, **when)
    assert held(two_held) == (2, NOW + 2 * HOUR)


def test_a_move_to_the_same_hour_ends_it(activity: Activity, two_held: list[SignUp]) -> None:
    (alone,) = SignUp.objects.filter(status="waiting", party=None)
    occasion = activity.occasions.get()
    when = {"starts_at": NOW + 2 * HOUR, "ends_at": NOW + 3 * HOUR, "venue": occasion.venue}
    schedule.move_occasion(occasion=occasion, by=None, now=NOW, **when)
    assert held(two_held) == (0, NOW)
    assert statuses([alone]) == ["offered"]


def test_what_is_called_off_hands_nothing_on(activity: Activity, two_held: list[SignUp]) -> None:
    schedule.call_off(activity=activity, reason="台风", by=None, now=NOW)
    assert offers.pass_places_on(UNTIL) == 0
    two = {row.resident_id for row in two_held[:2]}
    sit = {"sign_up": two_held[0], "coming": two, "by": None, "now": NOW}
    assert code_of(lambda: parties.sit_with_fewer(**sit)) == "called_off"


def test_a_slip_of_staff_is_taken_back_from_what_is_held(
    activity: Activity, seated: list[SignUp], family: list[SignUp], staff_user
) -> None:
    working.withdraw(sign_up=seated[0], by=staff_user, now=NOW)
    assert held(family)[0] == 1
    working.undo_withdrawal(sign_up=seated[0], by=staff_user, now=NOW + MINUTE)
    assert statuses(seated) == ["seated"] * 3
    assert held(family)[0] == 0
    check_seats(activity)


# --- What the database holds, and what pages say ----------------------------------------


def test_what_is_held_has_an_end(family: list[SignUp]) -> None:
    party = Party.objects.filter(pk=family[0].party_id)
    with pytest.raises(IntegrityError, match="what_is_held_has_an_end"), transaction.atomic():
        party.update(held=1, held_until=None)
    with pytest.raises(IntegrityError, match="activities_party_held_check"), transaction.atomic():
        party.update(held=-1)


def test_seats_are_held_for_one_party_at_a_time(activity: Activity, two_held: list[SignUp]) -> None:
    other, name = wait_together(activity, 2)[0].party_id, "seats_are_held_for_one_party"
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Party.objects.filter(pk=other).update(held=1, held_until=UNTIL)


def test_the_page_says_how_many_and_one_tap_sits(
    client: Client, clock, two_held: list[SignUp]
) -> None:
    address = f"/activities/place/{token(PURPOSE, two_held[0].pk)}/"
    words = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "2 of 3 seats" in " ".join(words.split())
    who = [str(row.resident_id) for row in two_held[1:]]
    client.post(address, {"do": "fewer", "choose": "1", "who": who})
    assert statuses(two_held) == ["waiting", "seated", "seated"]


def test_the_queue_page_of_staff_says_so(
    as_user: Callable[..., Client], staff_user, activity: Activity, two_held: list[SignUp]
) -> None:
    page = as_user(staff_user).get(f"/activities/{activity.pk}/people/")
    assert page.status_code == 200
    assert page.content.decode().count("pill tone-leaf") == 3


def test_deal_gives_each_of_the_queue_what_fits() -> None:
    """Without anything held: as before."""
    one, other = SignUp(pk=1), SignUp(pk=2)
    assert deal([one, other], 1, holds=True, now=NOW).offered == [[one]]
