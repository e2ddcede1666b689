"""A room closes for a day: three programmes' dates in it, and a booking that stands alone."""

from collections.abc import Callable
from datetime import date, time, timedelta
from functools import partial
from typing import Any

import pytest

from after_school.models import Session, Zone
from diedie_edu.accounts.models import User
from diedie_edu.activities.actions.changed_days import ChangedDay, Decision
from diedie_edu.activities.actions.closed_rooms import RoomPlan, close_room, preview_room
from diedie_edu.activities.models import Occasion
from diedie_edu.activities.queries.changed_days import Choice
from diedie_edu.activities.queries.closed_rooms import keys_of, standing_in
from diedie_edu.common.days import moment
from diedie_edu.decisions.models import Request
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Organisation
from diedie_edu.venues.actions import requests
from diedie_edu.venues.models import Booking, ClosedTime, Venue
from diedie_edu.venues.queries.requests import SLUG
from tests.after_school.conftest import (  # noqa: F401
    child,
    enrol_child,
    enrolment,
    homework,
    make_child,
    make_session,
    make_term,
    mother,
    school,
    term,
)
from tests.conftest import NOW
from tests.support.groups import make_group, meet_up, member
from tests.support.refusals import code_of
from tests.support.seats import fill
from tests.venues.conftest import wanted

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)  # Thursday
CALL_OFF, KEEP, MOVE, ROOM = Choice.CALL_OFF, Choice.KEEP, Choice.MOVE, Choice.ROOM


@pytest.fixture
def afternoon(make_session: Callable[..., Session], homework: Zone, enrolment: object) -> Session:  # noqa: F811
    """Of the 4:30 school, in the homework zone's room and another."""
    return make_session(homework.term, DAY)


@pytest.fixture
def room(homework: Zone) -> Venue:  # noqa: F811
    return homework.venue


@pytest.fixture
def lecture(make_lecture: Callable[..., Any], room: Venue) -> Any:
    lecture = make_lecture(day=DAY, venue=room, starts=time(9), capacity=20)
    fill(lecture, 2)
    return lecture


@pytest.fixture
def dance(room: Venue, make_resident: Callable[..., Any]) -> Occasion:
    """A meet-up of a group with a member who wants reminders."""
    group = make_group(title="舞蹈队", capacity=20)
    row = member(group, make_resident())
    type(row).objects.filter(pk=row.pk).update(wants_reminders=True)
    return meet_up(group, DAY, time(19, 30), room)


@pytest.fixture
def rehearsal(room: Venue, staff_user: User) -> Booking:
    """Asked for by staff; no occasion stands in it."""
    row = wanted(room, moment(DAY, time(13)), purpose="商会排练")
    club = Organisation.objects.create(title="商会", kind="association")
    wish = requests.Wish(whose="商会", purpose="商会排练", organisation=club, people=15)
    requests.reserve(wish=wish, wanted=[row], by=staff_user, now=NOW)
    return row


def closing(room: Venue) -> ClosedTime:
    return ClosedTime(
        venue=room, starts_at=moment(DAY), ends_at=moment(DAY + timedelta(days=1)), reason="粉刷"
    )


def plan(room: Venue, *decisions: Decision) -> RoomPlan:
    """As the page shows it now; what is decided goes by the hour."""
    rows = standing_in(closing(room), NOW)
    chosen = {row.name: one for row, one in zip(rows, decisions, strict=False)}
    return RoomPlan(closing(room), keys_of(rows, closing(room)), chosen)


def close(wish: RoomPlan, by: User) -> ChangedDay:
    return close_room(plan=wish, by=by, now=NOW)


def choices(room: Venue) -> list[list[Choice]]:
    return [list(row.choices) for row in standing_in(closing(room), NOW)]


ALL = ("lecture", "rehearsal", "afternoon", "dance")
everything = pytest.mark.usefixtures(*ALL)


@everything
def test_all_that_stands_in_the_room_is_listed_with_what_could_become_of_it(room: Venue) -> None:
    rows = standing_in(closing(room), NOW)
    assert [row.title for row in rows] == [
        rows[0].title,
        "商会排练",
        "2026 年秋季学期",
        "舞蹈队",
    ]
    any_of = [ROOM, MOVE, CALL_OFF, KEEP]
    assert choices(room) == [any_of, any_of, [ROOM, CALL_OFF], any_of]


