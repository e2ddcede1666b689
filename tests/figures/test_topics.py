"""Figures of a week and of one topic: the same ways of counting, of fewer sessions."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Attendance
from diedie_edu.door.models import Feedback
from diedie_edu.figures.kinds import Topic
from diedie_edu.figures.queries.figures import Figures
from diedie_edu.figures.spans import SpanKind, span_on
from diedie_edu.people.models import Resident
from diedie_edu.people.models import Topic as LearningTopic
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.counting import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SCHOOL = "residents-school"
LAST_WEEK = span_on(SpanKind.WEEK, date(2026, 11, 21))
MONTH = span_on(SpanKind.MONTH, NOW.date())
Make = Callable[..., Resident]
Lectures = Callable[..., Lecture]


@pytest.fixture
def other(topic: LearningTopic) -> LearningTopic:
    return LearningTopic.objects.create(area=topic.area, title_zh="书法", position=9)


@pytest.fixture
def school(make_user: Callable[..., User], as_user: Callable[[User], Client]) -> Client:
    return as_user(make_user(Role.PROGRAMME_LEAD, scope=SCHOOL))


@pytest.fixture
def hold(make_lecture: Lectures) -> Callable[..., Lecture]:
    """A lecture with ten seats, six of them taken, to which people came."""

    def make(day: date, *people: Resident, **columns: object) -> Lecture:
        usual = {"capacity": 10, "taken": 6, "sign_up_opens_at": NOW - timedelta(days=30)}
        lecture = make_lecture(day, **usual | columns)
        for person in people:
            at = lecture.occasion.starts_at
            Attendance.objects.create(occasion=lecture.occasion, resident=person, arrived_at=at)
        return lecture

    return make


def numbers(span: object, topic: Topic | None = None) -> dict[str, str]:
    found = Figures(span, NOW, topic=topic).of(SCHOOL)  # type: ignore[arg-type]
    return {row.indicator.slug: row.number for row in found}


def test_last_week_a_month_and_a_topic_count_the_same_way(
    hold: Callable[..., Lecture], make_resident: Make, other: LearningTopic
) -> None:
    people = [make_resident() for _n in range(4)]
    hold(date(2026, 11, 14), *people[:2])
    hold(date(2026, 11, 21), *people[1:], topic=other)
    wanted = ("sessions", "seats", "cameofseats", "visits", "people", "newfaces")
    week, month = numbers(LAST_WEEK), numbers(MONTH)
    of_topic = numbers(MONTH, Topic(SCHOOL, other.pk))
    assert [week[name] for name in wanted] == ["1", "60%", "30%", "3", "3", "2"]
    assert [month[name] for name in wanted] == ["2", "60%", "25%", "5", "4", "4"]
    assert [of_topic[name] for name in wanted] == ["1", "60%", "30%", "3", "3", "3"]


def answer(lecture: Lecture, yes: int) -> None:
    """What those who came say, `yes` of them that they would come again."""
    for place, row in enumerate(Attendance.objects.filter(occasion=lecture.occasion)):
        again = Feedback.Again.YES if place < yes else Feedback.Again.NO
        said = {"use": Feedback.Use.values[0], "level": Feedback.Level.values[0]}
        Feedback.objects.create(attendance=row, again=again, said_at=NOW, **said)


def test_few_answers_on_a_topic_are_not_told(
    hold: Callable[..., Lecture], make_resident: Make, other: LearningTopic
) -> None:
    people = [make_resident() for _n in range(5)]
    answer(hold(date(2026, 11, 14), *people[:2], topic=other), yes=1)
    answer(hold(date(2026, 11, 15), *people[2:], topic=other), yes=3)
    assert numbers(MONTH)["satisfaction"] == "80%"
    assert numbers(MONTH, Topic(SCHOOL, other.pk))["satisfaction"] == "–"


def test_the_page_of_a_topic_has_its_chart_its_list_and_its_file(
    school: Client, hold: Callable[..., Lecture], make_resident: Make, other: LearningTopic
) -> None:
    hold(date(2026, 11, 14), make_resident(), title="急救")
    hold(date(2026, 11, 21), make_resident(), make_resident(), title="写福字", topic=other)
    page = reverse("figures:programme", args=[SCHOOL])
    shown = school.get(f"{page}?span={MONTH.key}&topic={other.pk}")
    assert shown.context["sessions"] == [("11月21日（周六） 写福字", 2)]
    assert {row.indicator.slug for row, _url in shown.context["linked"]} >= {"cameofseats"}
    assert "budget" not in shown.text
    file = reverse("figures:sessions_export", args=[SCHOOL, MONTH.key])
    rows = list(load_workbook(BytesIO(school.get(file).content)).active.values)
    assert [row[1] for row in rows[1:]] == ["写福字", "急救"]
    of_topic = school.get(f"{file}?topic={other.pk}").content
    [_titles, only] = load_workbook(BytesIO(of_topic)).active.values
    assert (only[1], only[2], only[7]) == ("写福字", "书法", 2)
    listed = reverse("figures:sessions", args=[SCHOOL, MONTH.key])
    assert "急救" not in school.get(f"{listed}?topic={other.pk}").text


@pytest.mark.parametrize("topic", ["0", "x", "99999"])
def test_no_topic_of_ours_answers_404(school: Client, topic: str) -> None:
    page = reverse("figures:programme", args=[SCHOOL])
    assert school.get(f"{page}?topic={topic}").status_code == 404


def test_other_programmes_stay_closed(school: Client) -> None:
    file = reverse("figures:sessions_export", args=["happy-square", MONTH.key])
    assert school.get(file).status_code == 404


def test_the_page_costs_the_same_for_one_and_for_three_sessions(
    school: Client, hold: Callable[..., Lecture], make_resident: Make, other: LearningTopic
) -> None:
    page = f"{reverse('figures:programme', args=[SCHOOL])}?span={MONTH.key}&topic={other.pk}"
    hold(date(2026, 11, 14), make_resident(), topic=other)
    one = queries_of(school, page)
    for day in (15, 21):
        hold(date(2026, 11, day), make_resident(), make_resident(), topic=other)
    assert queries_of(school, page) == one
