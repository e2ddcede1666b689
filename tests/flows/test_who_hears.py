"""A child is missing: the demo's staff, none of whom is a resident, hear of it; and where nobody
can be reached, the desk does."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from after_school.actions.sessions import open_session
from after_school.messages import MISSING_FOR_STAFF
from after_school.models import Session
from after_school.rules.terms import PROGRAMME
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.actions import seats
from diedie_edu.common.days import local_day, local_now
from diedie_edu.notices import outbox
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from diedie_edu.portal.demo.accounts import sign_ins
from residents_school.models import Lecture
from tests.support.accessibility import faults_here
from tests.support.browser import press

# Leads of the residents' school and of Happy Square in the demo.
OF_OTHER_PROGRAMMES = ("13800000005", "13800000010", "13800000011")

pytestmark = pytest.mark.usefixtures("season")
Later = Callable[..., None]


def staff() -> list[User]:
    """The demo's accounts with a desk."""
    users = User.objects.filter(phone__in=[row.phone for row in sign_ins()]).order_by("phone")
    return [user for user in users if user.may(Permission.OPEN_DESK)]


def let_the_afternoon_begin(later: Later) -> None:
    """Open, and past the minute at which whoever has not come is missing."""
    later(hours=6, minutes=10)
    session = Session.objects.get(day=local_day(local_now()))
    open_session(session=session, by=staff()[0], now=local_now())
    later(hours=6, minutes=51)


def test_the_staff_of_the_demo_hear_of_a_missing_child(
    later: Later,
    text_messages: Callable[[str], list[str]],
    page: Page,
    sign_in: Callable[[Page, User], None],
) -> None:
    assert len(staff()) == 6
    assert not Resident.objects.filter(account__in=staff()).exists()
    let_the_afternoon_begin(later)
    for user in staff():
        heard = [text for text in text_messages(user.phone) if "没到" in text]
        told = Notice.objects.filter(kind=MISSING_FOR_STAFF.code, channel="inbox")
        name = told.first().data["name"]
        sign_in(page, user)
        page.goto("/messages/")
        arrived = page.locator(".rows li", has_text=name)
        # Who leads another programme hears too, but has no right to a child's name.
        looks_after = user.may(Permission.LOOK_AFTER_CHILDREN, PROGRAMME)
        assert looks_after == (user.phone not in OF_OTHER_PROGRAMMES)
        assert heard
        assert looks_after or not any(name in text for text in heard)
        expect(arrived).to_have_count(1 if looks_after else 0)
        asked = page.locator(".rows li", has_text="有孩子没到四点半学校")
        expect(asked).to_have_count(0 if looks_after else 1)


def test_staff_ring_whom_no_message_reached(
    page: Page, sign_in: Callable[[Page, User], None], make_lecture: Callable[..., Lecture]
) -> None:
    lecture = make_lecture(title="防诈骗讲座")
    person = Resident.objects.create(full_name="沈无号", phone="0757-86666666")
    seats.sign_up(activity=lecture, resident=person, by=staff()[0], now=local_now())
    outbox.tick()
    sign_in(page, staff()[0])
    page.goto("/desk/")
    press(page.get_by_role("link", name="打开电话名单"))
    faults = faults_here(page, "call list")
    press(page.get_by_role("link", name="防诈骗讲座"))
    card = page.locator(".calls li", has_text="沈无号")
    expect(card.get_by_role("link", name="0757-86666666")).to_be_visible()
    faults += faults_here(page, "calls about a lecture")
    press(card.get_by_role("button", name="已通知到"))
    expect(page.locator(".calls li")).to_have_count(0)
    faults += faults_here(page, "everybody reached")
    press(page.get_by_role("button", name="撤销"))
    expect(card).to_be_visible()
    assert faults == []
