"""Bookings out in a list, and requests of partners and programmes in by one."""

from collections.abc import Callable

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.lists.kinds import list_kind
from diedie_edu.people.models import Organisation
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.models import RoomRequest, Venue
from tests.conftest import NOW
from tests.venues.conftest import HALF_PAST_NINE, WEEK, wanted

HEADER = ["场地", "日期", "开始", "结束", "用途", "项目", "合作单位"]
DAY, STARTS, ENDS = "2026-11-28", "09:30", "11:00"
ROW = ["图书室", DAY, STARTS, ENDS, "书画交流", "", "书画院"]


@pytest.fixture
def partner(db: None) -> Organisation:
    return Organisation.objects.create(title="书画院", kind="civil_group")


@pytest.mark.django_db(transaction=True)
def test_rows_ask_for_rooms_by_the_action_behind_the_page(
    loaded: Callable,
    room: Venue,
    partner: Organisation,
    programme: Programme,
) -> None:
    own = ["图书室", DAY, "13:00", "14:00", "备课会", "居民学校", ""]
    job = loaded(HEADER, ROW, own, kind="bookings")
    assert job.status == "done"
    found = [
        (row.whose, row.programme, row.organisation) for row in RoomRequest.objects.order_by("pk")
    ]
    assert found == [("书画院", None, partner), ("居民学校", programme, None)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "words"),
    [
        ([*ROW[:5], "居民学校", "书画院"], "one of both"),
        ([*ROW[:5], "", ""], "one of both"),
        (["没有的室", *ROW[1:]], "no such venue"),
        ([*ROW[:3], "09:00", *ROW[4:]], "end must come after"),
    ],
)
def test_what_is_wrong_is_a_fault_with_a_place(
    checked: Callable,
    room: Venue,
    partner: Organisation,
    programme: Programme,
    row: list[str],
    words: str,
) -> None:
    job = checked(HEADER, row, kind="bookings")
    [fault] = job.faults
    assert words in fault["message"]


@pytest.mark.django_db
def test_a_taken_room_is_a_fault_and_nothing_is_asked_for(
    checked: Callable,
    room: Venue,
    partner: Organisation,
) -> None:
    bookings.book(wanted=[wanted(room, purpose="社区大会")])
    later = [*ROW[:2], "10:00", "11:30", *ROW[4:]]
    job = checked(HEADER, later, kind="bookings")
    [fault] = job.faults
    assert "社区大会" in fault["message"]
    assert not RoomRequest.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_went_out_comes_back_unchanged(
    loaded: Callable,
    checked: Callable,
    room: Venue,
    partner: Organisation,
    staff_user: User,
) -> None:
    loaded(HEADER, ROW, kind="bookings")
    _columns, rows = list_kind("bookings").exported(staff_user, NOW.date())
    [row] = rows
    assert (row["venue"], row["purpose"], str(row["partner"])) == (ROW[0], ROW[4], ROW[6])
    job = checked(HEADER, ROW, kind="bookings")
    assert (job.rows_same, job.rows_new) == (1, 0)


@pytest.mark.django_db
def test_a_lead_takes_out_the_own_programmes_alone(
    room: Venue, programme: Programme, make_user: Callable[..., User]
) -> None:
    bookings.book(wanted=[wanted(room, programme=programme), wanted(room, HALF_PAST_NINE + WEEK)])
    lead = make_user(Role.PROGRAMME_LEAD, scope=programme.slug)
    assert list_kind("bookings").rows(lead, NOW.date()).count() == 1
    other = make_user(Role.PROGRAMME_LEAD, scope="happy-square")
    assert list_kind("bookings").rows(other, NOW.date()).count() == 0
