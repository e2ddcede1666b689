"""The education base from the first application to a student's grant, in both schemes."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from edu_base.models import Application, Intake, SchemeYear, State
from edu_base.models.schemes import PROGRAMME
from tests.conftest import NOW
from tests.edu_base.applying import number_of
from tests.flows import education_steps as steps
from tests.flows import nomination_steps
from tests.flows.school_steps import Look
from tests.flows.steps import link_in
from tests.support.browser import press

pytestmark = pytest.mark.usefixtures("portal")
FIRST, NEXT = "温小满", "陆清明"
OTHER_PHONE, BOSS, WORKER = "13800007702", "13800007703", "13800007704"
BORN = {FIRST: date(2006, 5, 20), NEXT: date(1999, 4, 4)}


def with_one_place() -> Intake:
    """The class after senior secondary school opens tomorrow, with one place left in the year."""
    SchemeYear.objects.filter(scheme="households").update(places=1)
    intake = Intake.objects.get(title_zh="高中大专接轨大专班")
    days = {"opens_on": NOW.date() + timedelta(days=1), "closes_on": NOW.date() + timedelta(days=9)}
    Intake.objects.filter(pk=intake.pk).update(has_interview=False, **days)
    return intake


def numbered(name: str) -> int:
    return Application.objects.get(person__full_name=name).pk


def state_of(name: str) -> str:
    return Application.objects.get(person__full_name=name).state


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_place_goes_through_every_hand_and_on_to_the_reserve(
    phone: Page,
    desk: Page,
    look: Look,
    make_user: Callable[..., User],
    sign_in: Callable[[Page, User], None],
    text_messages: Callable[[str], list[str]],
    later: Callable[..., None],
) -> None:
    intake = with_one_place()
    staff = make_user(Role.STAFF, display_name="罗立秋")
    reviewer = make_user(Role.STAFF, display_name="谢白露")
    lead = make_user(Role.PROGRAMME_LEAD, scope=PROGRAMME, display_name="郑立夏")
    young = make_user(Role.RESIDENT, display_name=FIRST)
    type(young.resident).objects.filter(pk=young.resident.pk).update(birth_date=BORN[FIRST])

    sign_in(desk, lead)
    steps.set_up_marks(desk, intake.pk, "谢白露", look)
    later(days=1)

    steps.check_oneself(phone, f"{BORN[FIRST]}", look)
    sign_in(phone, young)
    steps.apply(phone, intake.pk, number_of(BORN[FIRST]), look)
    assert state_of(FIRST) == State.SUBMITTED
    sign_in(desk, staff)
    other = (NEXT, f"{BORN[NEXT]}", OTHER_PHONE, number_of(BORN[NEXT]))
    steps.apply_from_paper(desk, intake.pk, *other, look=look)
    steps.ask_for_more(desk, FIRST, "请补一张毕业证的照片。", look)
    sign_in(phone, young)
    phone.goto(f"/education/applications/{numbered(FIRST)}/")
    expect(phone.locator("main")).to_contain_text("请补一张毕业证的照片。")
    look(phone, "own-asked")
    steps.add_paper(phone, "schooling")
    press(phone.locator("form[action$='/submit/'] button"))

    steps.find_eligible(desk, FIRST, "户 0101", look)
    steps.ask_for_an_exception(desk, NEXT, "服兵役两年，退伍后才能读书。", look)
    sign_in(desk, lead)
    steps.grant_the_exception(desk, look)
    sign_in(desk, staff)
    steps.find_eligible(desk, NEXT, "户 0202", look)
    assert (state_of(FIRST), state_of(NEXT)) == (State.ELIGIBLE, State.ELIGIBLE)
    sign_in(desk, reviewer)
    steps.mark(desk, intake.pk, [90, 80], look)

    sign_in(desk, lead)
    steps.rank_and_propose(desk, intake.pk, 1, look)
    assert (state_of(FIRST), state_of(NEXT)) == (State.PROPOSED, State.RESERVE)
    steps.announce(desk, intake.pk, "2026-11-24", look)
    phone.context.clear_cookies()
    steps.object_to(phone, "他家今年已有一个孩子报名。", look)
    expect(phone.locator("main")).not_to_contain_text(FIRST)
    steps.decide_objection(desk, "已核对户口簿，只有一人报名。", look)
    later(days=9)
    steps.resolve(desk, intake.pk, "2026-12-02", "叠二党〔2026〕12号", look)
    first, following = (numbered(name) for name in (FIRST, NEXT))
    assert not any("录取" in text for text in text_messages(young.phone))
    steps.bring_in_the_colleges_list(
        desk, intake.pk, (first, FIRST, "未录取", "体检未通过"), look=look
    )
    assert (state_of(FIRST), state_of(NEXT)) == (State.NOT_ADMITTED, State.OFFERED)

    steps.accept_the_place(phone, text_messages(OTHER_PHONE)[-1], look)
    steps.announce(desk, intake.pk, "2026-12-03", look)
    later(days=20)
    steps.resolve(desk, intake.pk, "2026-12-12", "叠二党〔2026〕13号", look)
    steps.bring_in_the_colleges_list(desk, intake.pk, (following, NEXT, "录取", ""), look=look)
    assert state_of(NEXT) == State.ADMITTED
    steps.report(desk, intake.pk, look)
    assert state_of(NEXT) == State.REPORTED
    steps.approve_a_fund(desk, "新生助学金", "2000.00", "1500.50", look)
    steps.award(desk, NEXT, look)
    expect(desk.locator("tr", has_text="已发放")).to_contain_text("1,500.50")
    press(desk.locator("main a[href$='/sheet/']").first)
    expect(desk.locator("main")).to_contain_text("壹仟伍佰元")
    desk.goto("/desk/education/funnel/")
    look(desk, "funnel")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_worker_is_nominated_says_yes_and_applies(
    phone: Page,
    desk: Page,
    look: Look,
    make_user: Callable[..., User],
    sign_in: Callable[[Page, User], None],
    text_messages: Callable[[str], list[str]],
) -> None:
    """38 years old: the class of the Dream scheme has no age."""
    today = NOW.date()
    open_now = {"opens_on": today, "closes_on": today + timedelta(days=20)}
    Intake.objects.filter(scheme="dream").update(**open_now)
    sign_in(desk, make_user(Role.PROGRAMME_LEAD, scope=PROGRAMME))
    nomination_steps.enter_an_enterprise(desk, "叠二精密模具厂", "91110000600037341L", BOSS, look)
    nomination_steps.nominate(phone, text_messages(BOSS)[-1], "秦大暑", WORKER, look)
    assert not Application.objects.exists()
    nomination_steps.say_yes_to_the_nomination(phone, text_messages(WORKER)[-1], look)
    nomination_steps.register(phone, "秦大暑", WORKER, text_messages)
    steps.fill_in(phone, number_of(date(1988, 7, 22)), look, works_since="2024-03-01")
    press(phone.locator("form[action$='/submit/'] button"))
    assert state_of("秦大暑") == State.SUBMITTED
    phone.context.clear_cookies()
    phone.goto(link_in(text_messages(BOSS)[0]))
    expect(phone.locator("main")).to_contain_text("已确认")
    look(phone, "nominating-confirmed")
