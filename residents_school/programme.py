"""What the residents' school brings to the portal."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.activities.changed_days import DayRules
from diedie_edu.activities.traits import ActivityTraits
from diedie_edu.common.manifests import Programme, defined_in
from diedie_edu.common.merging import Meeting, first_stays, last_stays, own_ends
from diedie_edu.common.parts import (
    DeskEntry,
    DeskFigures,
    DeskGroup,
    DutyPage,
    Entrance,
    FirstStep,
    HomePanels,
    MyPagePanels,
    NavEntry,
    PlanData,
    QuickAction,
)
from diedie_edu.common.peeks import Peek
from diedie_edu.common.resealing import EndsWithKey
from diedie_edu.figures.kinds import Indicator
from diedie_edu.files.kinds import FileKind
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.planners import Planner
from diedie_edu.office.parts import LiaisonSide
from diedie_edu.people.endings import Endings
from diedie_edu.people.parts import Copied
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.rosters import Search
from residents_school import messages
from residents_school.actions import materials, searching
from residents_school.actions.invitations import ask_again, close_invitations
from residents_school.actions.thanks import thank_speakers
from residents_school.demo.loading import SEASON
from residents_school.lists.kinds import LECTURES_LIST
from residents_school.models import Invitation
from residents_school.plan_data import load_plan
from residents_school.queries import desk, figures, panels, surveys
from residents_school.queries.materials import may_read_material
from residents_school.queries.seasons import dates_with
from residents_school.rules.lectures import PROGRAMME, check_lecture_day

PLANNED = (
    "residents_school.lecture",
    "view:residents_school.lectureseries",
    "view:residents_school.survey",
    "view:residents_school.invitation",
    "view:residents_school.wish",
)

LECTURES = "residents_school:lecture_list"
PLANNERS = (Permission.PLAN_ACTIVITIES, PROGRAMME)
PAGES = (
    NavEntry(20, _("Lectures"), LECTURES, "calendar-days"),
    FirstStep(
        60,
        "lecture",
        _("First lecture"),
        _("Plan it, announce it: residents see it at once and take their seats."),
        "presentation-chart-bar",
        desk.announced_ever,
        "residents_school:lecture_create",
    ),
    Entrance(10, _("See the lectures"), LECTURES, "calendar-days", programme=PROGRAMME),
    DeskEntry(
        20,
        _("Plan lectures"),
        "residents_school:staff_lecture_list",
        "calendar-days",
        *PLANNERS,
    ),
    DeskEntry(30, _("What residents want"), "residents_school:board", "chart-bar", *PLANNERS),
    QuickAction(
        10,
        _("Plan a lecture"),
        "residents_school:lecture_create",
        "plus",
        *PLANNERS,
        group=DeskGroup.DAILY,
    ),
    QuickAction(
        20, _("Type in paper surveys"), "residents_school:paper", "pencil-square", *PLANNERS
    ),
    QuickAction(
        30, _("Plan a series"), "residents_school:season_create", "calendar-days", *PLANNERS
    ),
    DutyPage(
        PROGRAMME,
        Duty.Work.SPEAKER,
        _("My lecture: outline and materials"),
        "residents_school:own_lecture",
        "document-text",
    ),
)

MANIFEST = Programme(
    slug=PROGRAMME,
    title=_("Residents' school"),
    tone="leaf",
    icon="presentation-chart-bar",
    urls="residents_school.urls",
    parts=(
        EndsWithKey(
            "residents_school.Burst", "key", _("that answers of one network are seen together")
        ),
        EndsWithKey("residents_school.Answer", "key", _("that a browser answers a survey once")),
        Meeting("one_open_wish_per_topic", first_stays("wished_at")),
        Meeting("resident_answers_once", last_stays("answered_at")),
        Meeting("one_open_invitation", own_ends(state=Invitation.State.WITHDRAWN)),
        ActivityTraits(
            PROGRAMME,
            topic="lecture__topic",
            page=panels.page_of,
            change="residents_school:lecture_change",
            sheet="residents_school:sign_in_sheet",
            series=dates_with,
        ),
        AdminModels(Permission.PLAN_ACTIVITIES, PLANNED),
        DayRules(
            PROGRAMME,
            suits=lambda day, calendar: calendar.is_lecture_day(day),
            check_day=check_lecture_day,
            moved=ask_again,
        ),
        LECTURES_LIST,
        Search(PROGRAMME, searching.look_for_another),
        Endings(erased=searching.forget_person),
        Copied("residents_school.Invitation", "volunteer__resident"),
        FileKind(materials.KIND, may_read_material, is_shown=True),
        *defined_in(messages, Kind),
        Planner(close_invitations),
        Planner(thank_speakers),
        *PAGES,
        PlanData(load_plan),
        LiaisonSide(PROGRAMME, "community"),
        SEASON,
        HomePanels(panels.home_panels),
        MyPagePanels(panels.my_panels),
        DeskFigures(desk.figures),
        DeskFigures(desk.survey_figures, (Peek(surveys.running_surveys),)),
        *desk.PROBLEMS,
        *defined_in(figures, Indicator),
    ),
)
