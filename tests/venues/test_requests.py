"""Asking for rooms: they are held at once, and somebody says yes where the room asks for it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Occasion, SignUp
from diedie_edu.decisions.actions import deciding
from diedie_edu.decisions.actions import requests as decisions
from diedie_edu.decisions.kinds import shown_now
from diedie_edu.decisions.models import Request, State
from diedie_edu.decisions.queries.requests import waiting_for
from diedie_edu.decisions.rules import Decision
from diedie_edu.notices.models import Notice
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.actions import bookings, requests
from diedie_edu.venues.actions.unanswered import end_without_dates, look_after_unanswered
from diedie_edu.venues.models import Booking, RoomRequest, Venue
from tests.conftest import NOW
from tests.support.groups import happy_square, make_group
from tests.support.groups import lead as lead_group
from tests.support.occasions import make_occasion
from tests.support.races import together
from tests.support.refusals import code_of
from tests.venues.conftest import HALF_PAST_NINE, LONG, WEEK, wanted, weekly

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def hall(make_venue: Callable[..., Venue]) -> Venue:
    """One that asks for a yes."""
    return make_venue(title_zh="会议厅", needs_approval=True)


@pytest.fixture
def wish(programme: Programme) -> requests.Wish:
    return requests.Wish(whose="合唱队", purpose="合唱排练", programme=programme, people=20)


@pytest.fixture
def lead(make_user: Callable[..., User], programme: Programme) -> User:
    return make_user(Role.PROGRAMME_LEAD, scope=programme.slug)


@pytest.fixture
def leader(make_user: Callable[..., User]) -> User:
    return make_user(Role.GROUP_LEADER)


@pytest.fixture
def ask(hall: Venue, wish: requests.Wish, resident_user: User) -> Callable[..., RoomRequest]:
    def ask(**changed: object) -> RoomRequest:
        acts = {"wish": wish, "wanted": weekly(hall, 3), "by": resident_user, "now": NOW}
        return requests.reserve(**acts | changed)

    return ask


def decide(row: RoomRequest, by: User, what: str, reason: str = "") -> None:
    found = Request.objects.get(kind="room-request", subject=row.pk, state="submitted")
    decision = Decision(what, shown_now(found), reason)
    deciding.decide(request=found, decision=decision, by=by, now=NOW)
    row.refresh_from_db()


def live(row: RoomRequest) -> int:
    return row.bookings.filter(is_off=False).count()


def told(kind: str) -> list[int | None]:
    return list(Notice.objects.filter(kind=kind, channel="inbox").values_list("account", flat=True))


def test_a_room_that_asks_for_nothing_is_had_at_once(
    room: Venue, ask: Callable[..., RoomRequest]
) -> None:
    row = ask(wanted=weekly(room, 3))
    assert (row.state, live(row)) == ("approved", 3)
    assert not Request.objects.exists()


def test_a_request_that_waits_holds_the_room_by_the_same_constraint(
    hall: Venue, ask: Callable[..., RoomRequest], staff_user: User
) -> None:
    row = ask()
    assert row.is_waiting
    assert code_of(lambda: bookings.book(wanted=[wanted(hall)])) == "venue_taken"
    assert [found.subject for found in waiting_for(staff_user, NOW.date())] == [row.pk]


def test_yes_keeps_the_rooms_and_no_frees_them(
    hall: Venue, ask: Callable[..., RoomRequest], lead: User
) -> None:
    row = ask()
    decide(row, lead, "approved")
    assert (row.state, live(row)) == ("approved", 3)
    other = ask(wanted=[wanted(hall, HALF_PAST_NINE + 5 * WEEK)])
    decide(other, lead, "refused", "那天厅里要装修")
    assert (other.state, live(other)) == ("refused", 0)
    bookings.book(wanted=[wanted(hall, HALF_PAST_NINE + 5 * WEEK)])


def test_whoever_asked_takes_it_back_before_and_after_a_yes(
    ask: Callable[..., RoomRequest], hall: Venue, lead: User, resident_user: User
) -> None:
    first = ask()
    decisions.withdraw(request=Request.objects.get(), by=resident_user, now=NOW)
    first.refresh_from_db()
    assert (first.state, live(first)) == ("withdrawn", 0)
    second = ask()
    decide(second, lead, "approved")
    requests.give_back(request=second, by=resident_user, now=NOW)
    second.refresh_from_db()
    assert (second.state, live(second)) == ("withdrawn", 0)


def test_what_is_changed_is_decided_anew_and_shows_what_was(
    ask: Callable[..., RoomRequest], wish: requests.Wish, lead: User, resident_user: User
) -> None:
    row = ask()
    decide(row, lead, "approved")
    assert requests.shift(request=row, days=7, by=resident_user, now=NOW) == 3
    row.refresh_from_db()
    assert row.is_waiting
    assert [request.state for request in Request.objects.order_by("pk")] == [
        State.APPROVED,
        State.SUBMITTED,
    ]


@pytest.mark.parametrize("days", [7, -7])
def test_a_series_moves_as_a_whole_over_its_own_dates(
    room: Venue, ask: Callable[..., RoomRequest], resident_user: User, days: int
) -> None:
    row = ask(wanted=[wanted(room, HALF_PAST_NINE + week * WEEK) for week in range(2, 6)])
    assert requests.shift(request=row, days=days, by=resident_user, now=NOW) == 4
    first = row.bookings.earliest("starts_at").starts_at
    assert first == HALF_PAST_NINE + 2 * WEEK + timedelta(days=days)


def test_a_taken_day_is_named_and_nothing_moves(
    room: Venue, ask: Callable[..., RoomRequest], resident_user: User
) -> None:
    row = ask(wanted=weekly(room, 3))
    bookings.book(wanted=[wanted(room, HALF_PAST_NINE + 3 * WEEK, purpose="社区大会")])
    with pytest.raises(requests.Refused, match=r"12月19日.*社区大会"):
        requests.shift(request=row, days=7, by=resident_user, now=NOW)
    assert row.bookings.earliest("starts_at").starts_at == HALF_PAST_NINE


def test_single_days_are_skipped_and_put_back(
    room: Venue, ask: Callable[..., RoomRequest], resident_user: User
) -> None:
    row = ask(wanted=weekly(room, 3))
    second = row.bookings.order_by("starts_at")[1]
    acts = {"request": row, "booking": second, "by": resident_user, "now": NOW}
    requests.skip(**acts)
    assert live(row) == 2
    requests.put_back(**acts)
    assert live(row) == 3
    requests.skip(**acts)
    bookings.book(wanted=[wanted(room, second.starts_at, purpose="社区大会")])
    assert code_of(lambda: requests.put_back(**acts)) == "venue_taken"


def test_the_last_day_skipped_ends_the_request(
    ask: Callable[..., RoomRequest], hall: Venue, resident_user: User
) -> None:
    row = ask(wanted=[wanted(hall)])
    requests.skip(request=row, booking=row.bookings.get(), by=resident_user, now=NOW)
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert Request.objects.get().state == State.WITHDRAWN


def test_a_day_before_it_goes_to_the_lead_and_at_its_start_it_ends(
    ask: Callable[..., RoomRequest], lead: User, resident_user: User
) -> None:
    row = ask()
    assert look_after_unanswered(HALF_PAST_NINE - 25 * HOUR) == 0
    for _twice in range(2):
        look_after_unanswered(HALF_PAST_NINE - 24 * HOUR)
    assert told("venues.request_urgent") == [lead.pk]
    for _twice in range(2):
        look_after_unanswered(HALF_PAST_NINE)
    row.refresh_from_db()
    assert (row.state, live(row)) == ("ended", 0)
    assert Request.objects.get().state == State.WITHDRAWN
    assert told("venues.request_ended") == [resident_user.pk]


def test_further_weeks_of_what_goes_on_ask_nobody_again(
    ask: Callable[..., RoomRequest], wish: requests.Wish, hall: Venue, staff_user: User
) -> None:
    goes_on = requests.Wish(**vars(wish) | {"goes_on": True})
    row = ask(wish=goes_on)
    before = shown_now(Request.objects.get())
    [more] = bookings.book(wanted=[wanted(hall, HALF_PAST_NINE + 3 * WEEK)])
    requests.add(request=row, bookings=[more.pk], now=NOW)
    assert live(row) == 4
    assert shown_now(Request.objects.get()) == before
    decide(row, staff_user, "approved")


def test_more_people_than_places_are_refused(
    ask: Callable[..., RoomRequest], wish: requests.Wish
) -> None:
    many = requests.Wish(**vars(wish) | {"people": 4000})
    assert code_of(lambda: ask(wish=many)) == "too_many"
    assert not Booking.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_yes_in_its_last_second_counts_or_comes_too_late(
    ask: Callable[..., RoomRequest], lead: User
) -> None:
    row = ask()
    tick = transaction.atomic(partial(look_after_unanswered, HALF_PAST_NINE))
    answers = together(partial(code_of, partial(decide, row, lead, "approved")), tick)
    row.refresh_from_db()
    assert (answers, row.state, live(row)) in [
        ([None, 0], "approved", 3),
        (["not_waiting", 1], "ended", 0),
    ]


@pytest.fixture
def meet_ups(hall: Venue, leader: User) -> list[Occasion]:
    """A group meets in the hall on three Saturdays."""
    group = make_group(title="舞蹈队")
    lead_group(group, leader.resident)
    times = [HALF_PAST_NINE + week * WEEK for week in range(3)]
    return [make_occasion(group.activity_ptr, hall, at, at + LONG) for at in times]


@pytest.mark.parametrize("way", ["refused", "ended"])
def test_with_the_room_its_dates_are_called_off_and_everybody_hears(
    meet_ups: list[Occasion], leader: User, staff_user: User, make_resident: Callable, way: str
) -> None:
    member, group = make_resident(), meet_ups[0].activity
    seat = {"status": "seated", "signed_up_at": NOW, "seated_at": NOW}
    SignUp.objects.create(activity=group, resident=member, **seat)
    wish = requests.Wish(whose="舞蹈队", purpose="舞蹈队", programme=group.programme, goes_on=True)
    held = [row.booking_id for row in meet_ups]
    row = requests.ask(bookings=held, wish=wish, by=leader, now=NOW)
    if way == "refused":
        decide(row, staff_user, "refused", "厅里要装修")
    else:
        look_after_unanswered(HALF_PAST_NINE)
    row.refresh_from_db()
    assert (row.state, live(row)) == (way, 0)
    assert not Occasion.objects.filter(is_called_off=False).exists()
    assert Notice.objects.filter(recipient=member).exists()


def test_dates_of_a_group_are_changed_on_its_own_page(
    meet_ups: list[Occasion], leader: User
) -> None:
    wish = requests.Wish(whose="舞蹈队", purpose="舞蹈队", programme=happy_square())
    held = [row.booking_id for row in meet_ups]
    row = requests.ask(bookings=held, wish=wish, by=leader, now=NOW)
    acts = {"request": row, "by": leader, "now": NOW}
    assert code_of(lambda: requests.shift(days=7, **acts)) == "stands"
    assert code_of(lambda: requests.skip(booking=row.bookings.first(), **acts)) == "stands"


def test_nobody_says_yes_to_what_holds_no_room_any_more(
    ask: Callable[..., RoomRequest], lead: User
) -> None:
    row = ask()
    bookings.call_off(bookings=list(row.bookings.values_list("pk", flat=True)))
    assert code_of(lambda: decide(row, lead, "approved")) == "nothing_held"
    end_without_dates(NOW)
    row.refresh_from_db()
    assert (row.state, Request.objects.get().state) == ("withdrawn", "withdrawn")
