"""Two of staff book one person at once, or one moves an occasion meanwhile."""

from collections.abc import Callable
from datetime import time
from functools import partial

import pytest

from diedie_edu.activities.actions import schedule
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import moment
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.actions import duties
from diedie_edu.volunteering.models import Duty
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.duties import make_volunteer, on_duty
from tests.support.races import constraint_dropped, together
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8
NOON, TWO = moment(SATURDAY, time(12, 0)), time(14, 0)
MakeLecture = Callable[..., Lecture]


def book(occasion: Occasion, volunteer: Volunteer) -> str | None:
    return code_of(
        partial(
            duties.assign_duty,
            occasion=occasion,
            volunteer=volunteer,
            work="speaker",
            by=None,
            now=NOW,
        )
    )


def book_at_once(make_lecture: MakeLecture, volunteer: Volunteer) -> list[str | None]:
    """Three lectures at one time."""
    return together(*[partial(book, make_lecture().occasion, volunteer) for _one in range(3)])


def test_a_person_goes_to_one_and_the_others_are_told(make_lecture: MakeLecture) -> None:
    for _round in range(ROUNDS):
        volunteer = make_volunteer()
        codes = book_at_once(make_lecture, volunteer)
        assert sorted(map(str, codes)) == ["None", "booked", "booked"]
        assert volunteer.duties.count() == 1


def test_control_without_the_constraint_one_person_speaks_three_times(
    make_lecture: MakeLecture,
) -> None:
    with constraint_dropped(Duty, "volunteer_at_one_place_at_a_time"):
        volunteer = make_volunteer()
        book_at_once(make_lecture, volunteer)
        assert volunteer.duties.count() == 3


def test_one_tapped_twice_at_once_is_booked_once(make_lecture: MakeLecture) -> None:
    for _round in range(ROUNDS):
        volunteer, occasion = make_volunteer(), make_lecture().occasion
        assert together(*[partial(book, occasion, volunteer)] * 3) == [None] * 3
        assert volunteer.duties.count() == 1


def test_a_booking_beside_a_move_has_the_new_time_or_moves_along(
    make_lecture: MakeLecture,
) -> None:
    for _round in range(ROUNDS):
        volunteer, occasion = make_volunteer(), make_lecture().occasion
        together(partial(book, occasion, volunteer), partial(move_to_noon, occasion))
        duty = volunteer.duties.select_related("occasion").get()
        assert duty.starts_at == duty.occasion.starts_at != occasion.starts_at


def test_two_moves_onto_one_time_of_a_person_let_one_through(make_lecture: MakeLecture) -> None:
    """Both go to noon with the same speaker: without an order of locks they would stand still."""
    for _round in range(ROUNDS):
        volunteer = make_volunteer()
        early, late = make_lecture().occasion, make_lecture(starts=TWO).occasion
        for occasion in (early, late):
            on_duty(occasion, volunteer)
        moves = [partial(code_of, partial(move_to_noon, one)) for one in (early, late)]
        assert sorted(map(str, together(*moves))) == ["None", "booked"]


def move_to_noon(occasion: Occasion) -> Occasion:
    return schedule.move_occasion(
        occasion=occasion,
        starts_at=NOON,
        ends_at=NOON + (occasion.ends_at - occasion.starts_at),
        venue=occasion.venue,
        by=None,
        now=NOW,
    )
