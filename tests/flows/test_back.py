"""Back after signing out shows nothing of a child."""

from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.models import Resident
from tests.support.children import NINE, consented

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "欧阳小小"


def test_back_after_signing_out_shows_no_child(
    clock: object,
    desktop_page: Page,
    sign_in: Callable[[Page, User], None],
    make_user: Callable[..., User],
) -> None:
    staff = make_user(Role.STAFF)
    with transaction.atomic():
        child = Resident.objects.create(full_name=NAME, birth_date=NINE)
        consented(child, make_user(Role.RESIDENT).resident)
    page = desktop_page
    sign_in(page, staff)
    page.goto(f"/desk/people/{child.pk}/")
    expect(page.get_by_text(NAME).first).to_be_visible()
    page.evaluate("document.querySelector('form[action=\"/sign-out/\"]').requestSubmit()")
    expect(page.get_by_text("您已退出登录").first).to_be_visible()

    page.go_back()
    page.wait_for_load_state()

    assert NAME not in page.content()
    assert "/sign-in/" in page.url
