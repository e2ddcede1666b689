"""The liaison log as a list: covered for those who do not move people's data."""

from collections.abc import Callable
from typing import Any

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.lists.kinds import list_kind
from diedie_edu.lists.models import ImportJob
from diedie_edu.office.models import Contact
from tests.conftest import NOW
from tests.support.liaison import make_contact, programme_of

TITLES = ["项目", "日期", "对方", "联系人", "电话", "事由"]
PHONE, SHORT = "13800001111", "12345"


def row(phone: str, subject: str) -> list[Any]:
    return ["居民学校", "2026-11-20", "社区", "林主任", phone, subject]


@pytest.mark.django_db
def test_it_goes_out_with_the_phone_covered(lead: User, make_user: Callable[..., User]) -> None:
    for phone in (PHONE, SHORT):
        make_contact(lead, person="林主任", phone=phone, subject=f"打 {phone[:3]}")

    def phones(user: User) -> set[str]:
        return {line["phone"] for line in list_kind("contacts").exported(user, NOW.date())[1]}

    assert phones(make_user(Role.STAFF)) == {PHONE, SHORT}
    assert phones(make_user(Role.BRANCH_LEAD)) == {"138****1111", "****"}
    assert phones(lead) == {"138****1111", "****"}


@pytest.mark.django_db(transaction=True)
def test_a_covered_list_comes_back_and_changes_nothing(
    lead: User, loaded: Callable[..., ImportJob]
) -> None:
    make_contact(lead, person="林主任", phone=PHONE)
    loaded(TITLES, row("138****1111", "借用多功能厅"), row(SHORT, "借用电脑室"), kind="contacts")
    assert [*Contact.objects.order_by("pk").values_list("phone", flat=True)] == [PHONE, SHORT]


@pytest.mark.django_db
def test_a_new_contact_needs_the_whole_number(
    lead: User, checked: Callable[..., ImportJob]
) -> None:
    programme_of("residents-school")
    job = checked(TITLES, row("138****1111", "借用电脑室"), kind="contacts")
    assert job.status == "faulty"
    assert "covered" in str(job.faults)
