"""A child that its mother has enrolled is enrolled once more by somebody else: staff decide on what
stood on their screen, and until then nobody else learns anything."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from after_school.actions import enrolling
from after_school.models import GuardianRight, Term
from after_school.rules.terms import PROGRAMME
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.actions import consents
from diedie_edu.people.queries import consent_text_in_force
from tests.conftest import NOW
from tests.flows.school_steps import CHILD, MOTHER, Look, make_term
from tests.support.browser import press

pytestmark = pytest.mark.usefixtures("portal")

BORN, TOMORROW = date(2017, 5, 4), NOW.date() + timedelta(days=1)
FATHER = "陈建国"


def enrol_by(mother: User, term: Term) -> None:
    zone, text = term.zones.get(kind="homework"), consent_text_in_force(PROGRAMME, NOW)
    wish = enrolling.Wish(
        term=term,
        guardian=mother.resident,
        facts=enrolling.ChildFacts(CHILD, BORN, "mother"),
        place=enrolling.Place("叠滘小学", "三年级", "2 班", zone, [1, 2, 3, 4, 5], "花生", ""),
        collectors=[],
        agreement=consents.Agreement(text),
    )
    enrolling.enrol(wish=wish, by=mother, now=NOW)


def send_the_form(page: Page, relation: str) -> None:
    page.goto("/school/")
    press(page.get_by_role("link", name="给孩子报名").first)
    press(page.get_by_role("button", name="我是监护人，我同意"))
    page.get_by_label("孩子姓名").fill("陈 小宝")  # another way to write it
    page.get_by_label("出生日期").fill(f"{BORN}")
    page.get_by_label(relation).check()
    press(page.get_by_role("button", name="下一步"))
    page.get_by_label("学校", exact=True).fill("叠滘小学")
    page.get_by_label("年级").fill("三年级")
    page.get_by_label("课业辅导区").check()
    press(page.get_by_role("button", name="下一步"))
    press(page.get_by_role("button", name="下一步"))
    press(page.locator("button[name=enrol]"))


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_second_enrolment_waits_for_staff(
    phone: Page,
    desk: Page,
    look: Look,
    make_user: Callable[..., User],
    sign_in: Callable[[Page, User], None],
    text_messages: Callable[[str], list[str]],
) -> None:
    staff = make_user(Role.STAFF, display_name="周芳")
    mother = make_user(Role.RESIDENT, display_name=MOTHER)
    father = make_user(Role.RESIDENT, display_name=FATHER)
    enrol_by(mother, make_term(staff, TOMORROW))
    sign_in(phone, father)
    sign_in(desk, staff)

    send_the_form(phone, "其他监护人")
    expect(phone.get_by_text("我们正在核对")).to_be_visible()
    look(phone, "own-request")
    phone.goto("/me/")
    expect(phone.get_by_role("heading", name="我的申请")).to_be_visible()
    expect(phone.get_by_text("四点半学校的孩子")).to_have_count(0)
    look(phone, "my-page")
    told = text_messages(mother.phone)
    assert not any("监护人" in text for text in told)

    desk.goto("/desk/")
    press(desk.get_by_role("link", name="去审批"))
    look(desk, "waiting")
    press(desk.get_by_role("link", name="需要核对的报名"))
    expect(desk.get_by_text("已登记的情况")).to_be_visible()
    expect(desk.get_by_text("其他监护人")).to_be_visible()
    look(desk, "request")

    send_the_form(phone, "父亲")  # while the page is open on the desk
    press(desk.get_by_role("button", name="批准", exact=True))
    expect(desk.get_by_text("内容有改动")).to_be_visible()
    expect(desk.locator("s", has_text="其他监护人")).to_be_visible()
    look(desk, "request-changed")
    assert GuardianRight.objects.count() == 1

    press(desk.get_by_role("button", name="批准", exact=True))
    expect(desk.get_by_text("已审批")).to_be_visible()
    expect(desk.get_by_text("没有等您审批的申请")).to_be_visible()
    press(desk.get_by_role("link", name="已办结"))
    press(desk.get_by_role("link", name="需要核对的报名"))
    look(desk, "request-decided")

    assert "批准" in text_messages(father.phone)[-1]
    assert "监护人" in text_messages(mother.phone)[-1]
    phone.goto("/me/")
    press(phone.get_by_role("link", name=CHILD).first)
    expect(phone.get_by_role("heading", name=CHILD)).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_deputy_returns_it_and_it_is_taken_back(
    phone: Page,
    desk: Page,
    look: Look,
    make_user: Callable[..., User],
    sign_in: Callable[[Page, User], None],
) -> None:
    lead = make_user(Role.PROGRAMME_LEAD, scope=PROGRAMME, display_name="赵主任")
    other = make_user(Role.PROGRAMME_LEAD, scope="happy-square", display_name="钱主任")
    father = make_user(Role.RESIDENT, display_name=FATHER)
    enrol_by(
        make_user(Role.RESIDENT, display_name=MOTHER), make_term(make_user(Role.STAFF), TOMORROW)
    )
    sign_in(phone, father)
    send_the_form(phone, "父亲")

    sign_in(desk, lead)
    desk.goto("/desk/decisions/")
    press(desk.get_by_role("link", name="代理审批"))
    desk.get_by_label("谁来代理").select_option(label="钱主任")
    desk.locator("input[name=first_day]").fill(f"{NOW.date()}")
    desk.locator("input[name=last_day]").fill(f"{NOW.date() + timedelta(days=3)}")
    look(desk, "deputies")
    press(desk.get_by_role("button", name="保存"))
    expect(desk.get_by_text("钱主任代理赵主任")).to_be_visible()

    sign_in(desk, other)
    desk.goto("/desk/decisions/")
    desk.locator("input[name=chosen]").check()
    press(desk.get_by_role("button", name="一起查看选中的申请"))
    look(desk, "together")
    press(desk.get_by_role("button", name="退回补充"))
    expect(desk.get_by_text("请写明原因")).to_be_visible()
    desk.get_by_label("原因").fill("请带户口本到社区来一趟。")
    desk.locator("input[name=chosen]").check()
    press(desk.get_by_role("button", name="退回补充"))
    expect(desk.get_by_text("1 项已审批")).to_be_visible()

    phone.goto("/my/requests/")
    look(phone, "my-requests")
    press(phone.get_by_role("link", name="需要核对的报名"))
    expect(phone.locator(".callout", has_text="请带户口本")).to_be_visible()
    look(phone, "request-returned")
    press(phone.get_by_role("link", name="撤回申请"))
    look(phone, "withdraw")
    press(phone.get_by_role("button", name="撤回申请"))
    expect(phone.get_by_text("已撤回").first).to_be_visible()
