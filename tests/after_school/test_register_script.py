"""The register in a browser: it finds a child while one types, and reads itself anew."""

import pytest
from playwright.sync_api import Page, expect

from after_school.models import Presence
from tests.support.afternoons import at

REFRESH = 31_000  # ms


@pytest.fixture
def register(desktop_page: Page, sign_in, staff_user, session, enrolment, frozen) -> Page:
    frozen(at(17))
    sign_in(desktop_page, staff_user)
    desktop_page.clock.install()
    return desktop_page


def test_a_name_is_found_while_it_is_typed(register, session, make_child, enrol_child):
    enrol_child(make_child(full_name="王大朋"))
    register.goto(f"/desk/school/sessions/{session.pk}/")
    names = register.locator(".register-name:visible")
    expect(names).to_have_count(2)
    register.get_by_role("main").get_by_role("searchbox").press_sequentially("wdp")
    expect(names).to_have_text(["王大朋"])
    register.get_by_role("main").get_by_role("searchbox").fill("小宝")
    expect(names).to_have_text(["陈小宝"])


def test_it_reads_itself_anew_and_keeps_the_focus(
    register, session, enrolment, homework, staff_user, frozen
):
    register.goto(f"/desk/school/sessions/{session.pk}/")
    register.get_by_role("link", name="陈小宝").focus()
    frozen(at(17, 1))
    Presence.objects.create(
        session=session,
        enrolment=enrolment,
        term=session.term,
        child=enrolment.child,
        arrived_at=at(17),
        arrived_by=staff_user,
        zone=homework,
    )
    register.clock.run_for(REFRESH)
    expect(register.get_by_text("17:01:00 的情况")).to_be_visible()
    expect(register.get_by_role("link", name="交接")).to_be_visible()
    expect(register.get_by_role("link", name="陈小宝", exact=True)).to_be_focused()


def test_what_is_searched_for_stays_searched_for(register, session, make_child, enrol_child):
    enrol_child(make_child(full_name="王大朋"))
    register.goto(f"/desk/school/sessions/{session.pk}/?q=wdp")
    names = register.locator(".register-name:visible")
    expect(names).to_have_text(["王大朋"])
    register.clock.run_for(REFRESH)
    expect(names).to_have_text(["王大朋"])
    register.get_by_role("main").get_by_role("searchbox").fill("")
    expect(names).to_have_count(2)


def test_the_undo_goes_after_five_seconds(register, session, presence, collector):
    register.goto(f"/desk/school/sessions/{session.pk}/children/{presence.child_id}/")
    register.get_by_role("button", name="认识").click()
    button = register.get_by_role("button", name="撤销")
    expect(button).to_be_visible()
    expect(button).to_be_hidden()
    expect(register.get_by_role("link", name="更正")).to_be_visible()
