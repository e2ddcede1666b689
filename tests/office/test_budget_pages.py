"""The pages of a budget: typed like a sheet, an old one refused, moved between lines, on paper."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.office.actions import drafts
from diedie_edu.office.models import BudgetLine, State, Version, Work
from tests.support import office as short
from tests.support.office import NOW
from tests.support.sent_forms import SentForm, forms_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignIn = Callable[[User], Client]


@pytest.fixture
def draft(lead: User) -> Version:
    version = short.begin(short.make_document(), lead)
    short.add_line(version)
    short.add_line(version, title="横幅", category="publicity", quantity=1, price=Decimal(80))
    version.refresh_from_db()
    return version


@pytest.fixture
def approved(draft: Version, lead: User, branch_lead: User) -> Version:
    short.submit(draft, lead)
    return short.decide(draft, branch_lead)


def page(name: str, version: Version) -> str:
    return reverse(f"office:{name}", args=[version.pk])


def sheet(client: Client, version: Version) -> SentForm:
    address = page("budget", version)
    forms = forms_on(client.get(address).text, address)
    return next(form for form in forms if "lines-TOTAL_FORMS" in form.controls)


def test_lines_are_typed_changed_and_taken_out_on_one_page(
    draft: Version, as_user: SignIn, other_lead: User
) -> None:
    client = as_user(other_lead)
    form = sheet(client, draft).typing(
        {
            "lines-0-quantity": ["3"],
            "lines-1-DELETE": ["on"],
            "lines-2-category": ["materials"],
            "lines-2-title": ["茶水"],
            "lines-2-price": ["12.50"],
        }
    )
    answer = client.post(form.action, form.data(), follow=True)
    assert "已保存，现在合计 ¥912.50" in answer.text
    rows = draft.budgetline_rows.values_list("position", "title", "quantity", "amount")
    assert list(rows) == [
        (1, "讲课费", 3, 900),
        (2, "茶水", 1, Decimal("12.50")),
    ]
    assert "玖佰壹拾贰元伍角整" in answer.text or "玖佰壹拾贰元伍角" in answer.text


def test_a_line_moves_by_its_number(draft: Version, as_user: SignIn, lead: User) -> None:
    short.add_line(draft, title="课酬")
    client = as_user(lead)
    form = sheet(client, draft)
    form.send(client)  # puts the new line under its category
    form = sheet(client, draft).typing({"lines-1-position": ["1"]})
    form.send(client)
    titles = draft.budgetline_rows.order_by("position").values_list("title", flat=True)
    assert list(titles) == ["课酬", "讲课费", "横幅"]


def test_an_old_form_is_refused_with_both_values(
    draft: Version, as_user: SignIn, lead: User, other_lead: User
) -> None:
    one, two = as_user(lead), as_user(other_lead)
    old = sheet(two, draft).typing({"lines-0-price": ["350"]})
    sheet(one, draft).typing({"lines-0-price": ["320"], "lines-1-funds": ["党委"]}).send(one)
    answer = old.send(two)
    assert "现在保存的是：320" in answer.text
    assert 'value="350"' in answer.text
    assert "党委" in answer.text
    assert set(draft.budgetline_rows.values_list("price", flat=True)) == {320, 80}
    again = next(row for row in forms_on(answer.text, old.action) if old.action == row.action)
    again.send(two)
    assert set(draft.budgetline_rows.values_list("price", flat=True)) == {350, 80}
    assert draft.budgetline_rows.get(title="横幅").funds == "党委"


def test_a_line_that_was_taken_out_meanwhile_does_not_come_back_by_itself(
    draft: Version, as_user: SignIn, lead: User, other_lead: User
) -> None:
    one, two = as_user(lead), as_user(other_lead)
    old = sheet(two, draft).typing({"lines-0-price": ["350"]})
    sheet(one, draft).typing({"lines-1-DELETE": ["on"]}).send(one)
    assert "下面列出的是现在的样子" in old.send(two).text
    assert list(draft.budgetline_rows.values_list("title", "price")) == [("讲课费", 300)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"lines-0-price": ["-1"]}, "预算里没有负数"),
        ({"lines-0-quantity": ["0"]}, "数量必须大于 0"),
        ({"lines-0-price": ["99999999"], "lines-0-quantity": ["20"]}, "请再看看数量和单价"),
        ({"lines-2-title": ["茶水"]}, "这个字段是必填项"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    draft: Version, as_user: SignIn, lead: User, typed: dict, words: str
) -> None:
    client = as_user(lead)
    answer = sheet(client, draft).typing(typed).send(client)
    assert words in answer.text
    assert list(draft.budgetline_rows.values_list("price", flat=True)) == [300, 80]


def test_an_empty_budget_says_how_to_begin(approved: Version, as_user: SignIn, lead: User) -> None:
    version = short.begin(short.make_document(year=2027), lead)
    client = as_user(lead)
    begin = client.get(page("budget", version)).text
    assert "这份预算还没有内容" in begin
    assert "复制 2026 年的预算" in begin
    client.post(page("budget_copy", version))
    assert version.budgetline_rows.count() == 2
    assert "请逐行看一遍" in client.get(page("budget", version)).text


def test_what_is_no_draft_is_read_alone(approved: Version, as_user: SignIn, lead: User) -> None:
    for name in ("budget", "budget_upload"):
        assert as_user(lead).get(page(name, approved)).url == page("version", approved)


def test_the_page_of_a_version_shows_the_lines_and_the_change(
    approved: Version, as_user: SignIn, lead: User
) -> None:
    client = as_user(lead)
    shown = client.get(page("version", approved)).text
    for words in ("讲课费小计", "陆佰捌拾元整", page("budget_reallocate", approved)):
        assert words in shown
    after = short.begin(approved.document, lead)
    after.budgetline_rows.filter(title="横幅").update(price=100)
    shown = client.get(page("version", after)).text
    for words in ("+¥20.00", "¥700.00", page("budget", after)):
        assert words in shown


def test_money_is_moved_on_one_page(approved: Version, as_user: SignIn, lead: User) -> None:
    client, address = as_user(lead), page("budget_reallocate", approved)
    one, other = (str(line.key) for line in approved.budgetline_rows.order_by("position"))
    assert "相差 ¥10.00" in client.post(address, {one: 30, other: -20, "reason": "多讲一场"}).text
    answer = client.post(address, {one: 20, other: -20, "reason": "多讲一场"})
    made = Version.objects.get(number=2)
    assert answer.url == page("version", made)
    assert (made.total, made.reason) == (680, "多讲一场")


def test_on_paper_it_has_its_sum_in_words_and_room_to_sign(
    approved: Version, as_user: SignIn, lead: User
) -> None:
    text = as_user(lead).get(page("budget_paper", approved)).text
    for words in (
        "居民学校 2026 年经费预算",
        "¥680.00",
        "陆佰捌拾元整",
        "编制人",
        "审核人",
        "批准人",
    ):
        assert words in text


def test_drafts_are_read_by_those_who_write_them(
    draft: Version, as_user: SignIn, square_lead: User, staff_user: User
) -> None:
    for name in ("budget_paper", "budget_workbook"):
        assert as_user(staff_user).get(page(name, draft)).status_code == 200
        assert as_user(square_lead).get(page(name, draft)).status_code == 404


def test_other_documents_have_no_lines(as_user: SignIn, lead: User) -> None:
    plan = drafts.begin(document=short.make_document(Work.PLAN), by=lead, now=NOW)
    assert as_user(lead).get(page("budget", plan)).status_code == 404
    assert not BudgetLine.objects.exists()
    assert plan.state == State.DRAFT
