"""The pages of spending: a line, a payment, a promise, a closed year; and the list."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from diedie_edu.accounts.models import User
from diedie_edu.common.parts import Problem
from diedie_edu.lists.kinds import list_kind
from diedie_edu.office.lists.spending import SPENDING_LIST
from diedie_edu.office.models import BudgetItem, Commitment, Expense
from diedie_edu.office.queries import spending_panels
from residents_school.demo.handouts import picture
from tests.support import office as short
from tests.support import spending as shorter
from tests.support.desks import shown_by
from tests.support.office import NOW, YEAR
from tests.support.spending import digital, enter, money, promise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SPENDING = "/desk/office/spending/"
pytest_plugins = ["tests.support.lists"]


@pytest.fixture
def item(lead: User, branch_lead: User) -> BudgetItem:
    return shorter.approved(lead, branch_lead)


@pytest.fixture
def told(lead: User, other_lead: User) -> dict[str, Any]:
    """A payment as it is typed."""
    return {
        "paid_on": "2026-11-20",
        "payee": "华文文具店",
        "amount": "120.50",
        "receipt": "digital",
        "invoice_number": digital(),
        "handled_by": lead.pk,
        "witness": lead.pk,
        "approver": other_lead.pk,
    }


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_payment_is_entered_with_its_scan_and_taken_back(
    item: BudgetItem, lead: User, told: dict[str, Any], as_user: Callable[[User], Client]
) -> None:
    client, address = as_user(lead), f"{SPENDING}lines/{item.pk}/pay/"
    scan = SimpleUploadedFile("票.png", picture())
    client.post(address, told | {"scan": scan})
    made = Expense.objects.get()
    assert (made.amount, made.handled_by, bool(made.scan)) == (Decimal("120.50"), lead, True)
    again = client.post(address, told)
    assert "已经报销过" in again.content.decode()
    client.post(f"{SPENDING}entries/{made.pk}/take-back/", {"reason": "写错了"})
    assert money(item).spent == 0
    assert "冲销" in text_of(client, f"{SPENDING}lines/{item.pk}/")


def test_the_scan_is_for_those_who_keep_the_spending(
    item: BudgetItem,
    lead: User,
    branch_lead: User,
    stranger: User,
    told: dict[str, Any],
    as_user: Callable[[User], Client],
) -> None:
    scan = SimpleUploadedFile("票.png", picture())
    as_user(lead).post(f"{SPENDING}lines/{item.pk}/pay/", told)
    made = Expense.objects.get()
    as_user(lead).post(f"{SPENDING}entries/{made.pk}/scan/", {"scan": scan})
    made.refresh_from_db()
    address = f"/files/{made.scan.key}"
    foreign = shorter.person("happy-square")
    answers = [
        as_user(one).get(address).status_code for one in (lead, branch_lead, foreign, stranger)
    ]
    assert answers == [200, 200, 404, 404]


def test_above_the_line_a_reason_is_asked_for(
    item: BudgetItem, lead: User, told: dict[str, Any], as_user: Callable[[User], Client]
) -> None:
    client, address = as_user(lead), f"{SPENDING}lines/{item.pk}/pay/"
    answer = client.post(address, told | {"amount": "700"})
    assert "reason" in answer.context["form"].errors
    answer = client.post(address, told | {"amount": "700", "reason": "多来了一次"}, follow=True)
    text = answer.content.decode()
    assert "等签字" in text
    assert "超预算" in text
    assert "等签字" in text_of(client, f"{SPENDING}{item.document_id}/")


def test_a_promise_is_paid_in_parts_and_freed(
    item: BudgetItem, lead: User, told: dict[str, Any], as_user: Callable[[User], Client]
) -> None:
    client = as_user(lead)
    given = {"to_whom": "李老师", "what_for": "讲座", "amount": "300", "expected_on": "2026-12-20"}
    client.post(f"{SPENDING}lines/{item.pk}/promise/", given)
    made = Commitment.objects.get()
    address = f"{SPENDING}lines/{item.pk}/pay/?promise={made.pk}"
    assert client.get(address).context["form"].initial["amount"] == 300
    client.post(address, told)
    assert money(item).promised == Decimal("179.50")
    client.post(f"{SPENDING}promises/{made.pk}/free/", {"reason": "少讲一次"})
    assert money(item).promised == 0
    assert "少讲一次" in text_of(client, f"{SPENDING}promises/{made.pk}/")


def test_a_branch_lead_closes_the_year_and_opens_it_again(
    item: BudgetItem, lead: User, branch_lead: User, as_user: Callable[[User], Client]
) -> None:
    client, address = as_user(branch_lead), f"{SPENDING}{item.document_id}/"
    client.post(f"{address}close/")
    assert "已结账" in text_of(client, address)
    assert "登记一笔付款" not in text_of(as_user(lead), f"{SPENDING}lines/{item.pk}/")
    client.post(f"{address}reopen/", {"reason": "漏了一张票"})
    assert "登记一笔付款" in text_of(as_user(lead), f"{SPENDING}lines/{item.pk}/")


def of_desk(user: User) -> list[Problem]:
    return shown_by(spending_panels.PROBLEMS, user, NOW)


def test_the_desk_says_which_lines_to_look_at(
    item: BudgetItem, lead: User, as_user: Callable[[User], Client]
) -> None:
    assert of_desk(lead) == []
    enter(item, lead, amount=Decimal(500))
    enter(item, lead, amount=Decimal(200), reason="超了。")
    tones = [one.tone for one in of_desk(lead)]
    assert tones == ["brick", "amber"]
    assert "116%" in text_of(as_user(lead), "/desk/office/")
    assert of_desk(shorter.person("happy-square")) == []


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_pages_take_as_many_queries_for_three_rows_as_for_one(
    item: BudgetItem, lead: User, branch_lead: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(branch_lead)
    pages = ["", f"{item.document_id}/", f"lines/{item.pk}/"]

    promise(item, lead, 1)
    promise(item, lead, 1)
    promise(item, lead, 1)
    enter(item, lead, amount=Decimal(601), reason="超了。")
    before = [queries_of(client, SPENDING + page) for page in pages]
    short.add_line(short.begin(short.make_document(year=2030), lead))
    for year in (2028, 2029):
        budget = short.make_document(year=year)
        other = shorter.approved(lead, shorter.branch_lead(), budget)
        promise(other, lead, 1)
        enter(item, lead, amount=Decimal(601), reason="超了。")
    assert [queries_of(client, SPENDING + page) for page in pages] == before


HEADER = [
    *("项目", "年度", "预算明细", "付款日期", "收款人", "金额（元）", "票据", "发票号码"),
    *("经手人", "证明人", "审批人"),
]


def row_of(number: str, amount: object = 120.5, payee: str = "华文文具店") -> list[object]:
    people = ["程向阳", "程向阳", "沈知夏"]
    day = date(2026, 11, 20)
    return ["居民学校", YEAR, "讲课费", day, payee, amount, "数电票", number, *people]


def test_spending_so_far_comes_in_by_a_list(
    item: BudgetItem, lead: User, other_lead: User, checked: Callable[..., Any]
) -> None:
    number = digital()
    job = checked(HEADER, row_of(number), row_of(digital(), 30), kind="spending", by=lead)
    assert (job.status, job.rows_new) == ("ready", 2), job.faults


def test_a_list_says_which_receipts_come_twice(
    item: BudgetItem, lead: User, other_lead: User, checked: Callable[..., Any]
) -> None:
    made = enter(item, lead)
    twice = digital()
    job = checked(HEADER, row_of(twice), row_of(twice, 40), kind="spending", by=lead)
    assert job.status == "faulty"
    said = " ".join(fault["message"] for fault in job.faults)
    assert "about the same receipt" in said
    job = checked(HEADER, row_of(made.invoice_number, 50), kind="spending", by=lead)
    assert "has been paid already" in job.faults[0]["message"]
    assert Expense.objects.count() == 1


def test_the_list_goes_out_with_numbers_and_comes_back_unchanged(
    item: BudgetItem, lead: User
) -> None:
    enter(item, lead)
    assert list_kind("spending") is SPENDING_LIST
    _columns, rows = SPENDING_LIST.exported(lead, date(2026, 11, 23))
    [values] = list(rows)
    assert (values["amount"], values["year"], values["title"]) == (100, YEAR, "讲课费")
    assert list(SPENDING_LIST.rows(shorter.person("happy-square"), NOW.date())) == []
