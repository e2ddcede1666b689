from residents_school.forms.answers import AnswerForm, PaperForm
from residents_school.forms.invitations import DeclineForm, InvitationForm, OtherDateForm
from residents_school.forms.lectures import (
    CallOffForm,
    ClockInput,
    DayInput,
    LectureFilter,
    LectureForm,
    MomentInput,
)
from residents_school.forms.materials import MaterialForm
from residents_school.forms.seasons import SeasonForm, SeriesChangeForm
from residents_school.forms.surveys import SurveyForm

__all__ = [
    "AnswerForm",
    "CallOffForm",
    "ClockInput",
    "DayInput",
    "DeclineForm",
    "InvitationForm",
    "LectureFilter",
    "LectureForm",
    "MaterialForm",
    "MomentInput",
    "OtherDateForm",
    "PaperForm",
    "SeasonForm",
    "SeriesChangeForm",
    "SurveyForm",
]