@everything
def test_three_programmes_and_a_booking_each_go_their_way(
    room: Venue,
    make_venue: Callable[..., Venue],
    staff_user: User,
    lecture: Any,
    dance: Occasion,
    afternoon: Session,
    rehearsal: Booking,
    mother: User,  # noqa: F811
) -> None:
    hall, saturday = make_venue(title_zh="礼堂"), moment(DAY + timedelta(days=2), time(9))
    wish = plan(
        room,
        Decision(MOVE, saturday, hall),
        Decision(ROOM, venue=hall),
        Decision(ROOM, venue=hall),
        Decision(CALL_OFF),
    )
    shown = preview_room(plan=wish, by=staff_user, now=NOW)
    assert not ClosedTime.objects.exists()
    done = close(wish, staff_user)
    assert done == shown
    assert (done.called_off, done.moved) == (1, 3)
    assert lecture.occasions.get().starts_at == saturday
    rehearsal.refresh_from_db()
    assert (rehearsal.venue, rehearsal.starts_at) == (hall, moment(DAY, time(13)))
    zone = afternoon.zone_days.get(zone__kind="homework").occasion
    assert (zone.venue, zone.is_called_off) == (hall, False)
    dance.refresh_from_db()
    assert dance.is_called_off
    assert ClosedTime.objects.get().reason == "粉刷"
    heard = Notice.objects.filter(recipient=mother.resident, channel="inbox").latest("pk")
    assert (heard.kind, heard.data["venue_zh"]) == ("after_school.other_room", "礼堂")
    assert Notice.objects.filter(kind="venues.booking_moved", account=staff_user).exists()


@everything
def test_what_is_kept_stays_and_what_is_called_off_is_told(room: Venue, staff_user: User) -> None:
    wish = plan(room, *map(Decision, (KEEP, CALL_OFF, CALL_OFF, KEEP)))
    assert close(wish, staff_user).called_off == 2
    rows = Booking.objects.filter(venue=room).order_by("starts_at")
    assert [row.is_off for row in rows] == [False, True, True, False]
    assert Notice.objects.filter(kind="venues.booking_off", account=staff_user).exists()


def test_an_afternoon_is_called_off_in_both_its_rooms(
    room: Venue, afternoon: Session, staff_user: User
) -> None:
    """A guardian who hears “not today” must be right."""
    close(plan(room, Decision(CALL_OFF)), staff_user)
    occasions = [row.occasion for row in afternoon.zone_days.select_related("occasion")]
    assert [row.is_called_off for row in occasions] == [True, True]


def test_an_afternoon_goes_only_into_a_room_with_places_for_all(
    room: Venue, afternoon: Session, make_venue: Callable[..., Venue], staff_user: User
) -> None:
    small, enough = make_venue(places=19), make_venue(places=20)
    wish = partial(plan, room)
    ask = lambda venue: close(wish(Decision(ROOM, venue=venue)), staff_user)  # noqa: E731
    assert code_of(lambda: ask(small)) == "too_many_places"
    assert not ClosedTime.objects.exists()
    assert ask(enough).moved == 1


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (Decision(MOVE), "when"),
        (Decision(ROOM), "where"),
        (Decision(MOVE, moment(DAY, time(15))), "venue_closed"),
        (Decision(MOVE, moment(DAY - timedelta(days=7), time(15))), "past"),
        (Decision(Choice.HOLD), "choice"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(
    room: Venue, dance: Occasion, staff_user: User, decision: Decision, code: str
) -> None:
    assert code_of(lambda: close(plan(room, decision), staff_user)) == code
    assert not ClosedTime.objects.exists()
    dance.refresh_from_db()
    assert (dance.venue, dance.is_called_off) == (room, False)


@pytest.mark.usefixtures("dance")
def test_nothing_is_decided_by_itself(room: Venue, staff_user: User) -> None:
    assert code_of(lambda: close(plan(room), staff_user)) == "choice"


@pytest.mark.usefixtures("dance")
def test_what_was_booked_meanwhile_is_looked_at_again(room: Venue, staff_user: User) -> None:
    wish = plan(room, Decision(KEEP))
    wanted(room, moment(DAY, time(8))).save()
    assert code_of(lambda: close(wish, staff_user)) == "changed"


def test_closed_twice_by_an_old_page_is_refused(room: Venue, staff_user: User) -> None:
    wish = plan(room)
    close(wish, staff_user)
    assert code_of(lambda: close(wish, staff_user)) == "changed"


def test_a_closed_part_lists_what_stands_in_the_whole_and_not_beside_it(
    make_venue: Callable[..., Venue],
) -> None:
    whole = make_venue()
    east, west = (make_venue(part_of=whole) for _side in range(2))
    for hour, venue in ((8, whole), (10, east), (12, west)):
        wanted(venue, moment(DAY, time(hour))).save()
    assert len(standing_in(closing(east), NOW)) == 2
    assert len(standing_in(closing(whole), NOW)) == 3


def test_what_still_waits_for_a_yes_ends_with_its_last_date(
    room: Venue, rehearsal: Booking, staff_user: User
) -> None:
    Venue.objects.filter(pk=room.pk).update(needs_approval=True)
    rehearsal.refresh_from_db()
    words = {"purpose": "商会排练", "people": 12, "note": ""}
    requests.change(request=rehearsal.request, words=words, by=staff_user, now=NOW)
    close(plan(room, Decision(CALL_OFF)), staff_user)
    rehearsal.request.refresh_from_db()
    assert rehearsal.request.state == "ended"
    assert not Request.objects.filter(kind=SLUG, state="waiting").exists()
