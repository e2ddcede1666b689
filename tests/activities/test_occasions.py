"""What an occasion takes from its booking and its activity; the database holds it to them."""

from collections.abc import Callable
from datetime import time

import pytest
from django.db.models.deletion import ProtectedError

from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.days import moment
from diedie_edu.venues.models import Booking, Venue
from residents_school.models import Lecture
from tests.conftest import SATURDAY
from tests.support.occasions import rebook
from tests.support.refusals import refused_by, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def occasion(make_lecture: Callable[..., Lecture]) -> Occasion:
    """Saturday 9:30–11:00."""
    return make_lecture().occasion


@pytest.mark.parametrize(
    "change",
    [
        {"starts_at": moment(SATURDAY, time(10, 0))},
        {"ends_at": moment(SATURDAY, time(10, 0))},
        {"is_called_off": True},
    ],
)
def test_an_occasion_has_no_other_time_than_its_booking(occasion: Occasion, change: dict) -> None:
    with refused_by("occasion_keeps_its_bookings_times"):
        Occasion.objects.update(**change)


def test_an_occasion_needs_checked_people_as_its_activity_does(occasion: Occasion) -> None:
    with refused_by("occasion_keeps_its_activitys_clearance"):
        Occasion.objects.update(needs_clearance=True)


def test_an_occasion_stands_in_a_booking_of_its_own(occasion: Occasion) -> None:
    again = Occasion.at(occasion.booking, occasion.activity)
    with refused_by("activities_occasion_booking_id_key"):
        again.save()
    again.booking_id = 999_999
    with refused_by("occasion_keeps_its_bookings_times"):
        again.save()


def test_whatever_changes_a_booking_carries_over(
    occasion: Occasion, make_venue: Callable[..., Venue]
) -> None:
    hall, ten = make_venue(), moment(SATURDAY, time(10, 0))
    rebook(venue=hall, starts_at=ten, is_off=True)
    occasion.refresh_from_db()
    assert (occasion.venue, occasion.starts_at, occasion.is_called_off) == (hall, ten, True)


def test_whether_work_needs_a_checked_person_carries_over(occasion: Occasion) -> None:
    Activity.objects.update(needs_clearance=True)
    occasion.refresh_from_db()
    assert occasion.needs_clearance


def test_an_occasion_that_goes_frees_its_room(
    occasion: Occasion, make_lecture: Callable[..., Lecture]
) -> None:
    room = occasion.venue
    with pytest.raises(ProtectedError):
        occasion.booking.delete()
    with refused_by("occasion_keeps_its_bookings_times"):
        run("DELETE FROM venues_booking")
    occasion.delete()
    make_lecture(venue=room).delete()
    make_lecture(venue=room)
    run("DELETE FROM activities_occasion")
    assert not Booking.objects.exists()


def test_what_others_are_held_to_is_there_once() -> None:
    """The keys of composite foreign keys; the primary key makes them true by itself."""
    names = {row.name for model in (Activity, Occasion) for row in model._meta.constraints}
    assert {
        "activity_with_its_clearance",
        "occasion_with_its_times",
        "occasion_with_its_activity",
    } <= names
