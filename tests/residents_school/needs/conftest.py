from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from uuid import uuid4

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Resident, Topic, TopicArea
from residents_school.actions import surveys
from residents_school.models import Answer, AnswerTopic, Survey, Wish
from tests.conftest import NOW

TODAY = date(2026, 11, 23)
_numbers = count(1)


@pytest.fixture
def make_topic(db: None) -> Callable[..., Topic]:
    def make(title: str = "", area: str = "leisure") -> Topic:
        areas = TopicArea.objects.get_or_create(slug=area, defaults={"title_zh": f"类{area}"})
        return Topic.objects.create(area=areas[0], title_zh=title or f"专题{next(_numbers)}")

    return make


@pytest.fixture
def topics(make_topic: Callable[..., Topic]) -> list[Topic]:
    """Three: 书法, 摄影, 舞蹈."""
    return [make_topic(title) for title in ("书法", "摄影", "舞蹈")]


@pytest.fixture
def make_plan(topics: list[Topic]) -> Callable[..., surveys.SurveyPlan]:
    """A survey that runs for ten days from today on, unless told otherwise."""

    def make(**fields: object) -> surveys.SurveyPlan:
        return surveys.SurveyPlan(
            **{
                "title": "您想学什么？",
                "introduction": "",
                "audience": "",
                "opens_on": TODAY,
                "closes_on": TODAY + timedelta(days=9),
                "topics": topics,
                "forms": ["lecture", "hands_on"],
                "times": ["sat_am", "sun_pm"],
            }
            | fields
        )

    return make


@pytest.fixture
def draft(make_plan: Callable[..., surveys.SurveyPlan]) -> Survey:
    return surveys.plan_survey(plan=make_plan(), by=None, now=NOW)


@pytest.fixture
def survey(draft: Survey) -> Survey:
    """A survey that runs."""
    surveys.open_survey(survey=draft, by=None)
    return Survey.objects.get(pk=draft.pk)


@pytest.fixture
def over(survey: Survey) -> Survey:
    """The same, ended yesterday."""
    Survey.objects.filter(pk=survey.pk).update(
        opens_on=TODAY - timedelta(days=9), closes_on=TODAY - timedelta(days=1)
    )
    return Survey.objects.get(pk=survey.pk)


@pytest.fixture
def say(survey: Survey) -> Callable[..., list[Answer]]:
    """`say(3, topic, age_band="60_69")`: three people name a topic."""

    def make(people: int, *named: Topic, **fields: object) -> list[Answer]:
        answers = Answer.objects.bulk_create(
            Answer(
                **{"survey": survey, "source": "online", "key": uuid4().hex, "answered_at": NOW}
                | fields
            )
            for _person in range(people)
        )
        AnswerTopic.objects.bulk_create(
            AnswerTopic(answer=answer, topic=topic) for answer in answers for topic in named
        )
        return answers

    return make


@pytest.fixture
def wish(make_resident: Callable[..., Resident]) -> Callable[..., Wish]:
    def make(topic: Topic, resident: Resident | None = None, **fields: object) -> Wish:
        person = resident or make_resident()
        return Wish.objects.create(
            **{"topic": topic, "resident": person, "wished_at": NOW} | fields
        )

    return make


@pytest.fixture
def resident(resident_user: User) -> Resident:
    return resident_user.resident
