"""Planning, changing, opening a survey, and publishing what it found."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from diedie_edu.people.models import Topic
from residents_school.actions.surveys import (
    SurveyPlan,
    change_survey,
    open_survey,
    plan_survey,
    publish_results,
)
from residents_school.models import Survey
from residents_school.queries.surveys import (
    running_surveys,
    surveys_to_tend,
    surveys_waiting_for,
    typed_topics,
)
from tests.conftest import NOW
from tests.residents_school.needs.conftest import TODAY
from tests.support.refusals import code_of, refusal_of

pytestmark = pytest.mark.django_db
MakePlan = Callable[..., SurveyPlan]
DAY = timedelta(days=1)


def numbers(survey: Survey) -> dict[str, int]:
    return {str(offer.topic): offer.number for offer in survey.offers.select_related("topic")}


def change(survey: Survey, plan: SurveyPlan) -> Survey:
    return change_survey(survey=survey, plan=plan, by=None, now=NOW)


def test_a_planned_survey_is_a_draft_whose_topics_have_numbers(draft: Survey) -> None:
    assert not draft.is_published
    assert numbers(draft) == {"书法": 1, "摄影": 2, "舞蹈": 3}
    assert list(running_surveys(TODAY)) == []


def test_an_opened_survey_is_asked_from_its_first_day_to_its_last(survey: Survey) -> None:
    asked = [TODAY + n * DAY for n in range(-1, 12) if running_surveys(TODAY + n * DAY)]
    assert asked == [TODAY + n * DAY for n in range(10)]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"closes_on": TODAY - DAY}, ("closes_early", "closes_on")),
        ({"opens_on": TODAY - 2 * DAY, "closes_on": TODAY - DAY}, ("past", "closes_on")),
    ],
)
def test_days_that_do_not_fit_are_refused(
    make_plan: MakePlan, fields: dict, refusal: tuple[str, str]
) -> None:
    call = lambda: plan_survey(plan=make_plan(**fields), by=None, now=NOW)  # noqa: E731
    assert refusal_of(call) == refusal
    assert not Survey.objects.exists()


def test_a_topic_added_later_comes_behind_and_numbers_stay(
    survey: Survey, make_plan: MakePlan, make_topic: Callable[..., Topic], topics: list[Topic]
) -> None:
    first = make_topic("绘画")
    change(survey, make_plan(topics=[first, *topics]))
    assert numbers(survey) == {"书法": 1, "摄影": 2, "舞蹈": 3, "绘画": 4}


def test_a_topic_that_nobody_named_can_go(
    survey: Survey, make_plan: MakePlan, topics: list[Topic], say: Callable
) -> None:
    say(1, topics[0])
    change(survey, make_plan(topics=topics[:1]))
    assert numbers(survey) == {"书法": 1}


def test_a_topic_that_somebody_named_stays(
    survey: Survey, make_plan: MakePlan, topics: list[Topic], say: Callable
) -> None:
    say(1, topics[0])
    assert code_of(lambda: change(survey, make_plan(topics=topics[1:]))) == "topic_named"
    assert len(numbers(survey)) == 3


def test_words_of_an_over_survey_can_be_changed_but_not_its_days_into_the_past(
    over: Survey, make_plan: MakePlan
) -> None:
    days = {"opens_on": over.opens_on, "closes_on": over.closes_on}
    assert change(over, make_plan(title="新标题", **days)).title == "新标题"
    earlier = make_plan(opens_on=over.opens_on, closes_on=over.closes_on - DAY)
    assert code_of(lambda: change(over, earlier)) == "past"


def test_results_are_published_once_and_then_nothing_changes(
    over: Survey, make_plan: MakePlan
) -> None:
    for hours in range(2):
        publish_results(survey=over, by=None, now=NOW + timedelta(hours=hours))
    over.refresh_from_db()
    assert over.results_at == NOW
    assert code_of(lambda: change(over, make_plan())) == "results_out"


def test_results_of_a_running_survey_are_not_published(survey: Survey) -> None:
    assert code_of(lambda: publish_results(survey=survey, by=None, now=NOW)) == "running"


def test_who_has_answered_is_not_asked_again(
    survey: Survey, resident_user: object, stranger: object, say: Callable
) -> None:
    say(1, resident=resident_user.resident, key="")
    assert list(surveys_waiting_for(resident_user, TODAY)) == []
    assert list(surveys_waiting_for(stranger, TODAY)) == [survey]


def test_the_desk_hears_of_drafts_overdue_of_ends_and_of_results_due(make_plan: MakePlan) -> None:
    draft = plan_survey(plan=make_plan(), by=None, now=NOW)
    ending = plan_survey(plan=make_plan(closes_on=TODAY + 2 * DAY), by=None, now=NOW)
    running = plan_survey(plan=make_plan(closes_on=TODAY + 3 * DAY), by=None, now=NOW)
    for survey in (ending, running):
        open_survey(survey=survey, by=None)
    assert set(surveys_to_tend(TODAY)) == {draft, ending}
    assert running in surveys_to_tend(TODAY + 5 * DAY)


def test_typed_topics_are_counted_together(survey: Survey, say: Callable) -> None:
    say(2, other_topic="太极拳")
    say(1, other_topic="粤剧")
    say(1)
    assert typed_topics(survey.answers.all()) == [("太极拳", 2), ("粤剧", 1)]
