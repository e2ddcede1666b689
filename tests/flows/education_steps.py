"""What people do on the pages of the education base, one step at a time.

`page` is the phone of whoever acts, `desk` the screen of the staff.
"""

from collections.abc import Sequence

from playwright.sync_api import Page, expect

from diedie_edu.common.days import local_now
from diedie_edu.jobs.actions.run import run_next
from residents_school.demo.handouts import picture
from tests.common.spreadsheets.files import xlsx
from tests.flows.school_steps import Look
from tests.flows.steps import link_in
from tests.support.browser import press

DESK = "/desk/education"


# --- Before anybody applies --------------------------------------------------------------


def set_up_marks(desk: Page, intake: int, reviewer: str, look: Look) -> None:
    """One criterion, one reviewer."""
    desk.goto(f"{DESK}/classes/{intake}/criteria/")
    desk.locator("select[name=part]").select_option("papers")
    desk.locator("input[name=title_zh]").fill("学习愿望")
    desk.locator("input[name=weight]").fill("60")
    look(desk, "criteria")
    send(desk)
    desk.goto(f"{DESK}/classes/{intake}/reviewers/")
    desk.locator("select[name=account]").select_option(label=reviewer)
    look(desk, "reviewers")
    send(desk)
    expect(desk.locator("main")).to_contain_text(reviewer)


# --- Applying ----------------------------------------------------------------------------


def check_oneself(page: Page, born: str, look: Look) -> None:
    page.goto("/education/")
    look(page, "landing")
    page.goto("/education/check/")
    page.locator("input[name=birth_date]").fill(born)
    tick(page, "input[name=schooling][value=senior]")
    tick(page, "input[name=belongs_by][value=registered]")
    look(page, "self-check")
    press(page.locator("main form button").first)
    look(page, "self-checked")


def apply(page: Page, intake: int, number: str, look: Look) -> None:
    """From the first page to the one where it can be sent in."""
    page.goto(f"/education/apply/?intake={intake}")
    page.locator("label[for=id_agreed]").click()
    look(page, "start")
    send(page)
    fill_in(page, number, look)
    look(page, "own")
    press(page.locator("form[action$='/submit/'] button"))


def apply_from_paper(
    desk: Page, intake: int, name: str, born: str, phone: str, number: str, look: Look
) -> None:
    """Staff type in what somebody has signed; where a rule is not met, that stops nobody here."""
    desk.goto(f"{DESK}/paper/")
    tick(desk, f"input[name=intake][value='{intake}']")
    told = {"full_name": name, "birth_date": born, "phone": phone, "paper_reference": "柜 3-12"}
    for field, value in told.items():
        desk.locator(f"input[name={field}]").fill(value)
    desk.locator("label[for=id_agreed]").click()
    look(desk, "paper")
    send(desk)
    fill_in(desk, number, look)
    press(desk.locator("form[action$='/submit/'] button"))


def fill_in(page: Page, number: str, look: Look, works_since: str = "") -> None:
    page.locator("select[name=paper_kind]").select_option("citizen")
    page.locator("input[name=number]").fill(number)
    page.locator("select[name=schooling]").select_option("senior")
    page.locator("select[name=belongs_by]").select_option("works" if works_since else "registered")
    page.locator("input[name=employed_since]").fill(works_since)
    page.locator("input[name=address]").fill("叠二社区榕树巷 5 号")
    look(page, "details")
    send(page)
    for sort in ("identity", "household", "schooling"):
        add_paper(page, sort)


def add_paper(page: Page, sort: str) -> None:
    page.locator("select[name=sort]").select_option(sort)
    file = {"name": "纸.png", "mimeType": "image/png", "buffer": picture()}
    page.locator("input[name=file]").set_input_files(file)
    press(page.locator("form[action$='/papers/'] button"))


# --- Reviewing ---------------------------------------------------------------------------


def open_application(desk: Page, name: str) -> None:
    desk.goto(f"{DESK}/applications/")
    press(desk.get_by_role("link", name=name).first)


def ask_for_more(desk: Page, name: str, what: str, look: Look) -> None:
    open_application(desk, name)
    look(desk, "application-desk")
    desk.locator("textarea[name=reason]").fill(what)
    press(desk.locator("button[name=to][value=more_asked]"))


def find_eligible(desk: Page, name: str, booklet: str, look: Look) -> None:
    """The conditions are met, and the household is confirmed from its booklet; one that lives at an
    address which is known is asked about."""
    open_application(desk, name)
    press(desk.locator("button[name=to][value=eligible]"))
    press(desk.locator("a[href$='/household/']").first)
    tick(desk, "input[name=proof][value=booklet]")
    desk.locator("input[name=number]").fill(booklet)
    look(desk, "household")
    send(desk)
    if desk.locator("input[name=which]").count():
        look(desk, "household-known")
        tick(desk, "input[name=which][value=own]")
        desk.locator("textarea[name=reason]").fill("同一栋楼的两户，户口簿各一本。")
        send(desk)


def ask_for_an_exception(desk: Page, name: str, why: str, look: Look) -> None:
    open_application(desk, name)
    press(desk.locator("a[href$='/exception/']").first)
    tick(desk, "input[name=conditions][value=age]")
    desk.locator("textarea[name=reason]").fill(why)
    look(desk, "exception")
    send(desk)


def grant_the_exception(desk: Page, look: Look) -> None:
    desk.goto("/desk/decisions/")
    press(desk.locator("main").get_by_role("link").filter(has_text="条件").first)
    look(desk, "exception-decision")
    press(desk.get_by_role("button", name="批准", exact=True))


