"""The duty board cell by cell, what leads owe, who is left to approve, reminders."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.common.days import moment
from diedie_edu.common.errors import Refused
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.parts import PlanData
from diedie_edu.decisions.actions import deputies
from diedie_edu.decisions.actions.reminders import plan_reminders
from diedie_edu.notices.models import Notice
from diedie_edu.office.actions import years
from diedie_edu.office.actions.reminders import plan_due
from diedie_edu.office.models import Document, Work
from diedie_edu.office.queries import panels
from diedie_edu.office.queries.board import Row, board
from diedie_edu.office.queries.deciders import stuck
from diedie_edu.office.queries.owed import owed_by
from diedie_edu.programmes.models import Lead, Programme
from edu_base.plan_data import load_schemes
from tests.support import office as short
from tests.support.office import NOW, SCHOOL

pytestmark = pytest.mark.django_db
YEAR, BASE = 2027, "edu-base"
JANUARY = moment(date(YEAR, 1, 4))


@pytest.fixture
def year(db: None) -> int:
    for part in parts_of(PlanData):
        part.load()
    years.open_year(year=YEAR, now=NOW)
    load_schemes(YEAR)
    return YEAR


def shown(now: datetime = JANUARY, year: int = YEAR) -> dict[str, Row]:
    return {row.programme.slug: row for row in board(year, {EVERYWHERE}, now)}


def states(row: Row) -> dict[str, str | None]:
    return {work.value: cell and cell.state for work, cell in row.cells}


def test_a_fresh_year_cell_by_cell(year: int) -> None:
    """Facts 1, the matrix: what is owed, and nothing else."""
    rows = shown()
    none = "none"
    assert {slug: states(row) for slug, row in rows.items()} == {
        SCHOOL: {"budget": none, "plan": none, "rules": None, "publicity": none, "summary": none},
        "after-school": dict.fromkeys(("budget", "plan", "rules", "publicity", "summary"), none),
        "happy-square": {
            "budget": none,
            "plan": None,
            "rules": None,
            "publicity": none,
            "summary": none,
        },
        BASE: dict.fromkeys(("budget", "plan", "rules", "publicity", "summary")),
    }
    assert [slug for slug, row in rows.items() if row.campaigns] == [BASE]
    lines = [(line.first_day.month, line.last_day.month) for line in rows[BASE].lines]
    assert lines == [(7, 8), (8, 8), (10, 10)]


def test_what_is_not_owed_is_never_late(year: int, branch_lead: User, as_user: Any) -> None:
    late = shown(moment(date(YEAR + 1, 6, 1)))
    cells = [cell for row in late.values() for _work, cell in row.cells]
    assert sum(cell is None for cell in cells) == 8
    assert all(cell.is_late for cell in cells if cell)
    page = as_user(branch_lead).get(f"/desk/office/board/{YEAR}/").content.decode()
    assert page.count("不承担") == 3
    assert "党委统一安排" in page
    assert "%" not in page.split("<main")[1].split("</main")[0].replace("width", "")


@pytest.mark.parametrize(
    ("day", "late", "due"),
    [((1, 1), False, True), ((1, 31), False, True), ((2, 1), True, False)],
)
def test_a_plan_is_due_and_late(year: int, day: Any, late: bool, due: bool) -> None:
    cell = dict(shown(moment(date(YEAR, *day)))[SCHOOL].cells)[Work.PLAN]
    assert cell is not None
    assert (cell.is_late, cell.is_due) == (late, due)


def test_states_of_one_document(year: int, lead: User, branch_lead: User) -> None:
    document = Document.objects.get(programme=SCHOOL, work=Work.PLAN)

    def state() -> str | None:
        return states(shown()[SCHOOL])["plan"]

    version = short.begin(document, lead)
    short.add_paragraph(version)
    seen = [state()]
    short.submit(version, lead)
    seen.append(state())
    short.decide(version, branch_lead, "returned", "请补充。")
    seen.append(state())
    after = short.begin(document, lead)
    short.submit(after, lead)
    short.decide(after, branch_lead)
    seen.append(state())
    short.begin(document, lead)
    cell = dict(shown()[SCHOOL].cells)[Work.PLAN]
    assert cell is not None
    assert seen == ["draft", "submitted", "returned", "approved"]
    assert (cell.state, cell.newer and cell.newer.state) == ("approved", "draft")


def test_a_board_takes_a_fixed_number_of_queries(
    year: int, lead: User, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(4):
        shown()
    for document in Document.objects.all():
        short.begin(document, lead)
    with django_assert_num_queries(4):
        shown()


def test_one_page_over_all_own_programmes(year: int, make_user: Callable[..., User]) -> None:
    both = make_user(Role.BRANCH_LEAD)
    assert len(owed_by(both, NOW.date())) == 12
    for slug in (SCHOOL, "happy-square"):
        Lead.objects.create(
            programme=Programme.objects.get(slug=slug), full_name="甲", account=both
        )
    assert len(owed_by(both, NOW.date())) == 7


def test_due_days_are_changed_by_a_branch_lead(
    year: int, lead: User, branch_lead: User, as_user: Any
) -> None:
    document = Document.objects.get(programme=SCHOOL, work=Work.PLAN)
    page = f"/desk/office/documents/{document.pk}/due/"
    client = as_user(branch_lead)
    opened = client.get(page).context["form"]["opened"].value()
    assert client.post(page, {"due_on": "2027-02-10", "opened": opened}).status_code == 302
    document.refresh_from_db()
    assert document.due_on == date(2027, 2, 10)
    assert as_user(lead).get(page).status_code == 403


def test_only_years_near_by_are_opened(db: None) -> None:
    with pytest.raises(Refused, match="明年"):
        years.open_year(year=2031, now=NOW)


# --- Who is left -----------------------------------------------------------------------


def test_no_document_is_stuck(make_user: Callable[..., User], lead: User) -> None:
    """One branch lead who is also a programme lead and wrote it: the desk says so, another branch
    lead names a deputy, both names stand on the decision."""
    only = make_user(Role.BRANCH_LEAD, Role.PROGRAMME_LEAD, scope=SCHOOL, display_name="柳双峰")
    version = short.begin(short.make_document(Work.PLAN), only)
    short.add_paragraph(version)
    short.submit(version, only)
    today = NOW.date()
    assert stuck(only, today) == [version.document]
    assert stuck(lead, today) == [version.document]
    texts = [problem.text for problem in panels.waits_for_nobody(only, NOW)]
    assert any("没有人能审批" in text for text in texts)
    with pytest.raises(Refused):
        short.decide(version, only)
    other = make_user(Role.BRANCH_LEAD, display_name="秦望舒")
    deputy = make_user(Role.STAFF, display_name="何远山")
    until = today + timedelta(days=9)
    days = {"first_day": today, "last_day": until}
    deputies.name_deputy(account=other, deputy=deputy, by=other, now=NOW, **days)
    assert stuck(only, today) == []
    short.decide(version, deputy)
    assert (version.approved_by, version.approved_for) == (deputy, other)


def test_a_deputy_by_the_author_or_with_a_hand_in_it_does_not_help(
    make_user: Callable[..., User],
) -> None:
    only = make_user(Role.BRANCH_LEAD)
    version = short.begin(short.make_document(Work.PLAN), only)
    short.add_paragraph(version)
    short.submit(version, only)
    deputy = make_user(Role.STAFF)
    days = {"first_day": NOW.date(), "last_day": NOW.date()}
    deputies.name_deputy(account=only, deputy=deputy, by=only, now=NOW, **days)
    assert stuck(only, NOW.date()) == [version.document]
    with pytest.raises(Refused):
        short.decide(version, deputy)


def test_an_administrator_alone_counts_as_nobody_until_there_is_a_deputy(
    make_user: Callable[..., User],
) -> None:
    only, admin = make_user(Role.BRANCH_LEAD), make_user(is_superuser=True)
    version = short.begin(short.make_document(Work.PLAN), only)
    short.add_paragraph(version)
    short.submit(version, only)
    assert stuck(admin, NOW.date()) == [version.document]
    deputy = make_user(Role.STAFF)
    days = {"first_day": NOW.date(), "last_day": NOW.date()}
    deputies.name_deputy(account=admin, deputy=deputy, by=admin, now=NOW, **days)
    assert stuck(admin, NOW.date()) == []
    assert short.decide(version, deputy).approved_for == admin


# --- Reminders -------------------------------------------------------------------------


def told(kind: str) -> int:
    rows = Notice.objects.filter(kind=kind, channel="inbox")
    return rows.values("recipient", "account").distinct().count()


def test_leads_hear_before_and_after_the_due_day(lead: User, branch_lead: User) -> None:
    """31 January 2026 is a Saturday; five working days before it is Monday 26."""
    short.make_document(Work.PLAN, year=2026)
    for day, before, after in (
        (date(2026, 1, 23), 0, 0),
        (date(2026, 1, 26), 1, 0),
        (date(2026, 1, 30), 1, 0),
        (date(2026, 2, 1), 1, 0),
        (date(2026, 2, 2), 1, 2),
        (date(2026, 2, 3), 1, 2),
    ):
        plan_due(moment(day))
        assert (told("office.due_soon"), told("office.overdue")) == (before, after), day


def test_who_has_submitted_hears_nothing(lead: User) -> None:
    version = short.begin(short.make_document(Work.PLAN, year=2026), lead)
    short.add_paragraph(version)
    short.submit(version, lead)
    assert plan_due(moment(date(2026, 2, 2))) == 0


def test_a_slow_reviewer_is_reminded_after_three_working_days(
    lead: User, branch_lead: User
) -> None:
    """Friday 9 October 2026 is the first working day after the holiday; Saturday 10 is worked."""
    version = short.begin(short.make_document(Work.PLAN), lead)
    short.add_paragraph(version)
    short.submit(version, lead, moment(date(2026, 10, 8)))
    for day, number in ((date(2026, 10, 9), 0), (date(2026, 10, 10), 0), (date(2026, 10, 12), 1)):
        plan_reminders(moment(day))
        assert told("decisions.due") == number, day
