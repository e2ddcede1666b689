"""Which room is held when, and what a reader may know of it."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity
from diedie_edu.common.days import moment
from diedie_edu.venues.models import Venue
from tests.conftest import NOW, SATURDAY
from tests.venues.conftest import HALF_PAST_NINE, LONG, WEEK, square, wanted  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ON_SATURDAY = {"day": f"{SATURDAY}"}
DAY, ALL_WEEK = "portal:rooms_day", "portal:rooms_week"


@pytest.fixture
def hall(make_venue: Callable[..., Venue]) -> Venue:
    return make_venue(title_zh="礼堂")


def page(client: Client, name: str, *args: int, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query or ON_SATURDAY)
    assert answer.status_code == 200
    return answer.text


def test_residents_read_what_is_announced_and_else_that_it_is_taken(
    hall: Venue, make_lecture: Callable, client: Client, as_user: Callable, staff_user: User
) -> None:
    make_lecture(venue=hall, title="太极入门")
    make_lecture(venue=hall, title="还没公布", starts=time(14), state=Activity.State.DRAFT)
    wanted(hall, moment(SATURDAY, time(18)), purpose="商会年会").save()
    for name, args in ((DAY, []), ("portal:room_week", [hall.pk])):
        text = page(client, name, *args)
        assert "太极入门" in text
        assert "居民学校" in text
        assert text.count("已预订</span>") == 2
        assert "还没公布" not in text
        assert "商会年会" not in text
        seen = page(as_user(staff_user), name, *args)
        assert "还没公布" in seen
        assert "商会年会" in seen


def test_what_is_called_off_is_not_there(hall: Venue, client: Client) -> None:
    wanted(hall, is_off=True).save()
    assert "entry" not in page(client, DAY)


def test_the_whole_shows_what_its_parts_hold(square: list[Venue], client: Client) -> None:  # noqa: F811
    wanted(square[1]).save()
    text = page(client, DAY)
    assert text.count("已预订</span>") == 2  # in the whole's row and in its own
    assert page(client, "portal:room_week", square[2].pk).count("已预订</span>") == 0


@pytest.mark.parametrize("day", ["2026-13-01", "x", "1999-01-01"])
def test_no_day_of_ours_is_not_found(client: Client, day: str) -> None:
    for name in (DAY, ALL_WEEK):
        assert client.get(reverse(name), {"day": day}).status_code == 404
    assert client.get(reverse("portal:room_week", args=[999_999])).status_code == 404


@pytest.mark.parametrize("name", [DAY, ALL_WEEK, "portal:rooms_wall"])
def test_many_rooms_and_bookings_cost_as_many_queries_as_one(
    make_venue: Callable[..., Venue], make_lecture: Callable, client: Client, name: str
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, name)
        return len(queries)

    make_lecture(venue=make_venue(), starts=time(9))
    wanted(make_venue()).save()
    one = cost()
    for number in range(3):
        venue = make_venue()
        make_lecture(venue=venue, starts=time(9 + 2 * number))
        wanted(venue, HALF_PAST_NINE + timedelta(hours=8)).save()
    assert cost() == one


def test_a_week_says_how_many_and_how_long_it_is_free(
    hall: Venue,
    client: Client,
    square: list[Venue],  # noqa: F811
) -> None:
    wanted(hall).save()
    wanted(square[1]).save()
    wanted(square[2]).save()
    text = page(client, ALL_WEEK)
    assert text.count("1 场") == 3
    assert text.count("2 场") == 1  # the whole square
    assert text.count("空 11 小时") == 4


def test_the_wall_shows_what_goes_on_and_what_comes(
    hall: Venue, make_lecture: Callable, as_user: Callable, staff_user: User
) -> None:
    """The same for staff as for all: their own names for things are not for a wall."""
    now = NOW - timedelta(minutes=NOW.minute, seconds=NOW.second)
    wanted(hall, now - timedelta(minutes=30), purpose="内部会议").save()
    wanted(hall, now + LONG, ends_at=now + LONG + timedelta(hours=1), purpose="排练").save()
    text = page(as_user(staff_user), "portal:rooms_wall")
    assert 'http-equiv="refresh"' in text
    assert text.count("已预订") == 2
    assert "内部会议" not in text


def test_a_room_page_says_what_is_to_know_of_it(client: Client, square: list[Venue]) -> None:  # noqa: F811
    whole = square[0]
    Venue.objects.filter(pk=whole.pk).update(equipment="音箱\n插座", needs_approval=True)
    text = page(client, "portal:room_week", whole.pk)
    for words in ("音箱<br>插座", "广场东区", "每次预订都由工作人员答复"):
        assert words in text
    assert "广场" in page(client, "portal:room_week", square[1].pk)


def test_pages_turn_by_a_day_and_by_a_week(hall: Venue, client: Client) -> None:
    assert f"?day={SATURDAY + timedelta(days=1)}" in page(client, DAY)
    assert f"{reverse('portal:room_week', args=[hall.pk])}?day={SATURDAY + WEEK}" in page(
        client, "portal:room_week", hall.pk
    )


def test_free_times_lead_whoever_may_ask_to_asking_for_them(
    hall: Venue, client: Client, as_user: Callable, staff_user: User
) -> None:
    wanted(hall).save()
    assert "申请使用" not in page(client, DAY)
    seen = page(as_user(staff_user), DAY)
    asking = f"{reverse('venues:request_create')}?venue={hall.pk}&amp;day={SATURDAY}"
    assert f"{asking}&amp;starts=08%3A00&amp;ends=09%3A30" in seen
    assert f"{asking}&amp;starts=11%3A00&amp;ends=12%3A30" in seen
