from residents_school.actions.answers import (
    Sheet,
    answer_as_resident,
    answer_key,
    answer_without_name,
    enter_paper,
    take_back_sheet,
)
from residents_school.actions.invitations import (
    accept_invitation,
    close_invitations,
    decline_invitation,
    invite_speaker,
    propose_other_date,
    withdraw_invitation,
)
from residents_school.actions.lectures import (
    LecturePlan,
    announce_lecture,
    change_lecture,
    plan_lecture,
)
from residents_school.actions.materials import add_material, remove_material, tidy_materials
from residents_school.actions.seasons import SeriesPlan, change_series, plan_of, plan_series
from residents_school.actions.surveys import (
    SurveyPlan,
    change_survey,
    open_survey,
    plan_survey,
    publish_results,
)
from residents_school.actions.thanks import thank_speakers
from residents_school.actions.wishes import (
    make_wish,
    make_wishes,
    take_back_wish,
    tell_those_who_wished,
)

__all__ = [
    "LecturePlan",
    "SeriesPlan",
    "Sheet",
    "SurveyPlan",
    "accept_invitation",
    "add_material",
    "announce_lecture",
    "answer_as_resident",
    "answer_key",
    "answer_without_name",
    "change_lecture",
    "change_series",
    "change_survey",
    "close_invitations",
    "decline_invitation",
    "enter_paper",
    "invite_speaker",
    "make_wish",
    "make_wishes",
    "open_survey",
    "plan_lecture",
    "plan_of",
    "plan_series",
    "plan_survey",
    "propose_other_date",
    "publish_results",
    "remove_material",
    "take_back_sheet",
    "take_back_wish",
    "tell_those_who_wished",
    "thank_speakers",
    "tidy_materials",
    "withdraw_invitation",
]
