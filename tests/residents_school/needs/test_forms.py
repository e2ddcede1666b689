import pytest
from django.utils import translation

from diedie_edu.people.models import Topic
from residents_school.forms.answers import AnswerForm, PaperForm
from residents_school.models import Survey

pytestmark = pytest.mark.django_db


def typed(survey: Survey, **fields: str) -> PaperForm:
    return PaperForm({"number": "1", **fields}, survey=survey)


@pytest.mark.parametrize("text", ["1 3", "1,3", "１、３", "3。1", "1/3", " 1   3 1 "])
def test_numbers_are_read_however_they_are_parted(
    survey: Survey, topics: list[Topic], text: str
) -> None:
    form = typed(survey, topics=text)
    assert form.is_valid(), form.errors
    assert set(form.sheet().topics) == {topics[0].pk, topics[2].pk}


def test_a_sheet_is_what_the_numbers_stand_for(survey: Survey, topics: list[Topic]) -> None:
    form = typed(survey, topics="2", forms="1 2", times="1", age_band="5", other_topic=" 太极拳！")
    assert form.is_valid()
    sheet = form.sheet()
    assert (sheet.topics, sheet.forms) == ([topics[1].pk], ["lecture", "hands_on"])
    assert (sheet.times, sheet.age_band, sheet.other_topic) == (["sat_am"], "60_69", "太极拳")


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"topics": "1 9"}, "topics", "number 9"),
        ({"topics": "书法"}, "topics", "numbers only"),
        ({"topics": "999999999999"}, "topics", "number 999999"),
        ({"forms": "3"}, "forms", "number 3"),  # not offered by this survey
        ({"age_band": "1 2"}, "age_band", "Only one"),
    ],
)
def test_what_cannot_be_meant_is_named(
    survey: Survey, fields: dict, field: str, words: str
) -> None:
    with translation.override("en"):
        assert words in str(typed(survey, **fields).errors[field])


def test_the_phone_offers_what_the_survey_offers(survey: Survey, topics: list[Topic]) -> None:
    form = AnswerForm(survey=survey, answer=None, age_band="60_69")
    [(_area, offered)] = form.fields["topics"].choices
    assert offered == [(topic.pk, topic.title) for topic in topics]
    assert [key for key, _label in form.fields["forms"].choices] == ["lecture", "hands_on"]
    assert form.initial == {"age_band": "60_69"}


def test_a_topic_that_is_not_offered_is_refused(survey: Survey, topic: Topic) -> None:
    form = AnswerForm({"topics": [topic.pk]}, survey=survey, answer=None, age_band="")
    assert "topics" in form.errors


def test_a_topic_of_ones_own_is_enough(survey: Survey) -> None:
    assert "topics" in AnswerForm({"topics": []}, survey=survey, answer=None, age_band="").errors
    form = AnswerForm({"other_topic": "粤剧 。"}, survey=survey, answer=None, age_band="")
    assert form.is_valid()
    assert form.sheet().other_topic == "粤剧"
