"""What the database refuses of requests, ranks and holds, whoever writes them."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Booking, Displacement, RoomPriority, RoomRequest, Venue
from tests.conftest import NOW
from tests.support.refusals import refused_by
from tests.venues.conftest import HALF_PAST_NINE, WEEK, wanted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"programme": None}, "a_room_request_is_a_programmes_or_a_partners"),
        ({"purpose": ""}, "a_room_request_says_what_for"),
        ({"whose": ""}, "a_room_request_says_what_for"),
    ],
)
def test_a_request_says_whose_it_is_and_what_for(
    programme: Programme, staff_user: User, fields: dict, constraint: str
) -> None:
    usual = {"programme": programme, "whose": "合唱队", "purpose": "合唱", "asked_at": NOW}
    with refused_by(constraint):
        RoomRequest.objects.create(**usual | fields, asked_by=staff_user)


def test_a_programme_has_one_rank_in_a_room_from_one_on(room: Venue, programme: Programme) -> None:
    RoomPriority.objects.create(venue=room, programme=programme, rank=1)
    with refused_by("one_rank_in_a_room"):
        RoomPriority.objects.create(venue=room, programme=programme, rank=2)
    with refused_by("ranks_begin_with_one"):
        RoomPriority.objects.update(rank=0)


def test_a_time_is_kept_for_whoever_gave_way_and_ends(
    room: Venue, programme: Programme, staff_user: User
) -> None:
    rows = [wanted(room, HALF_PAST_NINE + number * WEEK) for number in range(2)]
    gave_way, gained = Booking.objects.bulk_create(rows)
    about = {"gained": gained, "programme": programme, "reason": "x", "by": staff_user, "at": NOW}
    made = Displacement.objects.create(booking=gave_way, **about)
    until = NOW + timedelta(days=1)
    kept: Callable[..., object] = Booking.objects.filter(pk=gained.pk).update
    for broken in (
        {"held_until": until},
        {"held_for": made},
        {"held_until": until, "held_for": made, "is_fixed": True},
    ):
        with refused_by("a_hold_is_for_whoever_gave_way"):
            kept(**broken)
    kept(held_until=until, held_for=made)


def test_what_gave_way_does_not_become_fixed_afterwards(
    room: Venue, programme: Programme, staff_user: User
) -> None:
    rows = [wanted(room, HALF_PAST_NINE + number * WEEK) for number in range(2)]
    gave_way, gained = Booking.objects.bulk_create(rows)
    about = {"gained": gained, "programme": programme, "reason": "x", "by": staff_user, "at": NOW}
    Displacement.objects.create(booking=gave_way, **about)
    with refused_by("displaced_booking_is_not_fixed"):
        Booking.objects.filter(pk=gave_way.pk).update(is_fixed=True)


def test_what_is_fixed_stays_fixed(room: Venue) -> None:
    [fixed] = Booking.objects.bulk_create([wanted(room, is_fixed=True)])
    with refused_by("what_is_fixed_stays_fixed"):
        Booking.objects.filter(pk=fixed.pk).update(is_fixed=False)
