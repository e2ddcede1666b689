"""Entering somebody at the desk, and one's own family on the phone: the pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from diedie_edu.accounts.models import OneTimeCode, User
from diedie_edu.activities.models import SignUp
from diedie_edu.common.crypto import unseal
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NEW, ADD, CODE = "/desk/people/new/", "/me/family/add/", "/me/family/code/"


@pytest.fixture
def desk(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


@pytest.fixture
def phone(as_user: Callable[[User], Client], resident_user: User) -> Client:
    return as_user(resident_user)


def rows(*people: dict[str, str], **house: object) -> dict[str, object]:
    """What the desk's form sends."""
    sent: dict[str, object] = {"p-TOTAL_FORMS": 6, "p-INITIAL_FORMS": 1, **house}
    sent.setdefault("residency", "permanent")
    for number, person in enumerate(people):
        sent |= {f"p-{number}-{name}": value for name, value in person.items()}
    return sent


def grown(name: str, **more: str) -> dict[str, str]:
    return {"full_name": name, "is_grown": "on", **more}


def test_an_elder_without_a_phone_is_entered_and_signed_up_on_one_page(desk, make_lecture):
    lecture = make_lecture()
    said = desk.post(NEW, rows(grown("王小英"), activity=lecture.pk), follow=True).text
    person = Resident.objects.get(full_name="王小英")
    assert SignUp.objects.get(activity=lecture.pk).resident == person
    assert "已为王小英报名" in said


def test_a_family_is_entered_in_one_form(desk):
    desk.post(NEW, rows(grown("陈建城"), grown("李梅"), house="12-3-501"))
    assert {row.household.label for row in Resident.objects.filter(household__isnull=False)} == {
        "12-3-501"
    }
    assert "房号" in desk.post(NEW, rows(grown("张三丰"), grown("李时珍"))).text


def test_a_name_of_the_register_is_asked_about(desk, make_resident):
    known = make_resident(full_name="陈建城", phone="13812345678")
    said = desk.post(NEW, rows(grown("陈建城"))).text
    assert "138****5678" in said
    desk.post(NEW, rows(grown("陈建城", known=str(known.pk)), house="9-1-101"))
    known.refresh_from_db()
    assert known.household.label == "9-1-101"
    desk.post(NEW, rows(grown("陈建城", known="new")))
    assert Resident.objects.filter(full_name="陈建城").count() == 2


def test_a_child_is_not_entered(desk):
    said = desk.post(NEW, rows({"full_name": "陈小宝"})).text
    assert "监护人同意" in said
    assert not Resident.objects.filter(full_name="陈小宝").exists()


def test_what_was_looked_for_is_there_already(desk):
    said = desk.post("/desk/people/", {"words": "吴用"}).text
    assert 'name="guess" value="吴用"' in said
    assert 'value="吴用"' in desk.post(NEW, {"guess": "吴用"}).text


def relative(**more: str) -> dict[str, str]:
    return {"full_name": "李梅", "age": "grown", "house": "12-3-501", "agrees": "on", **more}


def test_a_resident_adds_a_parent_without_a_phone(phone):
    assert "李梅已加入" in phone.post(ADD, relative(), follow=True).text
    assert "由您代为报名" in phone.get("/me/family/").text


def test_whoever_has_a_phone_agrees_by_a_code(phone):
    phone.post(ADD, relative(phone="13955550001"))
    assert not Resident.objects.filter(full_name="李梅").exists()
    assert "139****0001" in phone.get(CODE).text
    code = unseal(Notice.objects.get(address="13955550001").sealed)
    phone.post(CODE, {"code": f"{(int(code) + 1) % 10**6:06d}"})
    assert not Resident.objects.filter(full_name="李梅").exists()
    assert "李梅已加入" in phone.post(CODE, {"code": code}, follow=True).text
    assert OneTimeCode.objects.get().closed_at is not None


def test_a_child_under_14_is_led_to_where_consent_is_given(phone):
    said = phone.post(ADD, relative(age="child")).text
    assert "须由您" in said
    assert "/school/" in said


def test_ones_own_number_proves_nobody_else(phone, resident_user):
    assert "您自己的号码" in phone.post(ADD, relative(phone=resident_user.phone)).text
