"""The pages of one occasion, for the staff at its door."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Attendance, Occasion
from diedie_edu.people.models import Household, Resident
from tests.door.conftest import AFTERWARDS, AT_THE_DOOR, came
from tests.support.counting import queries_of
from tests.support.seats import enter, fill, make_residents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def staff(staff_user: User, as_user: Callable[[User], Client], clock) -> Client:
    """Somebody of the staff, at 9:21 on the day."""
    clock.move_to(AT_THE_DOOR)
    return as_user(staff_user)


def send(client: Client, occasion: Occasion, page: str, **form: object) -> str:
    url = reverse(f"door:{page}", args=[occasion.pk])
    return client.post(url, form, follow=True).text


def show(client: Client, occasion: Occasion, page: str = "door") -> str:
    return client.get(reverse(f"door:{page}", args=[occasion.pk])).text


# --- The list --------------------------------------------------------------------------


def test_the_list_goes_by_pinyin_and_one_tap_checks_in(
    staff: Client, occasion: Occasion, guest: Resident, make_resident: Callable
) -> None:
    enter(occasion.activity, make_resident(full_name="陈建城"))
    said = show(staff, occasion)
    assert said.index("陈建城") < said.index("王小英")
    assert "138****5678" in said
    assert "王小英 已签到" in send(staff, occasion, "arrived", resident=guest.pk)
    assert "09:21" in show(staff, occasion)


def test_a_second_tap_says_since_when(staff: Client, occasion: Occasion, guest: Resident) -> None:
    came(occasion, guest)
    assert "已于09:21签到" in send(staff, occasion, "arrived", resident=guest.pk)


def test_a_mistake_is_taken_back(staff: Client, occasion: Occasion, guest: Resident) -> None:
    came(occasion, guest)
    assert "已撤销" in send(staff, occasion, "undo", resident=guest.pk)
    assert not Attendance.objects.exists()


def test_a_resident_who_is_none_is_not_found(staff: Client, occasion: Occasion) -> None:
    url = reverse("door:arrived", args=[occasion.pk])
    assert staff.post(url, {"resident": "nobody"}).status_code == 404


def test_nothing_of_the_list_is_kept_by_the_browser(staff: Client, occasion: Occasion) -> None:
    answer = staff.get(reverse("door:door", args=[occasion.pk]))
    assert "no-store" in answer["Cache-Control"]


def test_the_list_costs_the_same_with_more_people(staff: Client, occasion: Occasion) -> None:
    url = reverse("door:door", args=[occasion.pk])
    occasion.activity.capacity = 9
    occasion.activity.save()
    came(occasion, fill(occasion.activity, 1)[0].resident)
    for_one = queries_of(staff, url)
    for row in fill(occasion.activity, 3):
        came(occasion, row.resident)
    assert queries_of(staff, url) == for_one


# --- Finding ---------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["建城", "chenjian", "Chen Jian", "cjc", "5678", "13900005678"])
def test_people_are_found_by_name_pinyin_and_phone(
    words: str, staff: Client, occasion: Occasion, make_resident: Callable[..., Resident]
) -> None:
    make_resident(full_name="陈建城", phone="13900005678")
    make_resident(full_name="何立春", phone="13900001234")
    said = send(staff, occasion, "find", words=words)
    assert "陈建城" in said
    assert "何立春" not in said


def test_people_are_found_by_the_phone_of_their_household(
    staff: Client, occasion: Occasion, make_resident: Callable[..., Resident]
) -> None:
    home = Household.objects.create(label="1-1-101", phone="0757-81234567")
    make_resident(full_name="林小暑", household=home)
    assert "林小暑" in send(staff, occasion, "find", words="4567")


def test_two_digits_are_too_few(staff: Client, occasion: Occasion, guest: Resident) -> None:
    assert "请输入手机号的至少四位数字，或房号。" in send(staff, occasion, "find", words="78")


def test_three_digits_are_of_a_house_and_of_no_phone(
    staff: Client, occasion: Occasion, guest: Resident, make_resident: Callable[..., Resident]
) -> None:
    make_resident(full_name="陈建城", household=Household.objects.create(label="12-3-501"))
    assert "陈建城" in send(staff, occasion, "find", words="501")
    said = send(staff, occasion, "find", words="678")
    assert "王小英" not in said
    assert "换姓名里的另一个字、拼音，或手机号后四位再试试。" in said
    assert 'name="phone" value' not in said


def test_finding_costs_the_same_for_more_people(staff: Client, occasion: Occasion) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            send(staff, occasion, "find", words="街坊")
        return len(queries)

    make_residents(1)
    cost()
    for_one = cost()
    make_residents(3)
    assert cost() == for_one


# --- Walking in ------------------------------------------------------------------------


def test_somebody_of_the_register_walks_in(
    staff: Client, occasion: Occasion, make_resident: Callable[..., Resident]
) -> None:
    person = make_resident(full_name="陈建城")
    assert "让进场" in send(staff, occasion, "find", words="陈建城")
    assert "陈建城 已签到" in send(staff, occasion, "walk_in", resident=person.pk)
    assert Attendance.objects.get().how == "walk_in"


def test_a_full_room_asks_for_a_reason(
    staff: Client, occasion: Occasion, make_resident: Callable[..., Resident]
) -> None:
    fill(occasion.activity, 2)
    person = make_resident(full_name="陈建城")
    said = send(staff, occasion, "walk_in", resident=person.pk)
    assert "可容纳60人" in said
    assert "有人报了名没来" in said
    send(staff, occasion, "walk_in", resident=person.pk, reason="有人报了名没来")
    assert Attendance.objects.get().reason == "有人报了名没来"


NEW = {"full_name": "新来的", "phone": "139 0000 1111", "is_grown": "yes"}


def test_a_newcomer_is_entered(staff: Client, occasion: Occasion) -> None:
    assert "新来的 已签到" in send(staff, occasion, "newcomer", **NEW)
    assert Resident.objects.get(full_name="新来的").phone == "13900001111"


def test_nothing_of_a_child_is_stored(staff: Client, occasion: Occasion) -> None:
    said = send(staff, occasion, "newcomer", **NEW | {"is_grown": "no"})
    assert "监护人" in said
    assert "新来的" in said
    assert not Resident.objects.filter(full_name="新来的").exists()


def test_nobody_is_entered_whose_age_was_not_asked(staff: Client, occasion: Occasion) -> None:
    send(staff, occasion, "newcomer", full_name="新来的")
    assert not Resident.objects.filter(full_name="新来的").exists()


def test_a_newcomer_to_a_full_room_needs_a_reason(staff: Client, occasion: Occasion) -> None:
    fill(occasion.activity, 2)
    said = send(staff, occasion, "newcomer", **NEW)
    assert 'name="full_name" value="新来的"' in said
    assert not Resident.objects.filter(full_name="新来的").exists()
    send(staff, occasion, "newcomer", **NEW, reason="加座")
    assert Attendance.objects.get().is_extra


# --- The sheet -------------------------------------------------------------------------


def test_a_sheet_is_typed_in_afterwards(
    staff: Client, occasion: Occasion, guest: Resident, clock
) -> None:
    clock.move_to(AFTERWARDS)
    assert "王小英" in show(staff, occasion, "sheet")
    assert "已补录1人" in send(staff, occasion, "sheet", signed=[guest.pk])
    assert "报名的人都已登记" in show(staff, occasion, "sheet")


def test_a_sheet_takes_nobody_who_holds_no_seat(
    staff: Client, occasion: Occasion, guest: Resident, stranger: User, clock
) -> None:
    clock.move_to(AFTERWARDS)
    send(staff, occasion, "sheet", signed=[stranger.resident.pk])
    assert not Attendance.objects.exists()


# --- The ways there --------------------------------------------------------------------


def test_the_desk_leads_to_the_door(staff: Client, occasion: Occasion) -> None:
    door = reverse("door:door", args=[occasion.pk])
    assert door in staff.get("/desk/").text
    assert door in staff.get("/lectures/staff/").text


def test_the_door_leads_to_the_printed_sheet(staff: Client, occasion: Occasion) -> None:
    assert f"/lectures/staff/{occasion.activity_id}/sheet/" in show(staff, occasion)
