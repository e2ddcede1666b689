"""A year's campaign: its timeline, its milestones, and the next year made in one action."""

from datetime import date, timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.common.days import moment, years_later
from edu_base.actions import campaign as acts
from edu_base.models import (
    CampaignEvent,
    College,
    Criterion,
    Intake,
    Major,
    Milestone,
    SchemeYear,
    State,
)
from edu_base.models.marks import Part
from edu_base.plan_data import load_schemes
from edu_base.queries.timeline import Line, timeline
from tests.conftest import NOW
from tests.support.campaign import BEGINS, make_event
from tests.support.education import make_application, make_intake, make_year
from tests.support.grants import award, make_fund
from tests.support.refusals import code_of, refused_by

pytestmark = pytest.mark.django_db
YEAR = NOW.year


def at(month: int, day: int) -> list[Line]:
    return timeline(YEAR, moment(date(YEAR, month, day)))


def states(lines: list[Line], word: str) -> list[str]:
    return [line.state for line in lines if word in line.text]


def test_the_plan_brings_its_windows(db: None) -> None:
    load_schemes(YEAR)
    rows = Milestone.objects.values_list("starts_on__month", "due_on__month")
    assert list(rows.order_by("due_on", "pk")) == [(7, 8), (8, 8), (10, 10)]


@pytest.mark.parametrize(
    ("day", "state"), [((6, 30), "ahead"), ((7, 1), "due"), ((8, 31), "due"), ((9, 1), "late")]
)
def test_publicity_is_due_in_its_months(day, state, staff_user) -> None:
    row = Milestone.objects.create(
        year=YEAR, title_zh="宣传", starts_on=date(YEAR, 7, 1), due_on=date(YEAR, 8, 31)
    )
    assert states(at(*day), "宣传") == [state]
    acts.tick(milestone=row, done=True, by=staff_user, now=NOW)
    assert states(at(*day), "宣传") == ["done"]
    acts.tick(milestone=row, done=False, by=staff_user, now=NOW)
    assert states(at(*day), "宣传") == [state]


def test_what_takes_place_every_year_is_to_be_planned(staff_user) -> None:
    make_year()
    assert states(at(5, 1), "启动仪式") == ["ahead"]
    assert states(at(5, 20), "启动仪式") == ["due"]
    assert states(at(6, 10), "启动仪式") == ["late"]
    make_event(staff_user, kind=CampaignEvent.Kind.LAUNCH, title="启动日")
    assert states(at(6, 10), "启动仪式") == []


def test_an_event_is_announced_two_weeks_before(staff_user) -> None:
    make_event(staff_user, title="见面会", announced=False)
    now = BEGINS - timedelta(days=20)
    assert states(timeline(BEGINS.year, now), "见面会") == ["due"]
    late = BEGINS - timedelta(days=13)
    assert states(timeline(BEGINS.year, late), "见面会") == ["late"]


def test_applications_that_wait_after_the_window(staff_user) -> None:
    window = {"opens_on": date(YEAR, 7, 1), "closes_on": date(YEAR, 8, 31)}
    intake = make_intake(make_year(), **window)
    make_application(staff_user, intake, State.SUBMITTED)
    assert states(at(8, 31), "等待决定") == []
    assert states(at(9, 1), "等待决定") == ["due"]
    assert states(at(10, 1), "等待决定") == ["late"]


def test_grants_that_are_not_paid(staff_user, intake) -> None:
    award(make_fund(), make_application(staff_user, intake, State.STUDYING), staff_user)
    [line] = [line for line in timeline(YEAR, NOW) if "待发放" in line.text]
    assert "¥3,000.00" in line.text


def test_the_timeline_reads_a_fixed_number_of_times(
    staff_user, django_assert_max_num_queries
) -> None:
    load_schemes(YEAR)
    for n in range(3):
        make_fund(title_zh=f"助学金{n}")
    with django_assert_max_num_queries(12):
        timeline(YEAR, NOW)


def test_next_year_is_made_in_one_action(staff_user) -> None:
    year = make_year(places=25, target=50)
    major = Major.objects.create(
        college=College.objects.create(title_zh="职业学院"), title_zh="护理"
    )
    intake = make_intake(year, opens_on=date(YEAR, 7, 1), closes_on=date(YEAR, 8, 31))
    intake.majors.add(major)
    make_application(staff_user, intake, State.PROPOSED)
    Milestone.objects.create(
        year=YEAR, title_zh="宣传", due_on=date(YEAR, 8, 31), done_at=NOW, done_by=staff_user
    )
    acts.copy_year(year=YEAR, by=staff_user, now=NOW)
    made = SchemeYear.objects.get(year=YEAR + 1)
    assert (made.target, made.places, made.taken, made.allotted) == (50, 25, 0, 0)
    copy = Intake.objects.get(year=YEAR + 1)
    assert (copy.taken, copy.opens_on, copy.scheme_year) == (0, date(YEAR + 1, 7, 1), made)
    assert (copy.min_age, list(copy.majors.all())) == (intake.min_age, [major])
    milestone = Milestone.objects.get(year=YEAR + 1)
    assert (milestone.due_on, milestone.done_at) == (date(YEAR + 1, 8, 31), None)


def test_criteria_come_along(staff_user) -> None:
    intake = make_intake(make_year(), opens_on=date(YEAR, 12, 1), closes_on=date(YEAR, 12, 31))
    Criterion.objects.create(intake=intake, part=Part.PAPERS, title_zh="成绩", weight=60)
    acts.copy_year(year=YEAR, by=staff_user, now=NOW)
    copy = Criterion.objects.get(intake__year=YEAR + 1)
    assert (copy.part, copy.title_zh, copy.weight) == (Part.PAPERS, "成绩", 60)


def test_a_year_is_made_once(staff_user) -> None:
    make_year()
    acts.copy_year(year=YEAR, by=staff_user, now=NOW)
    assert code_of(lambda: acts.copy_year(year=YEAR, by=staff_user, now=NOW)) == "already"
    again = {"year": YEAR + 5, "by": staff_user, "now": NOW}
    assert code_of(lambda: acts.copy_year(**again)) == "no_year"
    make_year(year=YEAR - 3)
    assert code_of(lambda: acts.copy_year(year=YEAR - 3, by=staff_user, now=NOW)) == "past"


def test_29_february_becomes_the_28th() -> None:
    assert years_later(date(2028, 2, 29)) == date(2029, 2, 28)
    assert years_later(date(2027, 2, 28)) == date(2028, 2, 28)


def test_a_milestone_stands_once_and_is_due_after_it_begins(staff_user: User) -> None:
    row = {"year": YEAR, "title_zh": "宣传", "due_on": date(YEAR, 8, 31)}
    acts.keep_milestone(milestone=Milestone(**row))
    assert code_of(lambda: acts.keep_milestone(milestone=Milestone(**row))) == "twin"
    with refused_by("milestone_once_a_year"):
        Milestone.objects.create(**row)
    with refused_by("milestone_is_due_after_it_begins"):
        Milestone.objects.create(**row | {"title_zh": "另一件", "starts_on": date(YEAR, 9, 1)})
    with refused_by("milestone_was_done_by_somebody"):
        Milestone.objects.create(**row | {"title_zh": "另一件", "done_at": NOW})


def test_an_event_is_of_a_known_kind(staff_user) -> None:
    event = make_event(staff_user)
    with refused_by("kind_of_campaign_event_is_known"):
        CampaignEvent.objects.filter(pk=event.pk).update(kind="party")
