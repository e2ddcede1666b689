"""Milestones: fulfilled by themselves, ticked, drawn, in and out by lists; word files."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.common.days import moment
from diedie_edu.common.errors import Refused
from diedie_edu.lists.models import ImportJob
from diedie_edu.office.actions import writing
from diedie_edu.office.lists.plans import MILESTONES_LIST
from diedie_edu.office.models import Milestone, Version, Work
from diedie_edu.office.queries.milestones import standings
from diedie_edu.office.queries.timeline import drawn
from residents_school.models import Lecture
from tests.support import office as short
from tests.support.occasions import rebook
from tests.support.office import NOW

DAY = timedelta(days=1)


@pytest.fixture
def plan(lead: User) -> Version:
    return short.begin(short.make_document(Work.PLAN), lead)


def add(plan: Version, looks_for: str = "", **facts: Any) -> Milestone:
    given = {"first_day": date(2026, 11, 1), "last_day": date(2026, 11, 30), "title": "秋季讲座"}
    return plan.milestone_rows.create(looks_for=looks_for, **given | facts)


def state(plan: Version, now: datetime) -> str:
    [one] = standings(plan.document, plan.milestone_rows.all(), now)
    return one.state


@pytest.mark.django_db
def test_an_event_with_its_words_fulfils_it(
    plan: Version, make_lecture: Callable[..., Lecture]
) -> None:
    lecture = make_lecture(title="秋冬护膝与保养")
    add(plan, "护膝")
    end = lecture.occasion.ends_at
    assert [state(plan, end - DAY), state(plan, end)] == ["due", "done"]
    rebook(is_off=True)
    assert state(plan, end) == "due"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts",
    [
        {"looks_for": "书法"},
        {"looks_for": "护膝", "first_day": date(2026, 11, 29)},
        {"looks_for": "护膝", "last_day": date(2026, 11, 27)},
    ],
)
def test_other_events_do_not(plan: Version, make_lecture: Any, facts: Any) -> None:
    lecture = make_lecture(title="秋冬护膝与保养")
    add(plan, **facts)
    assert state(plan, lecture.occasion.ends_at) in {"due", "late", "ahead"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "found"), [((10, 31), "ahead"), ((11, 1), "due"), ((11, 30), "due"), ((12, 1), "late")]
)
def test_a_milestone_is_ahead_due_and_late(plan: Version, day: Any, found: str) -> None:
    add(plan)
    assert state(plan, moment(date(2026, *day))) == found


@pytest.mark.django_db
def test_a_tick_holds_in_every_version(plan: Version, lead: User, branch_lead: User) -> None:
    row = add(plan)
    writing.tick(document=plan.document, milestone=row, done=True, by=lead, now=NOW)
    short.submit(plan, lead)
    short.decide(plan, branch_lead)
    after = short.begin(plan.document, lead)
    assert state(after, NOW) == "done"
    writing.tick(document=plan.document, milestone=row, done=False, by=lead, now=NOW)
    assert state(after, NOW) == "due"


@pytest.mark.django_db
def test_milestones_take_a_fixed_number_of_queries(
    plan: Version, django_assert_num_queries: Any
) -> None:
    for n in range(12):
        add(plan, f"词{n}", title=f"里程碑{n}")
    rows = list(plan.milestone_rows.all())
    with django_assert_num_queries(2):
        standings(plan.document, rows, NOW)


@pytest.mark.django_db
def test_the_timeline_lies_within_its_year(plan: Version) -> None:
    add(plan, first_day=date(2026, 1, 1), last_day=date(2026, 12, 31))
    drawing = drawn(plan.document, standings(plan.document, plan.milestone_rows.all(), NOW), NOW)
    assert [month.label for month in drawing.months] == [str(n) for n in range(1, 13)]
    assert (drawing.bars[0].x, drawing.bars[0].width) == ("0.00%", "100.00%")
    assert drawing.today == "89.32%"


@pytest.mark.django_db
def test_the_page_draws_it_and_says_the_same_in_a_table(
    plan: Version, lead: User, as_user: Any, clock: Any
) -> None:
    add(plan)
    page = as_user(lead).get(f"/desk/office/versions/{plan.pk}/").content.decode()
    assert 'role="img"' in page
    assert "style=" not in page.split("<main")[1]
    assert page.count("秋季讲座") >= 3


# --- Lists -----------------------------------------------------------------------------

HEADER = ("项目", "年度", "里程碑", "开始", "完成", "负责人", "对应活动")
SPRING = ("居民学校", 2026, "春季讲座", "2026-03-01", "2026-05-31", "程向阳", "春")


def rows(*more: Any) -> list[Any]:
    return [
        HEADER,
        ("居民学校", 2026, "春季讲座", "2026-03-01", "2026-05-31", "程向阳", "春"),
        *more,
    ]


@pytest.mark.django_db
def test_faults_name_sheet_row_and_column(
    checked: Callable[..., ImportJob], lead: User, programme: Any
) -> None:
    short.make_document(Work.PLAN)
    bad = [
        ("居民学校", 2026, "夏", "2026-08-01", "2026-07-01", "", ""),
        ("居民学校", 2031, "秋", "2026-08-01", "2026-08-02", "", ""),
        ("快乐广场", 2026, "冬", "2026-08-01", "2026-08-02", "", ""),
    ]
    job = checked(*rows(*bad), kind="milestones", by=lead)
    assert job.status == "faulty"
    shown = [fault["place"] for fault in job.faults]
    for place, words in zip(("row 3, column E", "row 4, column A", "row 5"), shown, strict=True):
        assert place in words


@pytest.mark.django_db(transaction=True)
def test_milestones_come_in_and_go_out(
    loaded: Callable[..., ImportJob], lead: User, programme: Any
) -> None:
    document = short.make_document(Work.PLAN)
    loaded(*rows(), kind="milestones", by=lead)
    row = document.versions.get().milestone_rows.get()
    assert (row.title, row.last_day, row.who, row.looks_for) == (
        *("春季讲座", date(2026, 5, 31)),
        *("程向阳", "春"),
    )
    changed = ("居民学校", 2026, "春季讲座", "2026-03-01", "2026-06-15", "", "")
    loaded(HEADER, changed, kind="milestones", by=lead)
    row.refresh_from_db()
    assert (row.last_day, row.who) == (date(2026, 6, 15), "程向阳")
    assert list(MILESTONES_LIST.rows(lead, NOW.date())) == [row]


# --- Word files ------------------------------------------------------------------------


def word(**parts: str) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, text in {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}.items():
            archive.writestr(name, text)
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return content.getvalue()


def attach(plan: Version, by: User, data: bytes) -> Any:
    return writing.attach(version=plan, data=data, file_name="计划.docx", title="", by=by, now=NOW)


@pytest.mark.django_db
def test_a_finished_word_file_goes_with_it(plan: Version, lead: User, as_user: Any) -> None:
    row = attach(plan, lead, word())
    assert (row.file.form, row.file.title) == ("docx", "计划")
    assert attach(plan, lead, word()) == row
    client = as_user(lead)
    assert client.get(f"/files/{row.file.key}")["Content-Disposition"].startswith("attachment")
    writing.remove_row(row=row, by=lead, now=NOW)
    assert client.get(f"/files/{row.file.key}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (word(word__vbaProject_dot_bin="x"), "active"),
        (word(word__embeddings__oleObject1_dot_bin="x"), "active"),
        (
            word(word___rels__settings_dot_rels='<Relationship Type="t" TargetMode="External"/>'),
            "active",
        ),
        (b"PK\x03\x04 nothing", "file_damaged"),
        (b"<!doctype html>", "kind"),
    ],
)
def test_a_file_that_acts_is_refused(plan: Version, lead: User, data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        attach(plan, lead, data)
    assert refusal.value.code == code
