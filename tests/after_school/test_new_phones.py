"""Whoever may collect a child is rung by the phone of now; a bar stays as it was written."""

import pytest

from after_school.actions import collecting
from after_school.models import Collector
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.actions import phones
from tests.conftest import NOW
from tests.support.guardians import second_guardian

pytestmark = pytest.mark.django_db
NEW = "13711110000"


@pytest.fixture
def father(child, make_user, mother) -> User:
    user = make_user(Role.RESIDENT, display_name="陈建")
    second_guardian(child, user, mother)
    return user


def change(user: User, staff: User, phone: str = NEW) -> None:
    about = {"how": "seen", "reason": "手机丢了", "by": staff, "now": NOW}
    phones.begin(person=user, new_phone=phone, **about)


def number_of(user: User) -> str:
    return Collector.objects.get(guardian=user.resident).phone


def test_a_guardian_is_rung_by_the_new_number(child, mother, father, staff_user) -> None:
    old = father.phone
    change(mother, staff_user)
    assert (number_of(mother), number_of(father)) == (NEW, old)


def test_a_bar_keeps_its_number(child, mother, father, staff_user) -> None:
    row, old = Collector.objects.get(guardian=father.resident), father.phone
    collecting.bar_collector(collector=row, reason="法院裁定", by=mother, now=NOW)
    change(father, staff_user)
    assert number_of(father) == old
