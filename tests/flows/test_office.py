"""The programme office from a year's first plan to the summary that its branch lead approves."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.office.models import BudgetItem, State, Version
from tests.flows import office_steps as steps
from tests.flows.school_steps import Look
from tests.flows.steps import link_in

pytestmark = pytest.mark.usefixtures("portal")
LEAD, BRANCH, STAFF = "程向阳", "秦望舒", "罗立秋"
LINES = [
    {"category": "speaker", "title": "讲课费 A&B <14", "quantity": "3", "price": "1000"},
    {"category": "materials", "title": "讲义印刷", "quantity": "1200", "price": "0.5"},
]


def state_of(version: int) -> str:
    return Version.objects.get(pk=version).state


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_year_of_the_office(
    phone: Page,
    desk: Page,
    look: Look,
    make_user: Callable[..., User],
    sign_in: Callable[[Page, User], None],
    text_messages: Callable[[str], list[str]],
) -> None:
    lead = make_user(Role.PROGRAMME_LEAD, scope=steps.SCHOOL, display_name=LEAD)
    branch = make_user(Role.BRANCH_LEAD, display_name=BRANCH)
    make_user(Role.STAFF, display_name=STAFF)
    sign_in(desk, branch)
    steps.open_year(desk, 2026, look)

    sign_in(phone, lead)
    plan = steps.begin(phone, steps.document_of("plan", 2026), look)
    steps.write_plan(phone, plan, look)
    steps.submit(phone, plan, look)
    budget = steps.begin(phone, steps.document_of("budget", 2026), look)
    steps.write_lines(phone, budget, LINES, look)
    steps.submit(phone, budget, look)
    assert link_in(text_messages(branch.phone)[-1])

    steps.return_a_line(desk, budget, "请写明每场几个课时。", look)
    assert state_of(budget) == State.RETURNED
    assert "预算" in text_messages(lead.phone)[-1]
    phone.goto(f"{steps.DESK}/versions/{budget}/")
    expect(phone.locator("main")).to_contain_text("请写明每场几个课时。")
    answer = steps.begin(phone, steps.document_of("budget", 2026), look)
    mended = LINES[0] | {"title": "讲课费 A&B <14，每场两课时"}
    steps.write_lines(phone, answer, [mended], look)
    steps.submit(phone, answer, look)
    steps.approve_together(desk, look)
    assert [state_of(number) for number in (plan, answer)] == [State.APPROVED] * 2

    item = BudgetItem.objects.earliest("pk").pk
    people = (LEAD, STAFF, BRANCH)
    steps.pay(phone, item, "2600", "25442000000012345678", people)
    steps.pay(phone, item, "100", "25442000000012345678", people)
    expect(phone.locator("main")).to_contain_text("这张票据")  # paid already
    look(phone, "paid already")
    phone.goto(f"{steps.DESK}/spending/lines/{item}/")
    expect(phone.locator("main")).to_contain_text("快用完")
    look(phone, "line")

    summary = steps.draft_summary(phone, steps.document_of("summary", 2026), look)
    phone.goto(f"{steps.DESK}/versions/{summary}/add/paragraph/")
    phone.locator("[name=text]").fill("最受欢迎的是“A&B <14”。")
    steps.press(phone.locator("main form button.btn-primary").first)
    steps.submit(phone, summary, look)
    steps.approve_together(desk, look)
    assert state_of(summary) == State.APPROVED
    words = steps.words_of_file(phone, summary)
    assert "最受欢迎的是“A&B <14”。" in words
    for figure in Version.objects.get(pk=summary).summaryfigure_rows.all():
        assert figure.label in words
    assert "¥2,600.00" in words
