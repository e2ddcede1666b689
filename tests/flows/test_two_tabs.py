"""Signing in again in another tab: what was typed in the first one is still there."""

from playwright.sync_api import Page, expect

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.portal.demo.accounts import PASSWORD
from tests.flows.walks import PHONES

DETAILS, TYPED = "/me/details/", "阿春"
WHO = PHONES[Role.RESIDENT]
SAVE = "main form:has([name=display_name]) button.btn-primary"


def sign_in(tab: Page) -> None:
    tab.goto("/sign-in/")
    tab.fill('main input[name="phone"]', WHO)
    tab.fill('main input[name="password"]', PASSWORD)
    tab.locator("main form:has([name=password]) button.btn-primary").click()
    tab.wait_for_url("**/me/")


def name_now() -> str:
    return User.objects.get(phone=WHO).display_name


def test_two_tabs(season: None, desktop_page: Page) -> None:
    first, before = desktop_page, name_now()
    sign_in(first)
    first.goto(DETAILS)
    first.fill('input[name="display_name"]', TYPED)

    second = first.context.new_page()
    second.goto("/")
    second.locator('form[action*="sign-out"] button').first.click()
    second.wait_for_load_state()
    sign_in(second)

    first.locator(SAVE).first.click()
    expect(first.get_by_text("还没有保存")).to_be_visible()
    expect(first.locator('input[name="display_name"]')).to_have_value(TYPED)
    assert name_now() == before

    first.locator(SAVE).first.click()
    first.wait_for_load_state()
    expect(first.get_by_text("还没有保存")).to_have_count(0)
    assert name_now() == TYPED
