"""A long list on its way out: asked for, looked after, downloaded, without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_now
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists.actions import exports
from tests.flows.walks import PHONES
from tests.support.accessibility import faults_here
from tests.support.browser import press


def test_staff_have_a_long_list_prepared(
    season: None,
    page: Page,
    sign_in: Callable[[Page, User], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 5)
    sign_in(page, User.objects.get(phone=PHONES[Role.STAFF]))
    page.goto("/people/export/residents.csv")
    check_accessible(page)
    page.get_by_label("您要这份名单做什么用").fill("核对")
    press(page.get_by_role("button", name="下载"))
    expect(page.get_by_text("马上开始")).to_be_visible()
    check_accessible(page)

    run_next(local_now())
    press(page.get_by_role("link", name="现在看看"))
    check_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载文件").click()
    assert download.value.suggested_filename.startswith("居民 2026-11-23")

    press(page.get_by_role("link", name="我的文件"))
    expect(page.get_by_text("已完成")).to_be_visible()
    check_accessible(page)


def check_accessible(page: Page) -> None:
    assert faults_here(page, page.url) == []
