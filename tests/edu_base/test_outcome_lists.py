"""The lists of the meeting and of the college."""

from collections.abc import Callable
from datetime import datetime

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.lists.kinds import list_kind
from diedie_edu.lists.models import ImportJob
from edu_base.models import Application, Intake, State
from tests.conftest import NOW
from tests.support.education import make_application, make_intake, make_person, make_year

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = ["申请编号", "姓名", "结果", "原因"]
Load = Callable[..., ImportJob]


@pytest.fixture
def intake(db: None) -> Intake:
    return make_intake(make_year(places=2))


def make(by: User, intake: Intake, state: State, rank: int = 1) -> Application:
    person = make_person(f"甲同学{rank}".replace("1", "一").replace("2", "二"))
    return make_application(by, intake, state, rank=rank, person=person)


def standing(*rows: Application) -> list[str]:
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


def test_college_admits_turns_down_and_names_who_has_come(
    loaded: Load, intake: Intake, staff_user: User
) -> None:
    yes, no = (make(staff_user, intake, State.CONFIRMED, rank) for rank in (1, 2))
    waiting = make_application(staff_user, intake, State.RESERVE, rank=3)
    rows = [
        [yes.pk, yes.person.full_name, "录取", ""],
        [no.pk, "甲***", "未录取", "成绩未达线"],
    ]
    job = loaded(HEAD, *rows, kind="college")
    assert (job.state, job.rows_new) == (ImportJob.State.DONE, 2)
    assert standing(yes, no, waiting) == [State.ADMITTED, State.NOT_ADMITTED, State.OFFERED]
    assert no.steps.last().reason == "成绩未达线"
    job = loaded(HEAD, [yes.pk, yes.person.full_name, "已报到", ""], kind="college")
    assert standing(yes) == [State.REPORTED]


def test_meeting_proposes_by_its_list(loaded: Load, intake: Intake, staff_user: User) -> None:
    first, second = (make(staff_user, intake, State.RANKED, rank) for rank in (1, 2))
    rows = [[first.pk, first.person.full_name, "拟推荐"], [second.pk, "甲***", "候补"]]
    loaded(HEAD[:3], *rows, kind="placing")
    assert standing(first, second) == [State.PROPOSED, State.RESERVE]


@pytest.mark.parametrize(
    ("name", "outcome", "reason"),
    [
        ("别人", "录取", ""),  # the name is another's
        ("甲同学一", "未录取", ""),  # without a reason
        ("甲同学一", "已报到", ""),  # the college has not said yes
    ],
)
def test_faulty_list_changes_nothing(
    name: str, outcome: str, reason: str, checked: Load, intake: Intake, staff_user: User
) -> None:
    row = make(staff_user, intake, State.CONFIRMED)
    job = checked(HEAD, [row.pk, name, outcome, reason], kind="college")
    assert job.state == ImportJob.State.REFUSED
    assert standing(row) == [State.CONFIRMED]


def test_list_goes_out_with_covered_names_and_comes_back(
    intake: Intake, staff_user: User, now: datetime
) -> None:
    row = make(staff_user, intake, State.CONFIRMED)
    columns, rows = list_kind("college").exported(staff_user, NOW.date())
    (line,) = list(rows)
    assert (line["number"], line["full_name"], line["outcome"]) == (row.pk, "甲***", "")
    assert [column.code for column in columns][:2] == ["number", "full_name"]
