from residents_school.models.answers import Answer, AnswersFromAddress, AnswerTopic
from residents_school.models.lectures import Lecture
from residents_school.models.surveys import AgeBand, Survey, SurveyTopic, TeachingForm
from residents_school.models.wishes import Wish

__all__ = [
    "AgeBand",
    "Answer",
    "AnswerTopic",
    "AnswersFromAddress",
    "Lecture",
    "Survey",
    "SurveyTopic",
    "TeachingForm",
    "Wish",
]
