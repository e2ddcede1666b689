"""A day of the 4:30 school: from the consent to the last child that is handed over, and to the
hours of those who were there."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from after_school.actions import enrolling
from after_school.actions.seeing import see_guardian
from after_school.models import GuardianRight, Presence, Session, Term
from after_school.rules.terms import PROGRAMME
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_now
from diedie_edu.common.links import token
from diedie_edu.people.actions import clearances, consents
from diedie_edu.people.models import Volunteer
from diedie_edu.people.queries import consent_text_in_force
from diedie_edu.volunteering.models import Duty
from tests.conftest import NOW
from tests.flows import school_steps as steps
from tests.flows.steps import check_the_certificate

pytestmark = pytest.mark.usefixtures("portal")

TUESDAY = date(2026, 11, 24)
MOTHER, MISSING, LAST = "13700000071", "吕知秋", "何立冬"


def enrol_child(term: Term, guardian: User, name: str) -> None:
    """Two more children, whose guardians have done it before."""
    zone, text = term.zones.get(kind="activities"), consent_text_in_force(PROGRAMME, NOW)
    wish = enrolling.Wish(
        term=term,
        guardian=guardian.resident,
        facts=enrolling.ChildFacts(name, date(2018, 2, 3), "father"),
        place=enrolling.Place("叠滘小学", "二年级", "", zone, [1, 2, 3, 4, 5], "", ""),
        collectors=[],
        agreement=consents.Agreement(text),
    )
    enrolling.enrol(wish=wish, by=guardian, now=NOW)


def make_helper(user: User, staff: User) -> Volunteer:
    """Somebody checked, who may be close to children."""
    volunteer = Volunteer.objects.create(resident=user.resident, kinds=["student_party"])
    days = {"checked_on": NOW.date(), "valid_until": NOW.date() + timedelta(days=300)}
    clearances.record_clearance(volunteer=volunteer, result="clear", **days, by=staff, now=NOW)
    return volunteer


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_every_child_is_expected_looked_after_and_handed_over(
    phone: Page,
    desk: Page,
    look: steps.Look,
    make_user: Callable[..., User],
    sign_in: Callable[[Page, User], None],
    text_messages: Callable[[str], list[str]],
    later: Callable[..., None],
) -> None:
    staff = make_user(Role.STAFF)
    mother = make_user(Role.RESIDENT, phone=MOTHER, display_name=steps.MOTHER)
    fathers = [make_user(Role.RESIDENT, display_name=name) for name in ("吕父", "何父")]
    helpers = [make_user(Role.VOLUNTEER, display_name=name) for name in ("秦小满", "马春分")]
    term = steps.make_term(staff, TUESDAY)
    for father, name in zip(fathers, (MISSING, LAST), strict=True):
        enrol_child(term, father, name)
    for helper in helpers:
        make_helper(helper, staff)
    sign_in(desk, staff)

    sign_in(phone, mother)
    steps.enrol(phone, look)
    steps.see_the_guardian(desk, steps.CHILD, look)
    code = steps.make_a_pass(phone, "王阿姨", f"{TUESDAY}", look)
    for helper, zone in zip(helpers, ("课业辅导区", "综合活动区"), strict=True):
        sign_in(phone, helper)
        steps.take_a_duty(phone, zone, look)

    later(hours=8, minutes=1)  # Monday 18:01, the evening before
    assert "值班" in text_messages(helpers[0].phone)[-1]
    later(days=1, hours=2, minutes=1)  # Tuesday 12:01
    reminders = [text for text in text_messages(helpers[0].phone) if "值班" in text]
    assert len(reminders) == 2

    later(days=1, hours=6, minutes=10)  # 16:10
    steps.open_the_afternoon(desk, look)
    room = f"/school/on-duty/{token('on_duty', Session.objects.get(day=TUESDAY).pk)}/"
    for helper in helpers:
        sign_in(phone, helper)
        steps.sign_in_on_duty(phone, room, look)
    later(days=1, hours=6, minutes=35)  # 16:35
    for name in (steps.CHILD, LAST):
        steps.let_in(desk, name)

    later(days=1, hours=6, minutes=51)  # 16:51
    assert MISSING in text_messages(fathers[0].phone)[-1]
    assert MISSING in text_messages(staff.phone)[-1]
    desk.goto("/desk/school/")
    expect(steps.register(desk, "missing")).to_contain_text([MISSING])
    look(desk, "session")

    later(days=1, hours=7, minutes=30)  # 17:30
    right = GuardianRight.objects.get(guardian__account=mother)
    see_guardian(right=right, how="document", reference="", by=staff, now=local_now())
    steps.open_hand_over(desk, steps.CHILD)
    look(desk, "hand-over")
    steps.type_a_code(desk, f"{(int(code) + 1) % 10**6:06d}")
    expect(desk.get_by_role("alert")).to_contain_text("没有交接")
    look(desk, "hand-over-refused")
    steps.type_a_code(desk, code)
    expect(desk.get_by_text("接走的人：王阿姨", exact=False)).to_be_visible()
    later(days=1, hours=7, minutes=31)  # it can be undone no more
    assert "王阿姨" in text_messages(MOTHER)[-1]
    sign_in(phone, mother)
    steps.open_child(phone)
    expect(phone.locator(".band")).to_contain_text(re.compile("17:30.*王阿姨", re.DOTALL))
    look(phone, "child-gone-home")

    later(days=1, hours=9, minutes=1)  # 19:01
    steps.call(desk, "何父", look)
    desk.goto(f"/desk/school/sessions/{Session.objects.get(day=TUESDAY).pk}/close/")
    expect(desk.get_by_text(LAST)).to_be_visible()
    expect(desk.locator("main form")).to_have_count(0)  # not while a child is inside
    look(desk, "session-close-refused")
    later(days=1, hours=9, minutes=15)  # 19:15
    steps.open_hand_over(desk, LAST)
    steps.hand_over_to(desk, "何父")

    later(days=1, hours=9, minutes=20)  # 19:20
    for helper in helpers:
        sign_in(phone, helper)
        steps.sign_out_of_duty(phone, room, look)
    steps.close_the_afternoon(desk, look)
    assert Session.objects.get(day=TUESDAY).state == Session.State.CLOSED
    assert not Presence.objects.filter(arrived_at__isnull=False, left_at=None).exists()
    assert Presence.objects.filter(arrived_at=None).count() == 1
    assert Duty.objects.filter(served_minutes__range=(185, 195)).count() == 2

    steps.confirm_hours(desk, look)
    assert Duty.objects.filter(confirmed_by=staff).count() == 2
    number = steps.make_the_proof(phone, look)
    phone.context.clear_cookies()  # whoever is shown the paper may check it
    check_the_certificate(phone, number)
    expect(phone.get_by_text("正在公示，还没有生效")).to_be_visible()
    later(days=10)
    check_the_certificate(phone, number)
    expect(phone.get_by_text("有效", exact=True)).to_be_visible()
    expect(phone.get_by_text("3 小时", exact=False)).to_be_visible()
    look(phone, "proof-checked")
