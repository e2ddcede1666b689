"""What must never be false about surveys, answers and wishes, tried against the database."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from diedie_edu.common.references import erase
from diedie_edu.people.models import Resident, Topic
from residents_school.models import (
    Answer,
    AnswerTopic,
    Survey,
    SurveyTopic,
    Wish,
)
from tests.conftest import NOW
from tests.residents_school.needs.conftest import TODAY
from tests.support.refusals import guard_that_stops, refused_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"title": ""}, "survey_has_a_title"),
        ({"closes_on": TODAY - timedelta(days=1)}, "survey_closes_after_it_opens"),
        ({"forms": ["telepathy"]}, "survey_offers_known_forms"),
        ({"forms": []}, "survey_offers_known_forms"),
        ({"times": ["never"]}, "survey_offers_known_times"),
        ({"times": []}, "survey_offers_known_times"),
        ({"results_at": NOW}, "results_are_of_a_published_survey"),
    ],
)
def test_a_survey_keeps_its_bounds(fields: dict, constraint: str) -> None:
    sound = {"title": "问卷", "opens_on": TODAY, "closes_on": TODAY}
    assert guard_that_stops(lambda: Survey.objects.create(**sound | fields)) == constraint


def test_a_topic_is_offered_once_under_one_number(survey: Survey, topics: list[Topic]) -> None:
    twice = {"survey": survey, "topic": topics[0], "number": 9}
    assert guard_that_stops(lambda: SurveyTopic.objects.create(**twice)) == "topic_offered_once"
    other = {"survey": survey, "topic": Topic.objects.create(area=topics[0].area), "number": 1}
    assert guard_that_stops(lambda: SurveyTopic.objects.create(**other)) == "topic_number_once"
    other["number"] = 0
    assert guard_that_stops(lambda: SurveyTopic.objects.create(**other)) == "topic_number_from_one"


def answer(survey: Survey, **fields: object) -> Answer:
    return Answer.objects.create(
        **{"survey": survey, "source": "online", "answered_at": NOW} | fields
    )


def test_a_resident_and_a_browser_answer_once(survey: Survey, resident: Resident) -> None:
    answer(survey, resident=resident)
    answer(survey, key="a")
    assert guard_that_stops(lambda: answer(survey, resident=resident)) == "resident_answers_once"
    assert guard_that_stops(lambda: answer(survey, key="a")) == "answer_key_once"
    assert answer(survey).pk
    assert answer(survey).pk, "answers whose resident has left may be many"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"source": "pigeon"}, "answer_source_is_known"),
        ({"age_band": "old"}, "answer_age_is_known"),
        ({"forms": ["telepathy"]}, "answer_forms_are_known"),
        ({"times": ["never"]}, "answer_times_are_known"),
    ],
)
def test_an_answer_holds_known_words(survey: Survey, fields: dict, constraint: str) -> None:
    assert guard_that_stops(lambda: answer(survey, **fields)) == constraint


@pytest.mark.parametrize("fields", [{"key": "a"}, {"source": "paper"}])
def test_a_known_answer_needs_no_key_and_no_paper(
    survey: Survey, resident: Resident, fields: dict
) -> None:
    make = lambda: answer(survey, resident=resident, **fields)  # noqa: E731
    assert guard_that_stops(make) == "known_answer_needs_no_key_and_no_paper"


def test_a_network_has_one_burst_an_hour(survey: Survey) -> None:
    survey.bursts.create(key="one", since=NOW)
    with refused_by("burst_of_a_network_once"):
        survey.bursts.create(key="one", since=NOW)


def test_only_answers_without_a_name_come_in_bursts(survey: Survey, resident: Resident) -> None:
    burst = survey.bursts.create(key="one", since=NOW)
    for more in ({"resident": resident}, {"source": "paper"}):
        with refused_by("only_answers_without_a_name_come_in_bursts"):
            answer(survey, burst=burst, **more)


def test_an_answer_names_a_topic_once(survey: Survey, topics: list[Topic]) -> None:
    row = {"answer": answer(survey), "topic": topics[0]}
    AnswerTopic.objects.create(**row)
    assert guard_that_stops(lambda: AnswerTopic.objects.create(**row)) == "topic_answered_once"


def test_a_resident_has_one_open_wish_for_a_topic(
    topic: Topic, resident: Resident, wish: Callable[..., Wish], make_lecture: Callable
) -> None:
    first = wish(topic, resident)
    assert guard_that_stops(lambda: wish(topic, resident)) == "one_open_wish_per_topic"
    Wish.objects.filter(pk=first.pk).update(answered_by=make_lecture())
    assert wish(topic, resident).pk, "after an answer one may wish again"


def test_an_answer_outlives_its_resident_without_a_name(survey: Survey, resident: Resident) -> None:
    kept = answer(survey, resident=resident)
    erase(resident, NOW)
    kept.refresh_from_db()
    assert kept.resident is None
