"""A room's page in the admin site, opened before its hours were changed by somebody else."""

from collections.abc import Callable
from datetime import time
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.common.edit_forms import EditForm
from diedie_edu.common.edit_formsets import EditFormSet
from diedie_edu.venues.models import OpeningHours, Venue
from tests.support.races import all_look_first, together
from tests.support.sent_forms import SentForm, form_on
from tests.support.two_browsers import shown_again, unlocked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NINE, NOON = time(9), time(12)


@pytest.fixture
def staff(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


@pytest.fixture
def room(make_venue: Callable[..., Venue]) -> Venue:
    """Open on Monday and Tuesday."""
    found = make_venue(title_zh="图书室")
    for weekday in (1, 2):
        OpeningHours.objects.create(venue=found, weekday=weekday, opens=NINE, closes=NOON)
    return found


@pytest.fixture
def old(staff: Client, room: Venue) -> SentForm:
    return form_on(staff, reverse("admin:venues_venue_change", args=[room.pk]), "title_zh")


def hours(room: Venue) -> list[tuple[int, str]]:
    rows = room.opening_hours.order_by("weekday")
    return [(row.weekday, f"{row.closes:%H:%M}") for row in rows]


def shown_hours(form: SentForm) -> list[tuple[str, str]]:
    """Weekday and end of each row that the page shows, the empty ones left out."""
    rows = [
        [form.controls[f"opening_hours-{n}-{name}"].values[0] for name in ("weekday", "closes")]
        for n in range(int(form.controls["opening_hours-TOTAL_FORMS"].values[0]))
    ]
    return [(weekday, closes[:5]) for weekday, closes in rows if closes]


def sent_again(answer: Any, staff: Client) -> SentForm:
    """What the page shows now, which is then sent once more."""
    again = shown_again(answer, "title_zh")
    assert again.send(staff).status_code == 302
    return again


def test_a_row_that_both_changed_shows_both(staff: Client, room: Venue, old: SentForm) -> None:
    room.opening_hours.filter(weekday=1).update(closes=time(11))
    answer = old.typing({"opening_hours-0-closes": ["11:30"]}).send(staff)
    assert "11:00" in answer.text
    assert hours(room) == [(1, "11:00"), (2, "12:00")]
    assert shown_hours(sent_again(answer, staff)) == [("1", "11:30"), ("2", "12:00")]
    assert hours(room) == [(1, "11:30"), (2, "12:00")]


def test_a_row_that_was_left_alone_shows_what_stands(
    staff: Client, room: Venue, old: SentForm
) -> None:
    room.opening_hours.filter(weekday=2).update(closes=time(17))
    answer = old.typing({"title_zh": ["阅览室"]}).send(staff)
    assert shown_hours(sent_again(answer, staff)) == [("1", "12:00"), ("2", "17:00")]
    room.refresh_from_db()
    assert (room.title_zh, hours(room)) == ("阅览室", [(1, "12:00"), (2, "17:00")])


def test_a_row_that_was_added_comes_in(staff: Client, room: Venue, old: SentForm) -> None:
    OpeningHours.objects.create(venue=room, weekday=3, opens=NINE, closes=NOON)
    answer = old.typing({"title_zh": ["阅览室"]}).send(staff)
    room.refresh_from_db()
    assert room.title_zh == "图书室"
    assert len(shown_hours(sent_again(answer, staff))) == 3
    assert [weekday for weekday, _closes in hours(room)] == [1, 2, 3]


def test_a_row_that_was_taken_out_goes(staff: Client, room: Venue, old: SentForm) -> None:
    room.opening_hours.filter(weekday=1).delete()
    answer = old.typing({"title_zh": ["阅览室"]}).send(staff)
    assert shown_hours(sent_again(answer, staff)) == [("2", "12:00")]
    assert hours(room) == [(2, "12:00")]


def test_what_was_typed_into_a_row_that_was_taken_out_stays_as_a_new_one(
    staff: Client, room: Venue, old: SentForm
) -> None:
    room.opening_hours.filter(weekday=1).delete()
    answer = old.typing({"opening_hours-0-closes": ["11:30"]}).send(staff)
    assert hours(room) == [(2, "12:00")]
    assert shown_hours(sent_again(answer, staff)) == [("2", "12:00"), ("1", "11:30")]
    assert hours(room) == [(1, "11:30"), (2, "12:00")]


def test_a_new_row_of_ones_own_stays_while_another_was_added(
    staff: Client, room: Venue, old: SentForm
) -> None:
    OpeningHours.objects.create(venue=room, weekday=3, opens=NINE, closes=NOON)
    own = old.typing({"opening_hours-TOTAL_FORMS": ["3"]}).data()
    own |= {"opening_hours-2-weekday": ["5"], "opening_hours-2-venue": [str(room.pk)]}
    own |= {"opening_hours-2-opens": ["14:00"], "opening_hours-2-closes": ["17:00"]}
    sent_again(staff.post(old.action, own), staff)
    assert [weekday for weekday, _closes in hours(room)] == [1, 2, 3, 5]


def test_taking_out_a_row_that_was_changed_meanwhile_is_asked_again(
    staff: Client, room: Venue, old: SentForm
) -> None:
    room.opening_hours.filter(weekday=1).update(closes=time(17))
    answer = old.typing({"opening_hours-0-DELETE": ["on"]}).send(staff)
    assert hours(room) == [(1, "17:00"), (2, "12:00")]
    sent_again(answer, staff)
    assert hours(room) == [(2, "12:00")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
def test_of_two_saves_at_once_exactly_one_wins(
    room: Venue,
    old: SentForm,
    as_user: Callable[[User], Client],
    staff_user: User,
    monkeypatch: pytest.MonkeyPatch,
    guarded: bool,
) -> None:
    """Both change a row of the page; without the lock the later one undoes the other."""
    if not guarded:
        monkeypatch.setattr(EditForm, "lock", unlocked)
        all_look_first(monkeypatch, EditFormSet, "full_clean", 2)  # the rows are read in it
    answers = together(
        *(
            partial(old.typing({"opening_hours-0-closes": [closes]}).send, as_user(staff_user))
            for closes in ("11:00", "11:30")
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200 if guarded else 302, 302]
