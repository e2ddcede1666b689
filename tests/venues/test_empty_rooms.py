"""Nobody showed up: the leader is asked, somebody looks, and only then is that one date freed."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Attendance
from diedie_edu.common.links import token
from diedie_edu.notices.models import Notice
from diedie_edu.venues.actions import bookings, empty_rooms, requests
from diedie_edu.venues.models import Booking, RoomCheck, Venue
from diedie_edu.venues.queries.empty_rooms import problems
from happy_square.models import MeetUp
from tests.conftest import NOW
from tests.support.groups import happy_square, lead, make_group
from tests.support.occasions import make_occasion
from tests.support.races import together
from tests.support.refusals import code_of, refused_by
from tests.venues.conftest import HALF_PAST_NINE, LONG, WEEK, wanted

MINUTES = timedelta(minutes=1)
ASKED = HALF_PAST_NINE + 15 * MINUTES
pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(make_user: Callable[..., User]) -> User:
    return make_user(Role.GROUP_LEADER)


@pytest.fixture
def dance(room: Venue, leader: User) -> Booking:
    """A group meets this Saturday and the next one."""
    group = make_group(title="舞蹈队")
    lead(group, leader.resident)
    first, _second = (
        make_occasion(group.activity_ptr, room, at, at + LONG)
        for at in (HALF_PAST_NINE, HALF_PAST_NINE + WEEK)
    )
    MeetUp.objects.create(occasion=first, group=group)
    return first.booking


def free(check: RoomCheck, by: User, now=ASKED) -> str | None:
    return code_of(partial(empty_rooms.free_empty, check=check, by=by, now=now))


def test_the_leader_is_asked_once_a_quarter_of_an_hour_after_the_start(
    dance: Booking, leader: User
) -> None:
    assert empty_rooms.ask_whether_there(ASKED - MINUTES) == 0
    assert empty_rooms.ask_whether_there(ASKED) == 1
    assert empty_rooms.ask_whether_there(ASKED + MINUTES) == 0
    told = Notice.objects.get(kind="venues.are_you_there", channel="inbox")
    assert told.account_id == leader.pk


def test_silence_frees_nothing(dance: Booking, staff_user: User) -> None:
    empty_rooms.ask_whether_there(ASKED)
    for minutes in range(0, 90, 5):
        empty_rooms.ask_whether_there(ASKED + minutes * MINUTES)
    dance.refresh_from_db()
    assert not dance.is_off
    assert [row.tone for row in problems(staff_user, ASKED)] == ["amber"]
    check = RoomCheck.objects.get()
    with refused_by("somebody_saw_that_it_is_empty"):
        RoomCheck.objects.filter(pk=check.pk).update(empty_at=ASKED)


def test_one_tap_says_yes_and_then_nobody_frees_it(
    dance: Booking, staff_user: User, clock: object
) -> None:
    empty_rooms.ask_whether_there(ASKED)
    check = RoomCheck.objects.get()
    clock.move_to(ASKED)
    page = f"/rooms/there/{token('room_check', check.pk)}/"
    assert Client().get(page).status_code == 200
    for _twice in range(2):
        Client().post(page)
    assert free(check, staff_user) == "there"
    assert not list(problems(staff_user, ASKED))
    check.refresh_from_db()
    assert check.there_at == ASKED


def test_whoever_sees_it_empty_frees_that_date_alone(
    dance: Booking, room: Venue, staff_user: User, leader: User
) -> None:
    empty_rooms.ask_whether_there(ASKED)
    assert free(RoomCheck.objects.get(), staff_user) is None
    dance.refresh_from_db()
    assert dance.is_off
    assert room.bookings.filter(is_off=False).count() == 1
    assert Notice.objects.filter(kind="venues.found_empty", account=leader).exists()
    bookings.book(wanted=[wanted(room)])


@pytest.mark.parametrize("way", ["counted", "came"])
def test_where_somebody_was_counted_nobody_is_asked(
    dance: Booking, make_resident: Callable, way: str
) -> None:
    if way == "counted":
        MeetUp.objects.update(counted_at=NOW, guests=3)
    else:
        about = {"resident": make_resident(), "arrived_at": HALF_PAST_NINE}
        Attendance.objects.create(occasion=dance.occasion, **about)
    assert empty_rooms.ask_whether_there(ASKED) == 0


def test_the_4_30_school_is_never_asked_nor_freed(
    room: Venue, staff_user: User, leader: User
) -> None:
    wish = requests.Wish(whose="x", purpose="x", programme=happy_square())
    row = requests.reserve(wish=wish, wanted=[wanted(room, is_fixed=True)], by=leader, now=NOW)
    assert empty_rooms.ask_whether_there(ASKED) == 0
    fixed = row.bookings.get()
    with refused_by("checked_booking_is_not_fixed"):
        RoomCheck.objects.create(booking=fixed, asked_at=NOW)
    with refused_by("nothing_fixed_is_freed"):
        RoomCheck.objects.create(booking=fixed, is_fixed=True, asked_at=NOW)


@pytest.mark.usefixtures("clock")
def test_staff_free_it_on_the_page(
    dance: Booking, staff_user: User, as_user: Callable, clock: object
) -> None:
    empty_rooms.ask_whether_there(ASKED)
    clock.move_to(ASKED)
    client, check = as_user(staff_user), RoomCheck.objects.get()
    assert "舞蹈队" in client.get("/rooms/empty/").text
    assert client.get(f"/rooms/empty/{check.pk}/").status_code == 200
    assert client.post(f"/rooms/empty/{check.pk}/").status_code == 302
    dance.refresh_from_db()
    assert dance.is_off


@pytest.mark.django_db(transaction=True)
def test_yes_and_empty_at_the_same_moment_one_of_them_counts(
    dance: Booking, staff_user: User
) -> None:
    empty_rooms.ask_whether_there(ASKED)
    check = RoomCheck.objects.get()
    yes = partial(code_of, partial(empty_rooms.say_there, check=check, now=ASKED))
    answers = together(yes, partial(free, check, staff_user))
    assert answers in [[None, "there"], ["freed", None]]


@pytest.mark.django_db(transaction=True)
def test_two_planners_ask_once(dance: Booking) -> None:
    assert sorted(together(*[partial(empty_rooms.ask_whether_there, ASKED)] * 2)) in [
        [0, 1],
        [1, 1],
    ]
    assert RoomCheck.objects.count() == 1
    assert Notice.objects.filter(kind="venues.are_you_there", channel="inbox").count() == 1
