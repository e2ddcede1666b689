"""The service desk changes a phone after seeing the person."""

from collections.abc import Callable

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import ChildAccess, PersonEvent, PhoneChange, Resident
from tests.conftest import NOW
from tests.support.children import consented

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NEW = "13711110000"
FORM = {"phone": NEW, "reason": "手机丢了", "has_seen": "on"}


@pytest.fixture
def desk(staff_user: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(staff_user)


def page_of(person: Resident) -> str:
    return f"/desk/people/{person.pk}/phone/"


def test_it_is_looked_over_first_and_then_done(
    desk: Client, resident_user: User, staff_user: User
) -> None:
    own = resident_user.resident
    preview = desk.post(page_of(own), FORM)
    assert preview.context["is_preview"]
    assert not PhoneChange.objects.exists()
    assert desk.post(page_of(own), FORM | {"do": "1"}).status_code == 302
    assert {User.objects.get(pk=resident_user.pk).phone} == {NEW}
    line = PersonEvent.objects.get(resident=own)
    assert (line.kind, line.reason, line.by) == ("phone", "手机丢了", staff_user)
    old = Notice.objects.get(address=resident_user.phone)
    assert old.kind == "portal.old_phone_seen"
    assert "手机丢了" in desk.get(page_of(own)).text


def test_it_can_be_corrected_before(desk: Client, resident_user: User) -> None:
    answer = desk.post(page_of(resident_user.resident), FORM | {"edit": "1"})
    assert not answer.context["is_preview"]


@pytest.mark.parametrize("left_out", ["phone", "reason", "has_seen"])
def test_nothing_may_be_left_out(desk: Client, resident_user: User, left_out: str) -> None:
    answer = desk.post(page_of(resident_user.resident), FORM | {left_out: "", "do": "1"})
    assert list(answer.context["form"].errors) == [left_out]
    assert not PhoneChange.objects.exists()


def test_a_number_of_another_account_is_refused_beside_it(
    desk: Client, resident_user: User, stranger: User
) -> None:
    form = FORM | {"phone": stranger.phone, "do": "1"}
    assert "phone" in desk.post(page_of(resident_user.resident), form).context["form"].errors


def test_a_number_that_is_a_strangers_is_taken_out(desk: Client, make_resident: Callable) -> None:
    elder = make_resident(phone="13800001111")
    desk.post(page_of(elder), FORM | {"phone": "", "do": "1"})
    assert Resident.objects.get(pk=elder.pk).phone == ""
    assert [row.address for row in Notice.objects.all()] == ["13800001111"]


def test_who_may_do_more_or_is_oneself_is_refused(
    desk: Client, staff_user: User, make_user: Callable[..., User]
) -> None:
    for user in (make_user(Role.BRANCH_LEAD), staff_user):
        assert desk.get(page_of(user.resident)).context["refusal"]
        desk.post(page_of(user.resident), FORM | {"do": "1"})
    assert not PhoneChange.objects.exists()


def test_a_look_at_a_child_is_logged(desk: Client, make_resident: Callable) -> None:
    child = consented(make_resident(birth_date=NOW.date().replace(year=2018)))
    desk.get(page_of(child))
    assert ChildAccess.objects.filter(child_number=child.pk, page="phone").exists()


def test_a_list_and_the_admin_site_leave_the_phone_of_an_account_alone(
    desk: Client, resident_user: User
) -> None:
    page = desk.get(f"/admin/people/resident/{resident_user.resident.pk}/change/")
    assert "phone" not in page.context["adminform"].form.fields
    assert resident_user.phone in page.text
