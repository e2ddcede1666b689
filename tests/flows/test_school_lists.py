"""Paper enrolments of the 4:30 school, from an office's spreadsheet to the term's children."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from after_school.models import Enrolment, Term
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_now
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.people.models import ChildAccess, Resident
from diedie_edu.people.queries import consent_text_in_force
from tests.after_school.lists.rows import CHILD, PUPILS, pupil
from tests.common.spreadsheets.files import xlsx
from tests.support.browser import press

pytestmark = pytest.mark.usefixtures("season")


def upload(desk: Page, *rows: list[str]) -> None:
    file = {"name": "报名.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": xlsx(*rows)}
    desk.get_by_label("您的名单").set_input_files(file)
    press(desk.get_by_role("button", name="上传并检查"))
    work(desk)


def work(desk: Page) -> None:
    """The worker's next tick, and the page's look at it."""
    run_next(local_now())
    press(desk.get_by_role("link", name="现在看看"))


def test_staff_bring_papers_in_and_a_lead_takes_the_whole_list(
    desktop_page: Page, sign_in: Callable[[Page, User], None], make_user: Callable[..., User]
) -> None:
    desk, term = desktop_page, Term.objects.get(state="published")
    children = f"/desk/school/terms/{term.pk}/children/"
    text = consent_text_in_force("after-school", local_now())
    sign_in(desk, make_user(Role.STAFF))

    desk.goto(children)
    press(desk.get_by_role("link", name="导入", exact=True))
    expect(desk.get_by_label("四点半学校孩子名单")).to_be_checked()
    upload(desk, PUPILS, pupil(version=text.version, paper=""))
    fault = desk.get_by_role("row", name="第2行")
    expect(fault).to_contain_text("没有监护人签字的同意书，不能登记孩子")
    assert not Resident.objects.filter(full_name=CHILD).exists()

    press(desk.get_by_role("link", name="上传改好的名单"))
    upload(desk, PUPILS, pupil(version=text.version))
    expect(desk.get_by_role("row", name="陈**")).to_be_visible()
    press(desk.get_by_role("button", name="确认导入"))
    work(desk)
    expect(desk.get_by_text("名单已导入")).to_be_visible()
    desk.goto(children)
    expect(desk.get_by_role("link", name=CHILD)).to_be_visible()
    expect(desk.get_by_text("导出完整名单")).to_have_count(0)

    sign_in(desk, make_user(Role.PROGRAMME_LEAD, scope="after-school"))
    desk.goto(children)
    press(desk.get_by_role("link", name="写明原因，导出完整名单"))
    desk.get_by_label("您要这份名单做什么用").fill("停电备用")
    with desk.expect_download():
        desk.get_by_role("button", name="下载").click()
    looks = ChildAccess.objects.filter(reason="停电备用").values_list("child_number", flat=True)
    assert set(looks) == (set(Enrolment.objects.filter(term=term).values_list("child", flat=True)))
