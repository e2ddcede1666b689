from residents_school.models.answers import Answer, AnswerTopic, Burst
from residents_school.models.invitations import Invitation
from residents_school.models.lectures import Lecture
from residents_school.models.materials import Material
from residents_school.models.seasons import LONGEST, LectureSeries, OnClash, WeekendDay
from residents_school.models.surveys import Survey, SurveyTopic, TeachingForm
from residents_school.models.wishes import Wish

__all__ = [
    "LONGEST",
    "Answer",
    "AnswerTopic",
    "Burst",
    "Invitation",
    "Lecture",
    "LectureSeries",
    "Material",
    "OnClash",
    "Survey",
    "SurveyTopic",
    "TeachingForm",
    "WeekendDay",
    "Wish",
]
