"""What the education base brings to the portal."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.activities.traits import ActivityTraits
from diedie_edu.common.manifests import Programme, defined_in
from diedie_edu.common.merging import Meeting, first_stays
from diedie_edu.common.parts import (
    DeskEntry,
    DeskProblems,
    Entrance,
    HomePanels,
    MyPagePanels,
    PlanData,
)
from diedie_edu.common.peeks import Peek
from diedie_edu.common.resealing import Rehashed
from diedie_edu.figures.kinds import Indicator, OwnWay
from diedie_edu.files.kinds import FileKind
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.planners import Planner
from diedie_edu.notices.subjects import Subject
from diedie_edu.office.parts import Campaigns, LiaisonSide
from diedie_edu.people.endings import Endings
from edu_base import (
    applying_messages,
    asking_messages,
    campaign_messages,
    dream_messages,
    grant_messages,
    place_messages,
    review_messages,
)
from edu_base.actions import (
    applying,
    documents,
    dwellings,
    ended_again,
    enterprise_offers,
    enterprises,
    forgetting,
    grants,
    guardians,
    liftings,
    mobilising,
    nomination_upkeep,
)
from edu_base.actions.asking import ask_students
from edu_base.actions.objections import forget_objections, forget_person
from edu_base.actions.offers import plan_offers
from edu_base.demo.loading import SEASON
from edu_base.lists.applications import APPLICATIONS_LIST
from edu_base.lists.enterprises import ENTERPRISES_LIST
from edu_base.lists.outcomes import COLLEGE_LIST, PLACING_LIST
from edu_base.lists.payments import PAYMENTS_LIST
from edu_base.lists.students import STUDENTS_LIST
from edu_base.lists.workers import WORKERS_LIST
from edu_base.messages import APPLICATION
from edu_base.models.schemes import PROGRAMME
from edu_base.parts import BaseEntry, BasePanels, OwnPanels
from edu_base.plan_data import load_plan
from edu_base.queries import (
    asking_panels,
    campaign,
    dream_panels,
    figures,
    own_panels,
    panels,
    standing,
)
from edu_base.queries.announcing import open_anywhere
from edu_base.queries.applications import concern
from edu_base.queries.asking import asked_until, to_ring
from edu_base.queries.documents import may_read_document
from edu_base.queries.grant_money import GRANT_MONEY
from edu_base.queries.mobilising import given_to
from edu_base.queries.offers import of_application
from edu_base.queries.reviewers import may_wait

KEEPERS = (Permission.KEEP_APPLICANTS, PROGRAMME)
PLANNERS = (Permission.PLAN_ACTIVITIES, PROGRAMME)
# Their leads and staff keep the years; whoever works with applications reads them.
KEPT = tuple(f"edu_base.{model}" for model in ("college", "major", "schemeyear", "intake"))
LOOKED_UP = (*(f"view:{model}" for model in KEPT), "view:edu_base.application")
GRANT_MODELS = tuple(f"view:edu_base.{model}" for model in ("grantfund", "award", "grantfact"))
CAMPAIGN_MODELS = tuple(
    f"view:edu_base.{model}" for model in ("campaignevent", "milestone", "enterpriseoffer")
)
DREAM_MODELS = tuple(
    f"view:edu_base.{model}" for model in ("enterprise", "allotment", "nomination")
)
DESK: tuple[Any, ...] = (
    DeskEntry(48, _("Education base"), "edu_base:desk", "academic-cap", *KEEPERS),
    PlanData(load_plan),
    LiaisonSide(PROGRAMME, "committee"),
    SEASON,
    AdminModels(Permission.PLAN_ACTIVITIES, KEPT, PROGRAMME),
    AdminModels(Permission.KEEP_APPLICANTS, LOOKED_UP, PROGRAMME),
)
APPLYING: tuple[Any, ...] = (
    *defined_in(applying_messages, Kind),
    APPLICATION,
    Entrance(40, _("Go on studying"), "edu_base:landing", "academic-cap", None, PROGRAMME),
    MyPagePanels(asking_panels.of_lists, (Peek(given_to),)),
    MyPagePanels(own_panels.my_panels, (Peek(concern),)),
    BaseEntry(15, _("Type in from paper"), "edu_base:start_from_paper", "pencil-square", *KEEPERS),
    FileKind(documents.KIND, may_read_document, is_shown=True, opened=documents.opened),
    Planner(guardians.plan_18th_birthdays),
    Planner(forgetting.keep_no_longer),
    Endings(erased=forgetting.forget_person),
)
REVIEW: tuple[Any, ...] = (
    *defined_in(review_messages, Kind),
    review_messages.INTAKE,
    liftings.EXCEPTION,
    BaseEntry(
        10,
        pgettext_lazy("to study", "Applications"),
        "edu_base:applications",
        "inbox-stack",
        *KEEPERS,
    ),
    BaseEntry(20, _("Classes and rankings"), "edu_base:classes", "list-bullet", *KEEPERS),
    BaseEntry(
        30, _("Marking applications"), "edu_base:reviewing", "pencil-square", Permission.OPEN_DESK
    ),
    BasePanels(panels.of_review),
    DeskProblems(panels.to_be_checked, (Peek(panels.to_check),)),
    DeskProblems(panels.to_be_marked, (Peek(may_wait),)),
    OwnPanels(panels.own_interview),
)
PLACES: tuple[Any, ...] = (
    *defined_in(place_messages, Kind),
    *defined_in(place_messages, Subject),
    Planner(plan_offers),
    Planner(forget_objections),
    Endings(erased=forget_person),
    BaseEntry(18, _("Objections"), "edu_base:objection_list", "hand-raised", *KEEPERS),
    BasePanels(standing.panels),
    DeskProblems(standing.problems, (Peek(open_anywhere),)),
    OwnPanels(of_application),
    PLACING_LIST,
    COLLEGE_LIST,
)
MOBILISING: tuple[Any, ...] = (
    *defined_in(asking_messages, Kind),
    *defined_in(asking_messages, Subject),
    Planner(mobilising.tell_of_opening),
    Planner(ask_students),
    BaseEntry(20, _("Contact lists"), "edu_base:mobilising", "map-pin", *KEEPERS),
    BaseEntry(22, _("How far people come"), "edu_base:funnel", "funnel", *KEEPERS),
    BaseEntry(24, _("How studies go"), "edu_base:students_asked", "academic-cap", *KEEPERS),
    DeskProblems(asking_panels.problems, (Peek(to_ring, asked_by=asked_until),)),
)
DREAM: tuple[Any, ...] = (
    *defined_in(dream_messages, Kind),
    *defined_in(dream_messages, Subject),
    Planner(enterprises.give_back_unused),
    Planner(enterprises.remind),
    Planner(nomination_upkeep.remind),
    Planner(nomination_upkeep.lapse),
    Planner(nomination_upkeep.forget_old),
    Endings(erased=nomination_upkeep.forget_person),
    BaseEntry(50, _("Enterprises"), "edu_base:enterprises", "building-office", *KEEPERS),
    BasePanels(dream_panels.panels),
    ENTERPRISES_LIST,
    WORKERS_LIST,
    AdminModels(Permission.KEEP_APPLICANTS, DREAM_MODELS, PROGRAMME),
)
MEETINGS: tuple[Any, ...] = (
    Meeting(
        "one_live_application_a_year",
        words=_("Both have an application of one year that is under way. First end one of them."),
    ),
    Meeting("interest_in_an_offer_once", first_stays("said_at")),
)
GRANTS: tuple[Any, ...] = (
    *defined_in(grant_messages, Kind),
    grant_messages.AWARD,
    BaseEntry(60, _("Grants"), "edu_base:fund_list", "banknotes", *KEEPERS),
    Endings(erased=grants.forget_person),
    AdminModels(Permission.KEEP_APPLICANTS, GRANT_MODELS, PROGRAMME),
    PAYMENTS_LIST,
    GRANT_MONEY,
)
CAMPAIGN: tuple[Any, ...] = (
    ActivityTraits(PROGRAMME, page=campaign.page_of, change="edu_base:event_prepare"),
    *defined_in(campaign_messages, Kind),
    campaign_messages.INTEREST,
    BaseEntry(10, _("Campaign"), "edu_base:campaign", "calendar-days", *PLANNERS),
    Campaigns(PROGRAMME, _("Planned as a whole by the party committee"), campaign.of_board),
    BasePanels(campaign.desk_panels),
    HomePanels(campaign.home_panels),
    Planner(enterprise_offers.ask),
    AdminModels(Permission.PLAN_ACTIVITIES, CAMPAIGN_MODELS, PROGRAMME),
)
LISTS: tuple[Any, ...] = (
    APPLICATIONS_LIST,
    STUDENTS_LIST,
    BaseEntry(
        90,
        _("Whole lists"),
        "edu_base:whole_lists",
        "lock-open",
        Permission.OPEN_APPLICANTS,
        PROGRAMME,
    ),
)

MANIFEST = Programme(
    slug=PROGRAMME,
    title=_("Education base"),
    tone="indigo",
    icon="academic-cap",
    urls="edu_base.urls",
    parts=(
        *ended_again.ENDINGS,
        *DESK,
        *APPLYING,
        applying.PAPER_KEY,
        *defined_in(dwellings, Rehashed),
        mobilising.PHONE_KEY,
        *REVIEW,
        *PLACES,
        *MOBILISING,
        *DREAM,
        *GRANTS,
        *MEETINGS,
        *CAMPAIGN,
        *LISTS,
        *defined_in(figures, Indicator),
        *defined_in(figures, OwnWay),
    ),
)
