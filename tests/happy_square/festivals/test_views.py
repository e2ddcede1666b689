"""The pages of festivals: for everybody, for leaders who answer, for staff who prepare."""

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from happy_square.models import Festival, FestivalItem
from tests.conftest import NOW
from tests.support.counting import queries_of
from tests.support.duties import make_volunteer
from tests.support.festivals import BEGINS, invited, item, make_festival
from tests.support.groups import lead, make_group, make_place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def of(name: str, *numbers: int) -> str:
    return reverse(f"happy_square:{name}", args=numbers)


@pytest.fixture
def staff(as_user, staff_user: User) -> Client:
    return as_user(staff_user)


def test_residents_see_what_is_announced(client, festival, staff_user) -> None:
    early = {"starts_at": BEGINS.replace(hour=6), "ends_at": BEGINS.replace(hour=7)}
    make_festival(staff_user, announced=False, title="还没定", **early)
    page = client.get(of("festival_list")).text
    assert "邻里联欢" in page
    assert "还没定" not in page


def test_the_page_tells_the_running_order_with_times(client, festival, group, staff_user) -> None:
    row = invited(festival, group, staff_user)
    item(festival, 5)
    item(festival, 8, row)
    page = client.get(of("festival", festival.pk)).text
    second = f"{BEGINS:%H}:05"
    assert second in page
    assert group.title in page


def test_its_pages_cost_the_same_with_one_item_and_many(
    client, staff, festival, group, staff_user
) -> None:
    row = invited(festival, group, staff_user)
    item(festival, 5, row)
    pages = [(client, of("festival", festival.pk)), (staff, of("festival_order", festival.pk))]
    before = [queries_of(*page) for page in pages]
    for _number in range(3):
        item(festival, 5, invited(festival, make_group(), staff_user))
    assert [queries_of(*page) for page in pages] == before


def test_a_leader_answers_on_a_page_of_their_own(
    as_user, festival, group, resident_user, staff_user
) -> None:
    row = invited(festival, group, staff_user, yes=False)
    url = of("festival_invitation", row.pk)
    told = {"yes": "1", "title": "扇子舞", "minutes": "6", "word": "一定来"}
    assert as_user(resident_user).post(url, told).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.answered_by, row.word) == ("accepted", resident_user, "一定来")
    assert FestivalItem.objects.get().title == "扇子舞"


def test_another_leader_does_not_find_it(as_user, festival, group, stranger, staff_user) -> None:
    lead(make_group(), stranger.resident)
    row = invited(festival, group, staff_user, yes=False)
    page = as_user(stranger).get(of("festival_invitation", row.pk))
    assert page.status_code == 404


def test_staff_plan_one_and_go_on_to_prepare_it(staff, group) -> None:
    told = {
        "title": "元宵联欢",
        "capacity": "60",
        "changing_minutes": "10",
        "day": "2026-12-12",
        "starts": "19:00",
        "ends": "21:00",
        "venue": str(make_place().pk),
    }
    response = staff.post(of("festival_create"), told)
    made = Festival.objects.get()
    assert response["Location"] == of("festival_order", made.pk)
    assert made.state == "draft"


def test_everything_is_prepared_on_one_page(staff, festival, group, staff_user) -> None:
    helper = make_volunteer("柏大雪")
    staff.post(of("festival_invite", festival.pk), {"groups": [group.pk], "note": "请来"})
    row = festival.invitations.get()
    item_told = {"title": "扇子舞", "minutes": "6", "invitation": row.pk}
    staff.post(of("festival_item_add", festival.pk), item_told)
    staff.post(of("festival_item_add", festival.pk), {"title": "报幕", "minutes": "2"})
    staff.post(of("festival_helper_add", festival.pk), {"volunteer": helper.pk})
    last = festival.items.latest("place")
    staff.post(of("festival_item_move", festival.pk, last.pk), {"up": "1"})
    page = staff.get(of("festival_order", festival.pk)).text
    assert page.index("报幕") < page.index("扇子舞")
    assert "柏大雪" in page
    assert festival.invitations.get().note == "请来"


def test_what_does_not_work_out_is_pointed_out(staff, festival, group, staff_user) -> None:
    row = invited(festival, group, staff_user)
    for minutes in (60, 5, 60):
        item(festival, minutes, row if minutes == 60 else None)
    page = staff.get(of("festival_order", festival.pk)).text
    assert "换装需要" in page
    assert "多出 5 分钟" in page


def test_the_printed_running_order_has_what_the_stage_needs(staff, festival, staff_user) -> None:
    made = item(festival, 5)
    FestivalItem.objects.filter(pk=made.pk).update(needs="两支话筒")
    assert "两支话筒" in staff.get(of("festival_sheet", festival.pk)).text


def test_a_festival_without_sign_up_offers_no_button(client, festival, staff_user) -> None:
    assert "登录后报名" not in client.get(of("festival", festival.pk)).text
    with_seats = make_festival(
        staff_user,
        needs_sign_up=True,
        starts_at=BEGINS.replace(hour=6),
        ends_at=BEGINS.replace(hour=7),
    )
    assert "登录后报名" in client.get(of("festival", with_seats.pk)).text


def test_the_desk_says_what_is_missing(staff, staff_user) -> None:
    soon = NOW.replace(day=28, hour=15)
    make_festival(staff_user, announced=False, starts_at=soon, ends_at=soon.replace(hour=17))
    page = staff.get("/desk/").text
    assert "还没有节目单" in page


def test_a_leader_finds_the_invitation_on_my_page(
    as_user, festival, group, resident_user, stranger, staff_user
) -> None:
    row = invited(festival, group, staff_user, yes=False)
    assert of("festival_invitation", row.pk) in as_user(resident_user).get("/me/").text
    assert of("festival_invitation", row.pk) not in as_user(stranger).get("/me/").text
