"""What Happy Square brings to the portal."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.changed_days import DayRules
from diedie_edu.activities.traits import ActivityTraits
from diedie_edu.common.manifests import Programme, defined_in
from diedie_edu.common.parts import DeskEntry, DeskProblems, Entrance, MyPagePanels, PlanData
from diedie_edu.common.peeks import Peek
from diedie_edu.files.kinds import FileKind
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.planners import Planner
from diedie_edu.notices.subjects import Subject
from diedie_edu.office.parts import LiaisonSide
from diedie_edu.people.endings import Endings
from diedie_edu.people.parts import ChildDoor
from happy_square import group_messages, guidance_messages, meet_up_messages, member_messages
from happy_square.actions import ended_again, entries, pictures, records
from happy_square.actions.applications import GROUP_APPLICATION, forget_person, matters
from happy_square.actions.children import look_after
from happy_square.actions.complaints import forget_complaints
from happy_square.actions.dates import make_dates
from happy_square.actions.finding_reminders import plan_finding_reminders
from happy_square.actions.members import tell_of_places
from happy_square.actions.own_words import OWN_WORDS
from happy_square.actions.standing import free_rooms
from happy_square.demo.loading import SEASON
from happy_square.lists.groups import GROUPS_LIST
from happy_square.lists.meet_ups import MEET_UPS_LIST
from happy_square.lists.members import MEMBERS_LIST
from happy_square.models.groups import PROGRAMME
from happy_square.participants import MEMBERS, TRIERS
from happy_square.plan_data import load_plan
from happy_square.queries import figures, group_desk, guidance_desk, member_panels
from happy_square.queries.dates import suits_group
from happy_square.queries.festival_panels import FESTIVALS
from happy_square.queries.members import entries_for_staff
from happy_square.queries.panels import page_of
from happy_square.queries.pictures import may_read_picture
from happy_square.queries.rooms import ROOMS
from happy_square.queries.spending import SUPPORT_MONEY

PLANNERS = (Permission.PLAN_ACTIVITIES, PROGRAMME)
GUIDANCE = (
    *defined_in(guidance_messages, Kind),
    *defined_in(guidance_messages, Subject),
    Planner(plan_finding_reminders),
    DeskEntry(
        46,
        _("Visits and findings"),
        "happy_square:guidance",
        "clipboard-document-check",
        *PLANNERS,
    ),
    DeskProblems(guidance_desk.problems, guidance_desk.PEEKS),
    MyPagePanels(guidance_desk.my_panels),
    Planner(forget_complaints),
)

MANIFEST = Programme(
    slug=PROGRAMME,
    title=_("Happy Square"),
    tone="rose",
    icon="musical-note",
    urls="happy_square.urls",
    parts=(
        *ended_again.ENDINGS,
        ActivityTraits(
            PROGRAMME,
            topic="group__kind",
            page=page_of,
            notify=tell_of_places,
            settled=lambda rows: rows.filter(member_entry=None),
        ),
        *GUIDANCE,
        PlanData(load_plan),
        SUPPORT_MONEY,
        LiaisonSide(PROGRAMME, "civil_group"),
        SEASON,
        *FESTIVALS,
        GROUPS_LIST,
        MEMBERS_LIST,
        MEET_UPS_LIST,
        figures.COMINGS,
        figures.OWN_NEW_FACES,
        figures.GROUPS,
        figures.FESTIVALS,
        *defined_in(meet_up_messages, Kind),
        *defined_in(group_messages, Kind),
        MEMBERS,
        TRIERS,
        OWN_WORDS,
        DayRules(PROGRAMME, suits_each=suits_group),
        Planner(make_dates),
        *defined_in(member_messages, Kind),
        Planner(entries.look_up),
        MyPagePanels(member_panels.my_panels),
        DeskProblems(member_panels.problems, (Peek(entries_for_staff),)),
        Entrance(
            30, _("This week at the groups"), "happy_square:week", "calendar-days", None, PROGRAMME
        ),
        ChildDoor(20, _("Groups that take children"), "happy_square:directory", "musical-note"),
        *ROOMS,
        Planner(free_rooms),
        Planner(look_after),
        FileKind(pictures.KIND, may_read_picture, is_shown=True),
        DeskProblems(group_desk.problems, group_desk.PEEKS),
        GROUP_APPLICATION,
        Endings(erased=forget_person, matters=matters),
        Endings(erased=entries.forget_person),
        *records.PARTS,
    ),
)
