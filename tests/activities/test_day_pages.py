"""The pages on which a day is changed: all that is planned, what it comes to, one button."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.queries.changed_days import (
    keys_of,
    planned_on,
)
from diedie_edu.common.days import moment
from diedie_edu.venues.models import SpecialDay
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.counting import queries_of
from tests.support.seats import fill

pytestmark = pytest.mark.django_db
MakeLecture = Callable[..., Lecture]
WEEK = timedelta(days=7)


@pytest.fixture
def lecture(make_lecture: MakeLecture) -> Lecture:
    return make_lecture(capacity=5)


def address(kind: str = "closed", day: str = SATURDAY.isoformat()) -> str:
    return reverse("activities:change_day", args=[day, kind])


@pytest.fixture
def staff(as_user: Callable[[User], Client], staff_user: User, clock: object) -> Client:
    return as_user(staff_user)


def sent(lecture: Lecture, **more: str) -> dict[str, object]:
    shown = list(keys_of(planned_on(SATURDAY, "closed", NOW), SATURDAY))
    return {"reason": "台风", f"choice_{lecture.pk}": "call_off", "shown": shown, **more}


def test_the_page_shows_all_that_is_planned_and_does_nothing(
    staff: Client, lecture: Lecture
) -> None:
    fill(lecture, 3)
    page = staff.get(address())
    assert [row.planned.people for row in page.context["lines"]] == [3]
    assert lecture.title in page.text
    assert not SpecialDay.objects.exists()


def test_first_what_it_comes_to_then_one_button(staff: Client, lecture: Lecture) -> None:
    fill(lecture, 3)
    page = staff.post(address(), sent(lecture, preview="1"))
    assert page.context["done"].told == 3
    assert not SpecialDay.objects.exists()
    answer = staff.post(address(), sent(lecture), follow=True)
    assert "3" in str(next(iter(answer.context["messages"])))
    lecture.refresh_from_db()
    assert lecture.is_called_off


def test_a_move_is_typed_as_day_time_and_room(staff: Client, lecture: Lecture) -> None:
    room = lecture.occasions.get().venue
    where = {f"day_{lecture.pk}": "2026-12-05", f"starts_{lecture.pk}": "14:00"}
    move = {f"choice_{lecture.pk}": "move", f"venue_{lecture.pk}": str(room.pk), **where}
    staff.post(address(), sent(lecture) | move)
    assert lecture.occasions.get().starts_at == moment(date(2026, 12, 5), time(14))


def test_what_is_refused_stands_on_the_page_with_what_was_typed(
    staff: Client, lecture: Lecture
) -> None:
    page = staff.post(address(), sent(lecture) | {f"choice_{lecture.pk}": "move"})
    assert page.context["form"].non_field_errors()
    assert page.context["form"].data["reason"] == "台风"


@pytest.mark.parametrize("reason", ["", "  ", "长" * 61])
def test_it_needs_a_reason(staff: Client, lecture: Lecture, reason: str) -> None:
    page = staff.post(address(), sent(lecture) | {"reason": reason})
    assert list(page.context["form"].errors) == ["reason"]


def test_choosing_the_day_leads_to_its_page(staff: Client) -> None:
    chosen = {"day": SATURDAY.isoformat(), "kind": "off"}
    answer = staff.get(reverse("activities:day_to_change"), chosen)
    assert answer.url == address("off")


@pytest.mark.parametrize("day", ["2026-11-22", "2029-01-01", "", "x", "0001-01-01"])
def test_a_day_that_cannot_change_is_said_beside_its_field(staff: Client, day: str) -> None:
    page = staff.get(reverse("activities:day_to_change"), {"day": day, "kind": "off"})
    assert list(page.context["form"].errors) == ["day"]


def test_a_day_in_the_past_is_refused_on_its_page(staff: Client) -> None:
    page = staff.post(address(day="2026-11-21"), {"reason": "台风"})
    assert page.context["form"].non_field_errors()


@pytest.mark.parametrize("day", ["x", "2026-13-01", "0001-01-01", "9999-12-31"])
def test_what_is_no_day_is_not_found(staff: Client, day: str) -> None:
    assert staff.get(address(day=day)).status_code == 404
    assert staff.get(address("sunny")).status_code == 404


def test_the_page_costs_three_queries_more_with_each_lecture(
    staff: Client, make_lecture: MakeLecture
) -> None:
    fill(make_lecture(), 1)
    for_one = queries_of(staff, address())
    for _lecture in range(2):
        fill(make_lecture(), 2)
    assert queries_of(staff, address()) <= for_one + 2 * 3


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.PROGRAMME_LEAD, Role.BRANCH_LEAD])
def test_only_who_keeps_the_calendar_changes_a_day(
    as_user: Callable[[User], Client],
    make_user: Callable[..., User],
    lecture: Lecture,
    role: Role,
    clock: object,
) -> None:
    client = as_user(make_user(role, scope="residents-school"))
    assert client.post(address(), sent(lecture)).status_code == 403
    assert client.get(reverse("activities:day_to_change")).status_code == 403
    assert not SpecialDay.objects.exists()
