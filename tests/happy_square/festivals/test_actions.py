"""Planning a festival, its rehearsals and its helpers."""

from datetime import timedelta

import pytest

from diedie_edu.activities.actions import events, seats
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.notices.models import Notice
from diedie_edu.venues.models import Booking
from diedie_edu.volunteering.actions.helpers import put_on_duty
from diedie_edu.volunteering.models import Duty
from happy_square.actions import rehearsals
from happy_square.actions.rehearsals import RehearsalPlan
from happy_square.models import Festival
from tests.conftest import NOW
from tests.support.duties import make_volunteer
from tests.support.festivals import BEGINS, invited, make_festival, plan
from tests.support.groups import make_group, make_place, meet_up
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def kinds_told() -> set[str]:
    return {kind.partition(".")[2] for kind in Notice.objects.values_list("kind", flat=True)}


def test_a_festival_holds_its_room(festival: Festival, staff_user) -> None:
    booking = Booking.objects.get()
    assert (booking.purpose, booking.programme) == ("邻里联欢", festival.programme)
    assert code_of(lambda: make_festival(staff_user)) == "venue_taken"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ends_at": BEGINS}, "ends_early"),
        ({"starts_at": NOW}, "past"),
        ({"capacity": 500}, "too_many_seats"),
        ({"needs_sign_up": True, "sign_up_opens_at": BEGINS}, "window"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(changes: dict, code: str, staff_user) -> None:
    assert code_of(lambda: make_festival(staff_user, **changes)) == code


def test_without_sign_up_people_come_in_at_the_door(festival, make_resident, staff_user) -> None:
    who = {"activity": festival, "resident": make_resident(), "by": staff_user}
    assert code_of(lambda: seats.sign_up(**who, now=NOW)) == "not_open_yet"
    assert seats.sign_up(**who, now=BEGINS).is_seated


def test_with_sign_up_it_closes_as_it_begins(make_resident, staff_user) -> None:
    made = make_festival(staff_user, needs_sign_up=True)
    who = {"activity": made, "resident": make_resident(), "by": staff_user}
    assert code_of(lambda: seats.sign_up(**who, now=BEGINS)) == "closed"
    assert seats.sign_up(**who, now=NOW).is_seated


def test_a_move_is_told_to_those_who_take_part(festival, group, staff_user) -> None:
    invited(festival, group, staff_user)
    later = {"starts_at": BEGINS + HOUR, "ends_at": BEGINS + 3 * HOUR, "title": "大联欢"}
    events.change_event(event=festival, plan=plan(**later), by=staff_user, now=NOW)
    assert Occasion.objects.get().starts_at == BEGINS + HOUR
    assert Booking.objects.get().purpose == "大联欢"
    assert "moved" in kinds_told()


def test_a_draft_is_announced_once(staff_user) -> None:
    draft = make_festival(staff_user, announced=False)
    for _twice in range(2):
        events.announce_event(event=draft, now=NOW)
    assert Activity.objects.get().state == Activity.State.PUBLISHED


def rehearse(festival: Festival, **changes: object):
    usual = {"starts_at": BEGINS - 48 * HOUR, "ends_at": BEGINS - 46 * HOUR, "venue": make_place()}
    wanted = RehearsalPlan(**(usual | changes))  # type: ignore[arg-type]
    return rehearsals.plan_rehearsal(festival=festival, plan=wanted, now=NOW)


def test_a_rehearsal_holds_a_room_and_is_told(festival, group, leader, staff_user) -> None:
    invited(festival, group, staff_user)
    rehearse(festival)
    notice = Notice.objects.filter(kind="happy_square.rehearsal_planned").first()
    assert notice.recipient == leader
    assert Booking.objects.filter(is_off=False).count() == 2


def test_a_rehearsal_of_one_group_is_told_to_it_alone(festival, group, staff_user) -> None:
    invited(festival, group, staff_user)
    other = invited(festival, make_group(), staff_user)
    rehearse(festival, invitation=other)  # nobody leads it yet
    assert "rehearsal_planned" not in kinds_told()


def test_a_room_that_is_taken_is_not_rehearsed_in(festival, group) -> None:
    meet_up(group, (BEGINS - 48 * HOUR).date())
    taken = group.occasions.get()
    at = {"starts_at": taken.starts_at, "ends_at": taken.ends_at}
    assert code_of(lambda: rehearse(festival, **at)) == "venue_taken"


def test_one_does_not_rehearse_afterwards(festival) -> None:
    late = {"starts_at": BEGINS + 4 * HOUR, "ends_at": BEGINS + 5 * HOUR}
    assert code_of(lambda: rehearse(festival, **late)) == "late"


def test_a_rehearsal_that_is_off_frees_its_room(festival, group, staff_user) -> None:
    invited(festival, group, staff_user)
    row = rehearse(festival)
    for _twice in range(2):
        rehearsals.call_off_rehearsal(rehearsal=row, now=NOW)
    assert Booking.objects.filter(is_off=True).count() == 1
    assert "rehearsal_off" in kinds_told()


def test_a_helper_is_booked_and_told(festival, staff_user) -> None:
    helper = make_volunteer("柏大雪")
    put_on_duty(occasion=festival.occasion, volunteer=helper, by=staff_user, now=NOW)
    assert Duty.objects.get().work == Duty.Work.HELPER
    assert "helping" in kinds_told()
