"""The roster of a week on its page: a grid at a desk, a list on a phone."""

import pytest
from playwright.sync_api import Page

from tests.after_school.conftest import TODAY
from tests.support.afternoons import at


@pytest.fixture
def week(term, make_session, frozen):
    frozen(at(12))
    for day in (23, 24, 25):
        make_session(term, TODAY.replace(day=day))


def tops(page: Page, sign_in, user) -> list[int]:
    """How far down each day stands."""
    sign_in(page, user)
    page.goto("/desk/school/roster/")
    boxes = [day.bounding_box() for day in page.locator(".roster-day").all()]
    return [round(box["y"]) for box in boxes]


def test_at_a_desk_the_days_stand_side_by_side(desktop_page, sign_in, staff_user, week):
    assert len(set(tops(desktop_page, sign_in, staff_user))) == 1
    zones = desktop_page.locator(".roster-day .roster-zone:nth-of-type(2)").all()
    assert len({round(zone.bounding_box()["y"]) for zone in zones}) == 1


def test_on_a_phone_they_stand_one_under_another(page, sign_in, staff_user, week):
    found = tops(page, sign_in, staff_user)
    assert len(found) == 3
    assert found == sorted(set(found))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "morgen"])
def test_a_week_at_the_end_of_the_calendar_is_this_week(as_user, staff_user, week, day):
    page = as_user(staff_user).get("/desk/school/roster/", {"week": day})
    assert page.context["monday"] == TODAY
