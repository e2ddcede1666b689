"""Weekly times that make their dates by themselves."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.days import local, local_day, moment
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from diedie_edu.venues.models import Booking, SpecialDay, Venue
from happy_square.actions import dates, weekly_times
from happy_square.models import Group, MeetUp, Trial, WeeklyTime
from happy_square.queries.dates import kept_out
from tests.conftest import NOW
from tests.support.groups import lead, make_group, make_place, weekly
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 24)
NEW_YEAR = date(2027, 1, 1)  # a Friday


def days_of(group: Group) -> list[date]:
    rows = Occasion.objects.filter(activity=group.pk, is_called_off=False)
    return [local_day(at) for at in rows.order_by("starts_at").values_list("starts_at", flat=True)]


def test_a_weekly_time_makes_the_dates_of_eight_weeks_as_usual() -> None:
    group = make_group()
    usual = weekly(group)
    dates.make_dates(NOW)
    assert days_of(group) == [TUESDAY + timedelta(weeks=number) for number in range(8)]
    first = MeetUp.objects.select_related("occasion__booking").first()
    assert first is not None
    assert (first.weekly_time, first.usual_day, first.is_usual) == (usual, TUESDAY, True)
    starts_at = local(first.occasion.starts_at)
    assert (starts_at.time(), first.occasion.booking.purpose) == (time(19, 30), group.title)
    assert first.occasion.booking.programme == group.programme


def test_doing_it_again_makes_nothing_more_and_the_next_week_one_more() -> None:
    group = make_group()
    weekly(group)
    dates.make_dates(NOW)
    dates.make_dates(NOW)
    assert len(days_of(group)) == 8
    dates.make_dates(NOW + timedelta(weeks=1))
    assert len(days_of(group)) == 9


def test_a_date_that_was_moved_or_called_off_is_not_made_again() -> None:
    group = make_group()
    weekly(group)
    dates.make_dates(NOW)
    first, second = Occasion.objects.order_by("starts_at")[:2]
    Booking.objects.filter(occasion=first).update(is_off=True)
    later = timedelta(days=1)
    Booking.objects.filter(occasion=second).update(
        starts_at=second.starts_at + later, ends_at=second.ends_at + later
    )
    dates.make_dates(NOW)
    assert Occasion.objects.count() == 8


@pytest.mark.parametrize(("on_holidays", "held"), [(True, True), (False, False)])
def test_public_holidays_are_held_or_not_as_the_group_chose(on_holidays: bool, held: bool) -> None:
    group = make_group(on_holidays=on_holidays)
    weekly(group, 5)
    dates.make_dates(NOW)
    assert (NEW_YEAR in days_of(group)) is held


def test_nothing_is_made_on_a_closed_day() -> None:
    SpecialDay.objects.create(day=TUESDAY, kind="closed", reason="台风")
    weekly(group := make_group())
    dates.make_dates(NOW)
    assert TUESDAY not in days_of(group)
    assert len(days_of(group)) == 7


@pytest.mark.parametrize(
    "fields",
    [
        {"standing": "resting", "standing_reason": "冬天"},
        {"standing": "ended", "standing_reason": "散了"},
        {"state": "draft"},
    ],
)
def test_a_group_that_does_not_meet_gets_no_dates(fields: dict[str, str]) -> None:
    weekly(group := make_group(**fields))
    dates.make_dates(NOW)
    assert days_of(group) == []


def block(venue: Venue, day: date = TUESDAY) -> Booking:
    at = moment(day, time(19))
    return Booking.objects.create(
        venue=venue, purpose="讲座", starts_at=at, ends_at=at + timedelta(hours=1)
    )


def test_where_the_room_is_taken_there_is_no_date_and_the_leader_hears_once(
    make_resident: Callable[..., Resident],
) -> None:
    group, square = make_group(), make_place()
    weekly(group)
    leader = make_resident(full_name="周领队")
    lead(group, leader)
    block(square)
    assert dates.make_dates(NOW) > 0
    assert TUESDAY not in days_of(group)
    told = Notice.objects.filter(kind="happy_square.no_room", channel="inbox")
    assert [(row.recipient, row.data["number"]) for row in told] == [(leader, 1)]
    assert dates.make_dates(NOW) == 0
    [kept] = kept_out(group, NOW)
    assert (kept.date.day, kept.obstacle.code) == (TUESDAY, "venue_taken")
    assert moment(TUESDAY, time(17, 30)) in [row.starts_at for row in kept.free]


def test_it_is_made_once_the_room_is_free_after_all() -> None:
    weekly(group := make_group())
    booking = block(make_place())
    dates.make_dates(NOW)
    Booking.objects.filter(pk=booking.pk).update(is_off=True)
    dates.make_dates(NOW)
    assert len(days_of(group)) == 8


def test_two_groups_that_want_one_room_get_it_in_their_order() -> None:
    first, second = make_group(), make_group()
    weekly(first)
    weekly(second, starts=time(20))
    dates.make_dates(NOW)
    assert (len(days_of(first)), len(days_of(second))) == (8, 0)


def ask_again() -> int:
    dates.make_dates(NOW)
    with CaptureQueriesContext(connection) as queries:
        dates.make_dates(NOW)
    return len(queries)


def test_a_tick_that_finds_all_made_costs_the_same_however_many_groups() -> None:
    weekly(make_group())
    few = ask_again()
    for weekday in (1, 3, 4):
        weekly(make_group(), weekday)
    assert ask_again() == few


# --- Changing the weekly times ---------------------------------------------------------


def add(group: Group, by: User, **more: object) -> WeeklyTime:
    usual = {"weekday": 4, "starts": time(8), "ends": time(9, 30), "venue": make_place()}
    return weekly_times.add(group=group, by=by, now=NOW, **(usual | more))


def test_a_new_weekly_time_makes_its_dates_at_once(staff_user: User) -> None:
    group = make_group()
    assert add(group, staff_user).set_by == staff_user
    assert len(days_of(group)) == 8


def test_two_weekly_times_of_a_group_do_not_overlap(staff_user: User) -> None:
    group = make_group()
    add(group, staff_user)
    overlapping = {"starts": time(9), "ends": time(10)}
    assert code_of(lambda: add(group, staff_user, **overlapping)) == "twice"


def test_when_a_weekly_time_ends_untouched_dates_go_and_free_their_room(
    staff_user: User, make_resident: Callable[..., Resident]
) -> None:
    group = make_group()
    usual = add(group, staff_user)
    confirmed, tried, *_others = MeetUp.objects.order_by("usual_day")
    MeetUp.objects.filter(pk=confirmed.pk).update(confirmed_at=NOW)
    Trial.objects.create(occasion=tried.occasion, resident=make_resident(), asked_at=NOW)
    weekly_times.end(usual=usual, by=staff_user, now=NOW)
    weekly_times.end(usual=usual, by=staff_user, now=NOW)
    assert [row.pk for row in MeetUp.objects.order_by("usual_day")] == [confirmed.pk, tried.pk]
    assert Booking.objects.count() == 2


def test_a_group_with_no_date_left_stands(staff_user: User) -> None:
    group = make_group()
    usual = add(group, staff_user)
    weekly_times.end(usual=usual, by=staff_user, now=NOW)
    assert Activity.objects.get(pk=group.pk).state == Activity.State.PUBLISHED
