"""Next year's calendar: not announced yet, wherever a date of it is planned or shown."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.common.calendar import SpecialDayKind, years_not_announced
from diedie_edu.venues.actions.years import mark_complete, mark_incomplete
from diedie_edu.venues.models import CompleteYear, SpecialDay
from diedie_edu.venues.queries.special_days import calendar
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.refusals import refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NEXT = date(2027, 3, 6)
NOTE = "2027 年：尚未发布"


@pytest.fixture
def desk(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


def test_one_entered_day_does_not_silence_it_and_marking_the_year_does(staff_user: User) -> None:
    SpecialDay.objects.create(day=date(2027, 2, 20), kind=SpecialDayKind.WORKING)
    assert years_not_announced([NEXT, date(2026, 12, 31)]) == [2027]
    mark_complete(year=2027, by=staff_user, now=NOW)
    mark_complete(year=2027, by=staff_user, now=NOW)
    assert years_not_announced([NEXT]) == []
    assert calendar().is_makeup_workday(date(2027, 2, 20))
    mark_incomplete(year=2027, by=staff_user)
    assert years_not_announced([NEXT]) == [2027]


def test_what_is_known_asks_nothing(django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(0):
        assert years_not_announced([date(2026, 3, 7)]) == []
    with django_assert_num_queries(1):
        calendar()


@pytest.mark.parametrize("name", ["lecture_create", "season_create"])
def test_whoever_plans_is_told(desk: Client, staff_user: User, name: str) -> None:
    page = reverse(f"residents_school:{name}")
    assert NOTE in desk.get(page).text
    mark_complete(year=2027, by=staff_user, now=NOW)
    assert NOTE not in desk.get(page).text


def test_whoever_reads_a_date_of_it_is_told(
    client: Client, make_lecture: Callable[..., Lecture]
) -> None:
    for day, is_noted in ((NEXT, True), (date(2026, 12, 5), False)):
        page = reverse("residents_school:lecture_detail", args=[make_lecture(day).pk])
        month = reverse("portal:month_of", args=[day.year, day.month])
        assert [NOTE in client.get(address).text for address in (page, month)] == [is_noted] * 2


def test_staff_mark_the_year_and_take_it_back(desk: Client, staff_user: User) -> None:
    page = reverse("venues:year", args=["2027"])
    assert page in desk.get(reverse("portal:desk")).text
    desk.post(page, {"complete": "1"})
    assert CompleteYear.objects.get().marked_by == staff_user
    assert page not in desk.get(reverse("portal:desk")).text
    assert staff_user.display_name in desk.get(page).text
    desk.post(page)
    assert not CompleteYear.objects.exists()


def test_a_year_that_everybody_knows_shows_its_worked_weekends(desk: Client) -> None:
    SpecialDay.objects.create(day=date(2026, 12, 5), kind=SpecialDayKind.CLOSED)
    text = desk.get(reverse("venues:year", args=["2026"])).text
    assert "2月14日" in text
    assert "2026年12月5日" in text


def test_a_complete_year_is_a_year() -> None:
    with refused_by("complete_year_is_a_year"):
        CompleteYear.objects.create(year=27, marked_at=NOW)
