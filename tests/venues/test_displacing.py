"""优先使用: who gives way to whom, who hears, and the times that are kept for them."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions.schedule import add_occasions
from diedie_edu.activities.models import SignUp
from diedie_edu.common.links import token
from diedie_edu.decisions.models import Request
from diedie_edu.notices.models import Notice
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.actions import bookings, displacing, requests
from diedie_edu.venues.actions.unanswered import end_without_dates
from diedie_edu.venues.models import Booking, Displacement, RoomPriority, Venue
from tests.conftest import NOW
from tests.support.groups import happy_square
from tests.support.refusals import code_of, refused_by
from tests.venues.conftest import FAR, HALF_PAST_NINE, WEEK, wanted

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def live(room: Venue) -> list[tuple[str, bool]]:
    rows = room.bookings.filter(is_off=False, held_until=None).order_by("starts_at")
    return [(row.purpose, row.is_off) for row in rows]


def test_who_comes_later_gives_way_and_has_three_times_kept_for_a_day(
    dance: Booking, displace: Callable, room: Venue, leader: User, make_resident: Callable
) -> None:
    member = make_resident()
    group = dance.occasion.activity
    seat = {"status": "seated", "signed_up_at": NOW, "seated_at": NOW}
    SignUp.objects.create(activity=group, resident=member, **seat)
    [made] = displace()
    dance.refresh_from_db()
    assert dance.is_off
    assert dance.occasion.is_called_off
    assert live(room) == [("反诈讲座", False)]
    held = list(made.holds.order_by("starts_at"))
    assert len(held) == 3
    assert {row.held_until for row in held} == {NOW + DAY}
    told = Notice.objects.get(kind="venues.displaced", channel="inbox")
    assert told.account_id == leader.pk
    assert Notice.objects.filter(recipient=member).exists()


def test_the_kept_times_are_nobody_elses(dance: Booking, displace: Callable, room: Venue) -> None:
    [made] = displace()
    hold = made.holds.first()
    assert code_of(lambda: bookings.book(wanted=[wanted(room, hold.starts_at)])) == "venue_taken"


@pytest.mark.usefixtures("clock")
def test_one_is_taken_by_a_tap_and_the_others_are_free(
    dance: Booking, displace: Callable, room: Venue, leader: User
) -> None:
    [made] = displace()
    hold = made.holds.latest("starts_at")
    page = f"/rooms/held/{token('displacement', made.pk, leader.pk)}/"
    client = Client()
    assert client.get(page).status_code == 200
    for _twice in range(2):
        assert client.post(page, {"take": hold.pk}).status_code == 302
    dance.refresh_from_db()
    assert (dance.starts_at, dance.is_off) == (hold.starts_at, False)
    assert dance.occasion.starts_at == hold.starts_at
    assert not Booking.objects.filter(held_until__isnull=False).exists()


def test_letting_go_frees_them_all(dance: Booking, displace: Callable) -> None:
    [made] = displace()
    displacing.let_go(displacement=made, now=NOW)
    assert not made.holds.exists()
    assert code_of(lambda: displacing.let_go(displacement=made, now=NOW)) == "settled"


def test_after_a_day_they_end_by_themselves(dance: Booking, displace: Callable) -> None:
    [made] = displace()
    hold = made.holds.first()
    assert displacing.end_holds(NOW + DAY - timedelta(seconds=1)) == 0
    late = partial(displacing.take, displacement=made, hold=hold.pk, by=made.by, now=NOW + DAY)
    assert code_of(late) == "gone"
    assert displacing.end_holds(NOW + DAY) == 3


def test_the_4_30_school_never_gives_way_and_the_database_says_so(
    room: Venue, first: Programme, displace: Callable, staff_user: User
) -> None:
    [school] = bookings.book(wanted=[wanted(room, FAR, is_fixed=True)])
    assert code_of(displace) == "fixed"
    [gained] = bookings.book(wanted=[wanted(room, FAR + WEEK)])
    about = {"gained": gained, "programme": first, "reason": "x", "by": staff_user, "at": NOW}
    with refused_by("displaced_booking_is_not_fixed"):
        Displacement.objects.create(booking=school, **about)
    with refused_by("nothing_fixed_gives_way"):
        Displacement.objects.create(booking=school, is_fixed=True, **about)
    with refused_by("giving_way_has_a_reason"):
        Displacement.objects.create(booking=gained, **about | {"reason": ""})


def test_only_a_later_rank_gives_way_and_in_time(
    room: Venue, first: Programme, displace: Callable, dance: Booking
) -> None:
    soon = {"starts_at": HALF_PAST_NINE}
    bookings.book(wanted=[wanted(room, programme=happy_square())])
    assert code_of(lambda: displace(**soon)) == "late"
    square = RoomPriority.objects.create(venue=room, programme=happy_square(), rank=1)
    assert code_of(displace) == "rank"
    square.rank = 2
    square.save()
    assert displace()


def test_only_staff_and_the_gaining_programmes_lead_may(
    displace: Callable, dance: Booking, make_user: Callable[..., User]
) -> None:
    assert code_of(lambda: displace(make_user(Role.RESIDENT))) == "not_yours"
    other = make_user(Role.PROGRAMME_LEAD, scope="after-school")
    assert code_of(lambda: displace(other)) == "not_yours"
    assert displace(make_user(Role.PROGRAMME_LEAD, scope="residents-school"))


def test_what_stands_there_otherwise_than_shown_stays(
    room: Venue, first: Programme, dance: Booking, staff_user: User
) -> None:
    claimed = wanted(room, FAR, programme=first)
    acts = {"reason": "x", "shown": frozenset(), "by": staff_user, "now": NOW}
    assert code_of(lambda: displacing.displace(wanted=claimed, **acts)) == "changed"


def test_a_request_that_gave_way_takes_another_time_too(
    room: Venue, displace: Callable, leader: User
) -> None:
    wish = requests.Wish(whose="合唱队", purpose="合唱排练", programme=happy_square())
    row = requests.reserve(wish=wish, wanted=[wanted(room, FAR)], by=leader, now=NOW)
    [made] = displace()
    hold = made.holds.first()
    displacing.take(displacement=made, hold=hold.pk, by=leader, now=NOW)
    booking = row.bookings.get()
    assert (booking.is_off, booking.starts_at) == (False, hold.starts_at)


def test_what_the_programme_plans_then_takes_the_room_it_was_kept_for(
    room: Venue, dance: Booking, displace: Callable, make_lecture: Callable
) -> None:
    displace()
    lecture = make_lecture(title="反诈讲座").activity_ptr
    add_occasions(activity=lecture, wanted=[wanted(room, FAR)])
    assert live(room) == [("反诈讲座", False)]
    assert lecture.occasions.filter(venue=room).exists()


def test_a_request_whose_only_date_gave_way_waits_for_nobody_once_no_time_is_kept(
    room: Venue, displace: Callable, leader: User
) -> None:
    Venue.objects.filter(pk=room.pk).update(needs_approval=True)
    wish = requests.Wish(whose="合唱队", purpose="合唱排练", programme=happy_square())
    row = requests.reserve(wish=wish, wanted=[wanted(room, FAR)], by=leader, now=NOW)
    [made] = displace()
    assert end_without_dates(NOW) == 0
    displacing.let_go(displacement=made, now=NOW)
    assert end_without_dates(NOW) == 1
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert Request.objects.get().state == "withdrawn"


@pytest.mark.usefixtures("clock")
def test_staff_see_who_would_give_way_before_anything_happens(
    room: Venue, first: Programme, dance: Booking, as_user: Callable, staff_user: User
) -> None:
    client = as_user(staff_user)
    typed = {
        "programme": first.pk,
        "purpose": "反诈讲座",
        "venue": room.pk,
        "day": "2026-12-12",
        "starts": "09:30",
        "ends": "11:00",
    }
    shown = client.post("/rooms/claim/", typed)
    assert "舞蹈队" in shown.text
    assert not Displacement.objects.exists()
    without = client.post("/rooms/claim/", typed | {"take": "1", "shown": [dance.pk]})
    assert without.context["why"].errors["reason"]
    done = client.post(
        "/rooms/claim/", typed | {"take": "1", "shown": [dance.pk], "reason": "反诈日"}
    )
    assert done.status_code == 302
    assert Displacement.objects.get().booking == dance
