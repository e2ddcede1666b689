"""A second payment is refused by the list and by the admin site too."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from edu_base.actions import grants
from edu_base.models import Award, Fact, GrantFact, Intake, State
from tests.conftest import NOW
from tests.support.education import make_application, make_person
from tests.support.grants import TODAY, award, make_fund

COLUMNS = ["助学金编号", "姓名", "金额（元）", "发放日期", "凭证号"]
carried_out = pytest.mark.django_db(transaction=True)
checked_only = pytest.mark.django_db
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def signed(intake: Intake, staff_user: User) -> Award:
    """Signed for, not paid yet."""
    student = make_application(staff_user, intake, State.STUDYING, person=make_person("柏小雨"))
    return award(make_fund(), student, staff_user, upto=Fact.SIGNED)


def paid_rows(given: Award) -> list[tuple]:
    return list(given.facts.filter(fact=Fact.PAID, stands=True).values_list("on", "note"))


def words_of(job) -> str:
    return " ".join(str(fault) for fault in job.faults)


@carried_out
def test_a_list_enters_payments(loaded, signed) -> None:
    row = [str(signed.pk), "柏小雨", "3000.00", f"{TODAY}", "记字8号"]
    loaded(COLUMNS, row, kind="grants")
    assert paid_rows(signed) == [(TODAY, "记字8号")]
    job = loaded(COLUMNS, row, kind="grants")  # the same payment told again
    assert job.rows_same == 1
    assert len(paid_rows(signed)) == 1


@checked_only
@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["柏小雨", "3000.00", f"{TODAY}", "记字9号"], "Nobody is paid twice"),
        (["柏小雨", "3000.50", f"{TODAY}", ""], "Another amount was awarded"),
        (["柏小燕", "3000.00", f"{TODAY}", ""], "no award with this number"),
        (["柏小雨", "三千多", f"{TODAY}", ""], "at most two places"),
    ],
)
def test_a_second_payment_and_other_faults_of_a_list(
    checked, signed, staff_user, row, words
) -> None:
    paid_with_voucher(signed, staff_user)
    job = checked(COLUMNS, [str(signed.pk), *row], kind="grants")
    assert words in words_of(job)
    assert len(paid_rows(signed)) == 1


def paid_with_voucher(given: Award, by: User) -> None:
    told = grants.Told(TODAY, "记字8号")
    grants.record(awards=[given], fact=Fact.PAID, told=told, by=by, now=NOW)


@checked_only
def test_the_admin_site_pays_once(signed, staff_user, as_user: Callable[[User], Client]) -> None:
    browser = as_user(staff_user)
    page = reverse("admin:edu_base_award_changelist")
    chosen = {"action": "pay", "_selected_action": [signed.pk]}
    assert "已登记发放：1 人" in browser.post(page, chosen, follow=True).content.decode()
    assert "不能重复发放" in browser.post(page, chosen, follow=True).content.decode()
    assert len(paid_rows(signed)) == 1


@checked_only
def test_the_admin_site_writes_nothing_else(signed, staff_user, as_user) -> None:
    browser = as_user(staff_user)
    page = reverse("admin:edu_base_award_change", args=[signed.pk])
    assert browser.get(page).status_code == 200
    browser.post(page, {"amount": "1"})
    assert browser.get(reverse("admin:edu_base_award_add")).status_code == 403
    assert Award.objects.get().amount == 3000
    assert GrantFact.objects.count() == 3
