"""What a duty takes from its occasion moves along with it: a whole series at a stroke."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest

from diedie_edu.activities.models import Activity
from diedie_edu.common.days import moment
from diedie_edu.people.models import Volunteer
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.models import Booking
from diedie_edu.volunteering.models import Duty
from residents_school.models import Lecture
from tests.conftest import SATURDAY
from tests.support.duties import make_volunteer, on_duty
from tests.support.refusals import check_at_once, refused_by, run

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
FIRST = moment(SATURDAY, time(9, 30))
MakeLecture = Callable[..., Lecture]
IMMEDIATE = """
ALTER TABLE volunteering_duty DROP CONSTRAINT volunteer_at_one_place_at_a_time;
ALTER TABLE volunteering_duty ADD CONSTRAINT volunteer_at_one_place_at_a_time EXCLUDE USING gist
    (volunteer_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&)
    WHERE (NOT is_off AND volunteer_id IS NOT NULL)
"""


@pytest.fixture
def teacher(make_lecture: MakeLecture) -> Volunteer:
    """On duty on four Saturdays, 9:30–11:00, in one room."""
    teacher = make_volunteer()
    room = make_lecture(starts=time(18, 0)).occasion.venue
    for week in range(4):
        on_duty(make_lecture(SATURDAY + week * WEEK, venue=room).occasion, teacher)
    return teacher


def shift(teacher: Volunteer, by: timedelta) -> int:
    rows = Booking.objects.filter(occasion__duties__volunteer=teacher)
    return bookings.shift(bookings=list(rows.values_list("pk", flat=True)), by=by)


@pytest.mark.parametrize("step", [WEEK, -WEEK], ids=["later", "earlier"])
def test_a_series_moves_by_a_week_with_its_volunteer(teacher: Volunteer, step: timedelta) -> None:
    assert shift(teacher, step) == 4
    begins = teacher.duties.order_by("starts_at").values_list("starts_at", "occasion__starts_at")
    assert list(begins) == [(FIRST + step + week * WEEK,) * 2 for week in range(4)]


def test_control_a_check_row_by_row_stops_a_series_on_its_own_dates(teacher: Volunteer) -> None:
    check_at_once()
    run(IMMEDIATE)
    with refused_by("volunteer_at_one_place_at_a_time"):
        shift(teacher, WEEK)


def test_whether_a_checked_person_is_needed_carries_over(teacher: Volunteer) -> None:
    Duty.objects.update(volunteer=None)  # who has not been checked
    Activity.objects.update(needs_clearance=True)
    assert set(Duty.objects.values_list("needs_clearance", flat=True)) == {True}
    with refused_by("duty_keeps_its_occasions_times"):
        Duty.objects.update(needs_clearance=False)
