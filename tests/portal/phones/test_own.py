"""One's own new number: a code to it, a message to both, and what ends with the old one."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.crypto import unseal
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from diedie_edu.notices.text_messages import key_of
from diedie_edu.people.models import Household, PersonEvent, PhoneChange, Resident
from diedie_edu.portal.phones.actions import put_due
from tests.support.counting import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NEW = "13711110000"
PAGE, CODE = "/me/phone/", "/me/phone/code/"


def enter(client: Client, phone: str = NEW, **more: str) -> object:
    """Ask for a code to the number, and enter it; the page after it."""
    client.post(PAGE, {"phone": phone} | more)
    code = unseal(Notice.objects.filter(address=phone).latest("pk").sealed)
    return client.post(CODE, {"code": code}, follow=True)


def sent_to(phone: str) -> list[str]:
    rows = Notice.objects.filter(address=phone).exclude(subject__startswith="code:").order_by("pk")
    return [row.kind.removeprefix("portal.") for row in rows]


def stop_page(phone: str) -> str:
    notice = Notice.objects.filter(address=phone).exclude(subject__startswith="code:").latest("pk")
    return Client().get(f"/m/{key_of(notice.reference)}")["Location"]


@pytest.fixture
def phone(resident_user: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(resident_user)


def test_a_code_to_the_new_number_changes_it_and_both_are_told(
    phone: Client, resident_user: User, as_user: Callable[[User], Client]
) -> None:
    old, elsewhere = resident_user.phone, as_user(resident_user)
    assert "新号码已经生效" in enter(phone).text
    assert User.objects.get(pk=resident_user.pk).phone == NEW
    assert (sent_to(old), sent_to(NEW)) == (["old_phone_done"], ["new_phone_done"])
    assert phone.get(PAGE).status_code == 200, "this session goes on"
    assert elsewhere.get(PAGE).status_code == 302, "the others end"
    line = PersonEvent.objects.get(resident=resident_user.resident)
    assert (line.kind, line.by) == ("phone", resident_user)


def test_a_wrong_code_changes_nothing(phone: Client, resident_user: User) -> None:
    phone.post(PAGE, {"phone": NEW})
    assert phone.post(CODE, {"code": "000000"}).context["form"].errors
    assert not PhoneChange.objects.exists()
    assert User.objects.get(pk=resident_user.pk).phone == resident_user.phone


def test_whose_number_it_is_nobody_learns_before_the_code(phone: Client, stranger: User) -> None:
    assert phone.post(PAGE, {"phone": stranger.phone}).url == CODE
    assert "已另有账号" in enter(phone, stranger.phone).text
    assert not PhoneChange.objects.exists()


def test_the_same_number_or_a_landline_is_said_beside_it(
    phone: Client, resident_user: User
) -> None:
    for number in (resident_user.phone, "0757-81234567"):
        assert phone.post(PAGE, {"phone": number}).context["form"].errors["phone"]


def test_staff_wait_a_day_and_the_old_number_gets_nothing_after_it(
    make_user: Callable[..., User], as_user: Callable[[User], Client], now: datetime
) -> None:
    user = make_user(Role.STAFF)
    page = as_user(user)
    assert "等待生效" in enter(page).text
    assert (sent_to(user.phone), sent_to(NEW)) == (["old_phone_waits"], ["new_phone_waits"])
    assert put_due(now + timedelta(hours=23)) == 0
    later = now + timedelta(days=1)
    assert (put_due(later), put_due(later)) == (1, 0)
    assert User.objects.get(pk=user.pk).phone == NEW
    assert sent_to(user.phone) == ["old_phone_waits"]
    assert page.get(PAGE).status_code == 302, "and every session ends"


def test_who_has_another_account_meanwhile_hears_of_it_by_the_old_number(
    make_user: Callable[..., User], as_user: Callable[[User], Client], now: datetime
) -> None:
    user = make_user(Role.STAFF)
    enter(as_user(user))
    make_user(Role.RESIDENT, phone=NEW)
    put_due(now + timedelta(days=1))
    told = Notice.objects.filter(kind="portal.phone_taken", recipient=user.resident)
    assert {row.channel for row in told} == {"inbox", "sms"}
    assert User.objects.get(pk=user.pk).phone == user.phone


def test_one_thinks_better_of_it(make_user: Callable[..., User], as_user: Callable) -> None:
    page = as_user(make_user(Role.STAFF))
    enter(page)
    assert "号码保持不变" in page.post("/me/phone/back/", follow=True).text
    assert PhoneChange.objects.get().ending == PhoneChange.Ending.TAKEN_BACK


# --- From the old number -----------------------------------------------------------------


def test_looking_at_the_link_stops_nothing_and_the_button_puts_it_back(
    phone: Client, resident_user: User, staff_user: User
) -> None:
    enter(phone)
    page = stop_page(resident_user.phone)
    assert Client().get(page).context["may_stop"]
    assert User.objects.get(pk=resident_user.pk).phone == NEW
    assert "旧号码继续有效" in Client().post(page, follow=True).text
    assert User.objects.get(pk=resident_user.pk).phone == resident_user.phone
    assert sent_to(NEW)[-1] == "phone_stopped"
    told = Notice.objects.filter(kind="portal.phone_stopped_for_staff", recipient=None)
    assert {row.account_id for row in told} == {staff_user.pk}
    link = render(told.first(), "zh-hans").path
    assert link == f"/desk/people/{resident_user.resident.pk}/phone/"
    assert phone.get(PAGE).status_code == 302, "whoever did it is signed out"


def test_the_link_names_nobody_and_no_number(phone: Client, resident_user: User) -> None:
    enter(phone)
    text = Client().get(stop_page(resident_user.phone)).text
    assert not [word for word in (resident_user.display_name, NEW) if word in text]


# --- Who has the number too ---------------------------------------------------------------


def test_the_family_is_named_and_ticked(phone: Client, resident_user: User) -> None:
    home = Household.objects.create(label="1-1-101", phone=resident_user.phone)
    own = Resident.objects.filter(account=resident_user)
    own.update(household=home)
    mother = Resident.objects.create(full_name="何清明", household=home, phone=resident_user.phone)
    text = phone.get(PAGE).text
    assert "何清明" in text
    assert "家庭电话" in text
    enter(phone, takes_along="on")
    assert Resident.objects.get(pk=mother.pk).phone == NEW
    assert Household.objects.get().phone == NEW


def test_queries_do_not_grow_with_the_family(phone: Client, resident_user: User) -> None:
    home = Household.objects.create(label="1-1-101")
    Resident.objects.filter(account=resident_user).update(household=home)
    phone.get(PAGE)
    before = queries_of(phone, PAGE)
    for number in range(3):
        Resident.objects.create(
            full_name=f"家人{number}", household=home, phone=resident_user.phone
        )
    assert queries_of(phone, PAGE) == before
