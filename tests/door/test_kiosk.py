"""A tablet on which people check themselves in, and nothing else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.activities.models import Attendance, Occasion
from diedie_edu.common.links import token
from diedie_edu.door.actions.kiosk import find_people
from diedie_edu.door.queries import attendance
from diedie_edu.people.models import Household, Resident
from residents_school.models import Lecture
from tests.door.conftest import AT_THE_DOOR, came
from tests.support.refusals import code_of
from tests.support.seats import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
KIOSK = "/kiosk/"


@pytest.fixture
def tablet(
    occasion: Occasion, guest: Resident, staff_user: User, as_user: Callable[[User], Client], clock
) -> Client:
    """A browser that somebody of the staff has made the kiosk of the occasion, at 9:21."""
    clock.move_to(AT_THE_DOOR)
    browser = as_user(staff_user)
    browser.post(reverse("door:kiosk_unlock", args=[occasion.pk]))
    return browser


def type_in(tablet: Client, digits: str) -> str:
    return tablet.post(KIOSK, {"digits": digits}).text


def test_making_a_kiosk_signs_staff_out(tablet: Client, occasion: Occasion) -> None:
    assert "请签到" in tablet.get(KIOSK).text
    for page in ("/desk/", reverse("door:door", args=[occasion.pk]), "/me/", "/admin/"):
        assert tablet.get(page).headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("digits", ["5678", "13812345678"])
def test_digits_of_the_phone_check_in(
    digits: str, tablet: Client, guest: Resident, staff_user: User
) -> None:
    answer = tablet.post(KIOSK, {"digits": digits})
    assert "王*英，欢迎您" in answer.text
    assert "王小英" not in answer.text
    assert answer["Refresh"] == "6; url=/kiosk/"
    kept = Attendance.objects.get()
    assert (kept.resident, kept.how, kept.recorded_by) == (guest, "kiosk", staff_user)


def test_the_number_of_the_ticket_checks_in(
    tablet: Client, occasion: Occasion, guest: Resident
) -> None:
    assert "欢迎您" in type_in(tablet, attendance.ticket_code(occasion.pk, guest.pk))


def test_keys_work_without_javascript(tablet: Client) -> None:
    assert 'value="567"' in tablet.post(KIOSK, {"digits": "56", "key": "7"}).text
    assert 'value="5"' in tablet.post(KIOSK, {"digits": "56", "key": "back"}).text
    assert not Attendance.objects.exists()


def test_several_who_fit_pick_themselves(
    tablet: Client, occasion: Occasion, make_resident: Callable[..., Resident]
) -> None:
    other = make_resident(full_name="陈建城", phone="13900005678")
    enter(occasion.activity, other)
    said = type_in(tablet, "5678")
    assert "王*英" in said
    assert "陈*城" in said
    assert not Attendance.objects.exists()
    tablet.post(KIOSK, {"person": token("kiosk_pick", occasion.pk, other.pk)})
    assert Attendance.objects.get().resident == other


def test_nobody_is_picked_who_was_not_offered(
    tablet: Client, occasion: Occasion, guest: Resident
) -> None:
    for forged in (str(guest.pk), token("kiosk_pick", occasion.pk + 1, guest.pk), "x"):
        tablet.post(KIOSK, {"person": forged})
    assert not Attendance.objects.exists()


def test_whoever_is_in_is_told_since_when(
    tablet: Client, occasion: Occasion, guest: Resident
) -> None:
    came(occasion, guest)
    assert "您已于09:21签到" in type_in(tablet, "5678")


def test_numbers_cannot_be_tried_out(tablet: Client, clock, settings: LazySettings) -> None:
    settings.KIOSK_MISSES = 3
    for number in range(3):
        assert "没有找到" in type_in(tablet, f"000{number}")
    assert "工作人员这边" in type_in(tablet, "5678")
    assert not Attendance.objects.exists()
    clock.shift(timedelta(minutes=5))
    assert "欢迎您" in type_in(tablet, "5678")


def test_the_action_itself_says_no_to_whoever_tries_numbers_out(
    occasion: Occasion, guest: Resident, settings: LazySettings
) -> None:
    settings.KIOSK_MISSES = 1
    find = lambda digits: code_of(  # noqa: E731
        lambda: find_people(occasion=occasion, digits=digits, now=AT_THE_DOOR)
    )
    assert [find(digits) for digits in ("678", "5678", "0001", "5678")] == [
        "few_digits",
        None,
        "unknown",
        "too_many",
    ]


def test_three_digits_tell_nothing(tablet: Client) -> None:
    assert "至少输入手机号的后四位" in type_in(tablet, "678")


@pytest.fixture
def named_tablet(
    occasion: Occasion, guest: Resident, staff_user: User, as_user: Callable[[User], Client], clock
) -> Client:
    """A kiosk that staff let find by name too."""
    clock.move_to(AT_THE_DOOR)
    browser = as_user(staff_user)
    browser.post(reverse("door:kiosk_unlock", args=[occasion.pk]), {"by_name": "1"})
    return browser


@pytest.mark.parametrize("letters", ["wxy", "WangXiao", "wangxiaoying", "小英"])
def test_where_staff_let_it_a_name_is_found_and_stays_covered(
    letters: str, named_tablet: Client, occasion: Occasion, guest: Resident
) -> None:
    said = type_in(named_tablet, letters)
    assert "王*英" in said
    assert "王小英" not in said
    assert not Attendance.objects.exists(), "how a name begins is a choice"
    named_tablet.post(KIOSK, {"person": token("kiosk_pick", occasion.pk, guest.pk)})
    assert Attendance.objects.get().resident == guest


def test_letters_are_keys_on_such_a_kiosk(named_tablet: Client) -> None:
    assert 'value="w"' in named_tablet.get(KIOSK).text
    assert 'value="wx"' in named_tablet.post(KIOSK, {"digits": "w", "key": "x"}).text
    assert "至少两个" in type_in(named_tablet, "w")


def test_an_ordinary_kiosk_knows_no_letters(tablet: Client) -> None:
    assert 'value="w"' not in tablet.get(KIOSK).text
    assert "后四位" in type_in(tablet, "wxy")
    assert not Attendance.objects.exists()


def test_a_house_number_is_no_proof_at_a_kiosk(tablet: Client, guest: Resident) -> None:
    guest.household = Household.objects.create(label="12-3-1501")
    guest.save()
    assert "没有找到" in type_in(tablet, "1501")


def test_a_kiosk_knows_its_own_occasion_alone(
    tablet: Client, make_lecture: Callable[..., Lecture], make_resident: Callable[..., Resident]
) -> None:
    enter(make_lecture(), make_resident(phone="13900004321"))
    assert "没有找到" in type_in(tablet, "4321")


def test_a_kiosk_closes_with_the_occasion(tablet: Client, clock) -> None:
    clock.shift(timedelta(minutes=99))
    assert "自助签到未开启" in tablet.get(KIOSK).text
    assert "未开启" in type_in(tablet, "5678")
    assert not Attendance.objects.exists()


def test_a_kiosk_closes_when_its_staff_lose_the_role(tablet: Client, staff_user: User) -> None:
    RoleGrant.objects.filter(user=staff_user).delete()
    assert "未开启" in tablet.get(KIOSK).text


@pytest.mark.parametrize("forged", ["", "x", "1-2-9999999999-000000000000000000000000"])
def test_no_other_device_is_a_kiosk(forged: str, client: Client, guest: Resident, clock) -> None:
    clock.move_to(AT_THE_DOOR)
    client.cookies["kiosk"] = forged
    assert "未开启" in client.get(KIOSK).text
    assert "未开启" in type_in(client, "5678")


def test_putting_a_kiosk_away_is_asked_first(tablet: Client) -> None:
    assert "收起" in tablet.get("/kiosk/lock/").text
    assert "未开启" not in tablet.get(KIOSK).text


def test_staff_put_the_kiosk_away_on_its_page(tablet: Client) -> None:
    away = reverse("door:kiosk_lock")
    assert away in tablet.get(KIOSK).text
    tablet.post(away)
    assert "自助签到未开启" in tablet.get(KIOSK).text
