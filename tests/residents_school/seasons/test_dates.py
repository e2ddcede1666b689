"""A series shows as a series: its dates, one sign-up for all, each given back alone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import seats
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.notices.models import Notice
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.residents_school.seasons.conftest import save
from tests.support.counting import queries_of
from tests.support.seats import fill, make_residents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WEEK = timedelta(days=7)


@pytest.fixture
def dates(make_season_plan: Callable) -> list[Lecture]:
    """Four Saturdays with two seats each, announced."""
    series = save(make_season_plan(capacity=2, lecture={"capacity": 2}), announce=True)
    return list(series.lectures.order_by("occasions__starts_at"))


@pytest.fixture
def resident(as_user: Callable[[User], Client], resident_user: User) -> Client:
    return as_user(resident_user)


def page(lecture: Activity) -> str:
    return reverse("residents_school:lecture_detail", args=[lecture.pk])


def take(client: Client, lecture: Activity, user: User, how: str) -> str:
    door = reverse("activities:sign_up_series", args=[lecture.pk])
    data = {"resident": user.resident.pk, "how": how}
    return client.post(door, data, follow=True).text


def test_each_date_says_which_of_how_many_it_is_and_leads_to_the_others(
    client: Client, dates: list[Lecture]
) -> None:
    text = client.get(page(dates[1])).text
    assert "第 2 场，共 4 场" in text
    assert all(page(other) in text for other in dates if other != dates[1])
    assert "第 2/4 场" in client.get(reverse("residents_school:lecture_list")).text


def test_one_sign_up_takes_a_seat_on_every_date_and_tells_once(
    resident: Client, resident_user: User, dates: list[Lecture]
) -> None:
    assert "4 场都有座位" in take(resident, dates[2], resident_user, "all")
    assert SignUp.objects.filter(status="seated").count() == 4
    assert [row.kind for row in Notice.objects.filter(channel="inbox")] == [
        "activities.seated_in_series"
    ]
    seats.cancel_sign_up(
        activity=dates[1], resident=resident_user.resident, by=resident_user, now=NOW
    )
    assert SignUp.objects.filter(status="seated").count() == 3


def test_all_or_nothing_says_which_date_is_full(
    resident: Client, resident_user: User, dates: list[Lecture]
) -> None:
    fill(dates[2], 2)
    assert "已经满了" in resident.get(page(dates[0])).text
    assert "12月12日" in take(resident, dates[0], resident_user, "all")
    assert not SignUp.objects.filter(resident=resident_user.resident).exists()


def test_the_free_dates_are_taken_and_what_is_in_already_stays(
    resident: Client, resident_user: User, dates: list[Lecture]
) -> None:
    fill(dates[2], 2)
    seats.sign_up(activity=dates[0], resident=resident_user.resident, by=None, now=NOW)
    assert "4 场中的 2 场" in take(resident, dates[0], resident_user, "free")
    own = SignUp.objects.filter(resident=resident_user.resident)
    assert {row.activity_id for row in own} == {dates[index].pk for index in (0, 1, 3)}
    assert "没有新的座位" in take(resident, dates[0], resident_user, "free")


def test_staff_sign_somebody_up_for_all_dates_at_the_desk(
    as_user: Callable[[User], Client], staff_user: User, dates: list[Lecture]
) -> None:
    [person] = make_residents(1)
    door = reverse("activities:sign_somebody_up_for_series", args=[dates[0].pk])
    as_user(staff_user).post(door, {"resident": person.pk})
    rows = SignUp.objects.filter(resident=person, status="seated")
    assert {row.signed_up_by for row in rows} == {staff_user}
    assert len(rows) == 4


def test_strangers_are_not_signed_up(resident: Client, dates: list[Lecture]) -> None:
    [stranger] = make_residents(1)
    door = reverse("activities:sign_up_series", args=[dates[0].pk])
    assert resident.post(door, {"resident": stranger.pk, "how": "all"}).status_code == 404


def test_what_stands_alone_is_no_series(
    client: Client, make_lecture: Callable[..., Lecture]
) -> None:
    assert client.get(page(make_lecture())).context["series"] is None


def test_the_page_costs_the_same_for_two_and_for_four_dates(
    resident: Client, make_season_plan: Callable, make_venue: Callable
) -> None:
    def lecture(weeks: int, day: date) -> Activity:
        plan = make_season_plan(weeks=weeks, first_day=day, venue=make_venue())
        return save(plan, announce=True).lectures.first()

    two = queries_of(resident, page(lecture(2, SATURDAY)))
    assert queries_of(resident, page(lecture(4, SATURDAY + WEEK))) == two
