"""Signing in again in another tab: what was typed in the first one is still there."""

from playwright.sync_api import Page, expect

from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Activity
from diedie_edu.portal.demo.accounts import PASSWORD
from tests.flows.walks import PHONES

NEW = "/lectures/staff/new/"
TITLE, OUTLINE = "扎染入门：从一块白布开始", "自带一块白棉布。\n两个小时。"


def sign_in(tab: Page) -> None:
    tab.goto("/sign-in/")
    tab.fill('main input[name="phone"]', PHONES[Role.STAFF])
    tab.fill('main input[name="password"]', PASSWORD)
    tab.locator("main form:has([name=password]) button.btn-primary").click()
    tab.wait_for_load_state()


def test_two_tabs(season: None, desktop_page: Page) -> None:
    first, before = desktop_page, Activity.objects.count()
    sign_in(first)
    first.goto(NEW)
    first.fill('input[name="title"]', TITLE)
    first.fill('textarea[name="outline"]', OUTLINE)

    second = first.context.new_page()
    second.goto("/")
    second.locator('form[action*="sign-out"] button').first.click()
    second.wait_for_load_state()
    sign_in(second)

    first.locator("main form:has([name=title]) button.btn-primary").first.click()
    expect(first.get_by_text("还没有保存")).to_be_visible()
    expect(first.locator('input[name="title"]')).to_have_value(TITLE)
    expect(first.locator('textarea[name="outline"]')).to_have_value(OUTLINE)
    assert Activity.objects.count() == before
