"""The pages of grants."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from edu_base.models import Application, Award, Fact, GrantFund, Intake, State
from tests.support.education import make_application, make_person
from tests.support.grants import TODAY, award, make_fund

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def student(intake: Intake, staff_user: User) -> Application:
    return make_application(staff_user, intake, State.STUDYING, person=make_person("柏小雨"))


@pytest.fixture
def fund(staff_user: User) -> GrantFund:
    return make_fund()


@pytest.fixture
def staff(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


def page(name: str, *keys: object) -> str:
    return reverse(f"edu_base:{name}", args=keys)


def send(client: Client, name: str, *keys: object, **told: object) -> str:
    """The page that comes after a form."""
    answer = client.post(page(name, *keys), told, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def enter(client: Client, fund: GrantFund, fact: str, *awards: Award) -> str:
    told = {"awards": [one.pk for one in awards], "fact": fact, "on": TODAY, "note": ""}
    return send(client, "grant_record", fund.pk, **told)


def test_from_what_was_approved_to_what_is_paid(staff, student) -> None:
    told = {
        "title_zh": "助学金",
        "year": TODAY.year,
        "total": "6000",
        "amount": "3000.50",
        "document": "党委〔2026〕8号",
        "approved_on": TODAY,
    }
    assert "已保存" in send(staff, "fund_create", **told)
    fund = GrantFund.objects.get()
    chosen = {"applications": [student.pk], "amount": "3000.50", "on": TODAY}
    assert "已评定给 1 名学生" in send(staff, "award_add", fund.pk, **chosen)
    given = Award.objects.get()
    for fact in ("announced", "signed", "paid"):
        assert "已登记 1 人" in enter(staff, fund, fact, given)
    assert "¥3,000.50" in staff.get(page("fund_list")).content.decode()


def test_a_second_payment_is_refused_by_the_page(staff, staff_user, fund, student) -> None:
    given = award(fund, student, staff_user, upto=Fact.PAID)
    assert "不能重复发放" in enter(staff, fund, "paid", given)
    assert given.facts.filter(fact=Fact.PAID).count() == 1


def test_nobody_ticked(staff, staff_user, fund) -> None:
    assert "请勾选学生" in enter(staff, fund, "paid")


def test_the_sum_is_kept_by_the_page(staff, staff_user, fund, student) -> None:
    told = {"applications": [student.pk], "amount": "6000.01", "on": TODAY}
    assert "总额不够" in send(staff, "award_add", fund.pk, **told)
    assert not Award.objects.exists()


def test_the_sheet_has_amounts_in_words(staff, staff_user, intake, student) -> None:
    fund = make_fund(total=Decimal("200000"), amount=Decimal("107000.53"))
    award(fund, student, staff_user)
    sheet = staff.get(page("grant_sheet", fund.pk)).content.decode()
    assert sheet.count("壹拾万柒仟元伍角叁分") == 2  # the student's and the total
    assert "柏小雨" in sheet


def test_a_proxy_and_what_was_wrong(staff, staff_user, fund, student) -> None:
    given = award(fund, student, staff_user, upto=Fact.ANNOUNCED)
    told = {"on": TODAY, "proxy": "柏母亲", "proxy_is": "母亲"}
    shown = send(staff, "award", given.pk, **told)
    assert "由 柏母亲（母亲）代领" in shown
    assert "两条记录都会保留" in send(
        staff, "award_take_back", given.pk, fact="signed", reason="签错了人"
    )
    assert "签错了人" in staff.get(page("award", given.pk)).content.decode()


def test_a_total_below_what_is_awarded(staff, staff_user, fund, student) -> None:
    award(fund, student, staff_user)
    form = staff.get(page("fund_change", fund.pk)).context["form"]
    told = {name: form[name].value() or "" for name in form.fields}
    assert "总额不够" in send(staff, "fund_change", fund.pk, **told | {"total": "2999"})


def test_the_student_sees_it_on_their_page(as_user, resident_user, staff_user, intake) -> None:
    own = make_application(staff_user, intake, State.STUDYING, person=resident_user.resident)
    award(make_fund(), own, staff_user)
    shown = as_user(resident_user).get("/me/").content.decode()
    assert "¥3,000.00" in shown


def test_the_roll_reads_a_fixed_number_of_times(
    staff, staff_user, fund, intake, student, django_assert_max_num_queries
) -> None:
    make_fund(title_zh="奖学金")
    for _n in range(2):
        award(fund, make_application(staff_user, intake, State.STUDYING), staff_user)
    with django_assert_max_num_queries(20):
        staff.get(page("fund", fund.pk))