def mark(desk: Page, intake: int, points: Sequence[int], look: Look) -> None:
    """Ties first, then marks for each name in turn."""
    desk.goto(f"{DESK}/reviewing/{intake}/ties/")
    look(desk, "ties")
    send(desk)
    for given in points:
        desk.goto(f"{DESK}/reviewing/")
        look(desk, "reviewing")
        press(desk.locator("main a[href*='/cases/']").first)
        desk.locator("input[name^=points_]").first.fill(str(given))
        look(desk, "case")
        send(desk)


def rank_and_propose(desk: Page, intake: int, number: int, look: Look) -> None:
    desk.goto(f"{DESK}/classes/{intake}/ranking/")
    press(desk.locator("form[action$='/rank/'] button"))
    look(desk, "ranking")
    desk.goto(f"{DESK}/classes/{intake}/propose/")
    desk.locator("form[method=get] input[name=number]").fill(str(number))
    press(desk.locator("form[method=get] button"))
    look(desk, "propose")
    send(desk)


# --- 公示, the committee, the college -----------------------------------------------------


def announce(desk: Page, intake: int, first_day: str, look: Look) -> None:
    desk.goto(f"{DESK}/classes/{intake}/announce/")
    desk.locator("form[method=get] input[name=first_on]").fill(first_day)
    press(desk.locator("form[method=get] button"))
    look(desk, "announce")
    send(desk)


def object_to(page: Page, words: str, look: Look) -> None:
    page.goto("/education/announcements/")
    press(page.locator("main a[href*='/announcements/']").first)
    look(page, "announcement")
    press(page.locator("main a[href$='/object/']").first)
    page.locator("select[name=application]").select_option(index=1)
    page.locator("textarea[name=words]").fill(words)
    page.locator("input[name=objector]").fill("街坊老何")
    look(page, "object")
    send(page)


def decide_objection(desk: Page, answer: str, look: Look) -> None:
    desk.goto(f"{DESK}/objections/")
    look(desk, "objections")
    press(desk.locator("main a[href*='/objections/']").first)
    tick(desk, "input[name=upheld][value=no]")
    desk.locator("textarea[name=answer]").fill(answer)
    look(desk, "objection")
    send(desk)


def resolve(desk: Page, intake: int, day: str, number: str, look: Look) -> None:
    """The committee confirms whoever is there."""
    desk.goto(f"{DESK}/classes/{intake}/resolve/")
    desk.locator("input[name=decided_on]").fill(day)
    desk.locator("input[name=document_number]").fill(number)
    for answer in desk.locator("select[name^=answer_]").all():
        answer.select_option("yes")
    look(desk, "resolve")
    send(desk)


def bring_in_the_colleges_list(
    desk: Page, intake: int, *rows: Sequence[object], look: Look
) -> None:
    """As the college sends it: number, name, result, reason."""
    desk.goto(f"{DESK}/classes/{intake}/places/")
    press(desk.get_by_role("link", name="上传院校名单"))
    titles = ["申请编号", "姓名", "结果", "原因"]
    file = {
        "name": "录取.xlsx",
        "mimeType": "application/vnd.ms-excel",
        "buffer": xlsx(titles, *([str(cell) for cell in row] for row in rows)),
    }
    desk.get_by_label("您的名单").set_input_files(file)
    press(desk.get_by_role("button", name="上传并检查"))
    _work(desk)
    look(desk, "college-list")
    press(desk.get_by_role("button", name="确认导入"))
    _work(desk)


def tick(page: Page, selector: str) -> None:
    """By its label, as a finger does; the box itself may lie under something."""
    box = page.locator(selector)
    page.locator(f"label[for='{box.get_attribute('id')}']").first.click()


def send(page: Page) -> None:
    press(page.locator("main form[method=post] button.btn-primary").last)


def _work(desk: Page) -> None:
    """The worker's next tick, and the page's look at it."""
    run_next(local_now())
    press(desk.get_by_role("link", name="现在看看"))


def accept_the_place(page: Page, message: str, look: Look) -> None:
    page.goto(link_in(message))
    look(page, "offer")
    press(page.locator("button[name=answer][value=yes]"))


def report(desk: Page, intake: int, look: Look) -> None:
    """Whoever is on the college's list has come there."""
    desk.goto(f"{DESK}/classes/{intake}/report/")
    for answer in desk.locator("select[name^=answer_]").all():
        answer.select_option("yes")
    look(desk, "report")
    send(desk)


# --- 助学金 --------------------------------------------------------------------------------


def approve_a_fund(desk: Page, title: str, total: str, amount: str, look: Look) -> None:
    desk.goto(f"{DESK}/grants/new/")
    told = {"title_zh": title, "total": total, "amount": amount, "document": "叠二党〔2026〕14号"}
    for field, value in told.items():
        desk.locator(f"input[name={field}]").fill(value)
    desk.locator("input[name=approved_on]").fill("2026-12-12")
    look(desk, "fund-form")
    send(desk)
    expect(desk.get_by_role("heading", name=title)).to_be_visible()


def award(desk: Page, name: str, look: Look) -> None:
    """Awarded, announced, signed for, paid."""
    press(desk.locator("main a[href$='/award/']").first)
    desk.get_by_label(name).check(force=True)
    look(desk, "award")
    send(desk)
    for fact in ("announced", "signed", "paid"):
        tick(desk, "input[name=awards]")
        look(desk, "fund")
        press(desk.locator(f"button[name=fact][value={fact}]"))
