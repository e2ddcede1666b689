"""Taking answers in: each person's once, a repeated one in place of the first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from diedie_edu.accounts.models import Tries, User
from diedie_edu.people.models import Resident, Topic
from residents_school.actions import answers, surveys
from residents_school.models import Answer, Survey, Wish
from tests.conftest import NOW
from tests.support.children import consented
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def sheet(topics: list[Topic]) -> answers.Sheet:
    """书法 and 摄影, hands on, on Saturday mornings."""
    named = [topic.pk for topic in topics[:2]]
    return answers.Sheet(topics=named, forms=["hands_on"], times=["sat_am"], age_band="60_69")


def as_resident(survey: Survey, resident: Resident, sheet: answers.Sheet, **more: object) -> Answer:
    call = {"wants_news": False, "now": NOW} | more
    return answers.answer_as_resident(survey=survey, resident=resident, sheet=sheet, **call)


def without_name(survey: Survey, browser: str, sheet: answers.Sheet, **more: object) -> Answer:
    call = {"address": "10.0.0.1", "now": NOW} | more
    return answers.answer_without_name(survey=survey, browser=browser, sheet=sheet, **call)


def test_a_residents_answer_is_kept_as_it_was_said(
    survey: Survey, resident: Resident, sheet: answers.Sheet
) -> None:
    as_resident(survey, resident, replace(sheet, other_topic="太极拳"))
    kept = Answer.objects.get()
    assert (kept.survey, kept.resident, kept.source) == (survey, resident, "online")
    assert set(kept.wanted) == {"书法", "摄影", "太极拳"}
    assert (kept.forms, kept.times, kept.age_band) == (["hands_on"], ["sat_am"], "60_69")
    assert kept.answered_at == NOW


def test_answering_again_replaces_what_was_said(
    survey: Survey, resident: Resident, sheet: answers.Sheet, topics: list[Topic]
) -> None:
    as_resident(survey, resident, sheet)
    as_resident(survey, resident, answers.Sheet(topics=[topics[2].pk]))
    kept = Answer.objects.get()
    assert (kept.wanted, kept.forms, kept.age_band) == (["舞蹈"], [], "")


def test_a_browser_has_one_answer_in_each_survey(
    survey: Survey, sheet: answers.Sheet, topics: list[Topic]
) -> None:
    without_name(survey, "phone", sheet)
    without_name(survey, "phone", answers.Sheet(topics=[topics[2].pk]))
    without_name(survey, "other", sheet)
    assert Answer.objects.filter(resident=None).count() == 2


def test_no_two_answers_can_be_told_to_be_of_one_browser(
    survey: Survey, sheet: answers.Sheet, make_plan: Callable
) -> None:
    other = Survey.objects.create(
        title="另一份", opens_on=survey.opens_on, closes_on=survey.closes_on, is_published=True
    )
    keys = {without_name(one, "phone", sheet).key for one in (survey, other)}
    assert len(keys) == 2
    assert not any("phone" in key for key in keys)


def test_ticked_topics_become_wishes_where_news_is_wanted(
    survey: Survey, resident: Resident, sheet: answers.Sheet
) -> None:
    as_resident(survey, resident, sheet)
    assert not Wish.objects.exists()
    as_resident(survey, resident, sheet, wants_news=True)
    as_resident(survey, resident, sheet, wants_news=True)
    assert Wish.objects.filter(resident=resident).count() == 2


def test_an_answer_without_a_topic_is_refused_and_leaves_nothing(
    survey: Survey, resident: Resident
) -> None:
    assert code_of(lambda: as_resident(survey, resident, answers.Sheet(topics=[]))) == "no_topic"
    assert code_of(lambda: without_name(survey, "phone", answers.Sheet(topics=[]))) == "no_topic"
    assert not Answer.objects.exists()
    assert not Tries.objects.exists()


def test_an_over_survey_takes_no_answer(
    over: Survey, resident: Resident, sheet: answers.Sheet
) -> None:
    assert code_of(lambda: as_resident(over, resident, sheet)) == "over"
    assert code_of(lambda: without_name(over, "phone", sheet)) == "over"


def test_nothing_is_stored_of_a_child(
    survey: Survey, make_resident: Callable[..., Resident], sheet: answers.Sheet
) -> None:
    child = consented(make_resident(birth_date=date(2016, 5, 1)))
    assert code_of(lambda: as_resident(survey, child, sheet)) == "child"
    assert not Answer.objects.exists()


# --- On paper --------------------------------------------------------------------------


def paper(survey: Survey, sheet: answers.Sheet, staff_user: User, number: str = "1") -> Answer:
    return answers.enter_paper(survey=survey, number=number, sheet=sheet, by=staff_user, now=NOW)


def test_a_sheet_is_entered_once_however_often_it_is_sent(
    survey: Survey, sheet: answers.Sheet, staff_user: User
) -> None:
    for number in ("1", "1", "2"):
        paper(survey, sheet, staff_user, number)
    kept = Answer.objects.filter(source="paper", resident=None, entered_by=staff_user)
    assert kept.count() == 2


def test_sheets_come_in_after_the_last_day_until_the_results_are_out(
    over: Survey, sheet: answers.Sheet, staff_user: User
) -> None:
    entered = paper(over, sheet, staff_user)
    surveys.publish_results(survey=over, by=staff_user, now=NOW)
    assert code_of(lambda: paper(over, sheet, staff_user, "2")) == "results_out"
    assert code_of(lambda: answers.take_back_sheet(answer=entered, now=NOW)) == "results_out"


def test_a_wrong_sheet_is_taken_out_again(
    survey: Survey, sheet: answers.Sheet, staff_user: User
) -> None:
    answers.take_back_sheet(answer=paper(survey, sheet, staff_user), now=NOW)
    assert not Answer.objects.exists()
