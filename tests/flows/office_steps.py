"""What people do on the pages of the programme office and in the admin site, one step at a time."""

from collections.abc import Sequence
from io import BytesIO

import docx
from playwright.sync_api import Page, expect

from diedie_edu.common.days import local_now
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.office.models import Document
from tests.flows.school_steps import Look
from tests.support.browser import press

DESK = "/desk/office"
SCHOOL = "residents-school"


def document_of(work: str, year: int) -> Document:
    return Document.objects.get(programme=SCHOOL, work=work, first_day__year=year)


def open_year(desk: Page, year: int, look: Look) -> None:
    desk.goto(f"{DESK}/board/{year}/")
    press(desk.locator("form[action$='/open/'] button"))
    look(desk, "board")


# --- Writing -----------------------------------------------------------------------------


def begin(page: Page, document: Document, look: Look) -> int:
    """The version (its number in addresses) that is written from here on."""
    page.goto(f"{DESK}/documents/{document.pk}/")
    look(page, f"document-{document.work}")
    press(page.locator("form[action$='/write/'] button").first)
    return int(page.url.rstrip("/").rpartition("/")[2])


def write_plan(page: Page, version: int, look: Look) -> None:
    page.goto(f"{DESK}/versions/{version}/add/paragraph/")
    page.locator("[name=text]").fill("每月两场讲座，场场有回访。")
    press(page.locator("main form button.btn-primary").first)
    page.goto(f"{DESK}/versions/{version}/add/milestone/")
    page.locator("[name=title]").fill("秋季开讲")
    page.locator("[name=first_day]").fill("2026-09-01")
    page.locator("[name=last_day]").fill("2026-09-30")
    look(page, "milestone")
    press(page.locator("main form button.btn-primary").first)


def write_lines(page: Page, version: int, rows: Sequence[dict[str, str]], look: Look) -> None:
    """Each row by the names of its columns."""
    page.goto(f"{DESK}/budgets/{version}/")
    for number, row in enumerate(rows):
        for name, value in row.items():
            field = page.locator(f"[name=lines-{number}-{name}]")
            if name == "category":
                field.select_option(value)
            else:
                field.fill(value)
    look(page, "budget")
    press(page.locator("main form button.btn-primary").first)


def submit(page: Page, version: int, look: Look) -> None:
    page.goto(f"{DESK}/versions/{version}/")
    look(page, "version")
    press(page.locator("form[action$='/submit/'] button"))


# --- Reviewing in the admin site ---------------------------------------------------------


def return_a_line(desk: Page, version: int, words: str, look: Look) -> None:
    desk.goto("/admin/")
    look(desk, "admin")
    desk.goto(f"/admin/office/version/{version}/change/")
    look(desk, "review")
    desk.locator("input[name^=beside-]").first.fill(words)
    press(desk.locator("button[name=what][value=returned]"))


def approve_together(desk: Page, look: Look) -> None:
    """All that waits, after the page that shows what each says."""
    desk.goto("/admin/office/version/?state__exact=submitted")
    look(desk, "waiting")
    for box in desk.locator("input[name=_selected_action]").all():
        box.check()
    desk.locator("select[name=action]").select_option("decide_together")
    press(desk.locator("button[name=index]"))
    look(desk, "together")
    press(desk.locator("button[name=what][value=approved]"))


# --- Spending, summing up ----------------------------------------------------------------


def pay(page: Page, item: int, amount: str, number: str, people: Sequence[str]) -> None:
    """`people`: who handled it, who saw it, who approves it."""
    page.goto(f"{DESK}/spending/lines/{item}/pay/")
    facts = {"paid_on": "2026-11-20", "amount": amount, "payee": "木棉讲师团"}
    for name, value in (facts | {"invoice_number": number}).items():
        page.locator(f"[name={name}]").fill(value)
    for name, who in zip(("handled_by", "witness", "approver"), people, strict=True):
        page.locator(f"[name={name}]").select_option(label=who)
    press(page.locator("main form button.btn-primary"))


def draft_summary(page: Page, document: Document, look: Look) -> int:
    """The version that the job has drafted."""
    page.goto(f"{DESK}/documents/{document.pk}/")
    press(page.locator("form[action$='/draft/'] button"))
    assert run_next(local_now())
    version = document.versions.get().pk
    page.goto(f"{DESK}/versions/{version}/")
    look(page, "summary")
    return version


def words_of_file(page: Page, version: int) -> str:
    """All that the Word file of a summary says, its tables too."""
    answer = page.request.get(f"{DESK}/summaries/{version}/word/")
    expect(answer).to_be_ok()
    file = docx.Document(BytesIO(answer.body()))
    cells = (cell.text for table in file.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])
