"""What the 4:30 school brings to the portal."""

from django.utils.translation import gettext_lazy as _

from after_school import (
    alarm_messages,
    day_messages,
    family_messages,
    guardian_messages,
    messages,
    saying_messages,
)
from after_school.actions import (
    alarms,
    audit,
    clearances,
    days_off,
    ended_again,
    erasure,
    first_words,
    guardians,
    missing,
    other_rooms,
    phones,
    records,
    reminders,
    second_enrolments,
    short_staffed,
)
from after_school.actions.kept_away import free_duties
from after_school.actions.term_days import hold_besides
from after_school.demo.loading import SEASON
from after_school.lists.afternoons import AFTERNOONS_LIST
from after_school.lists.enrolments import PUPILS_LIST
from after_school.lists.roster import ROSTER_LIST
from after_school.plan_data import load_plan
from after_school.queries import comings, desk, figures, kept_away, panels, rule_readers
from after_school.queries.children import children_of, has_a_record
from after_school.queries.terms import days_besides
from after_school.rules.terms import PROGRAMME
from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.activities.changed_days import DayRules, OwnWords
from diedie_edu.activities.traits import ActivityTraits
from diedie_edu.common.manifests import Programme, defined_in
from diedie_edu.common.parts import (
    DeskEntry,
    DeskFigures,
    DeskGroup,
    Entrance,
    HomePanels,
    MyPagePanels,
    PlanData,
    QuickAction,
    VolunteerLink,
)
from diedie_edu.common.peeks import Peek
from diedie_edu.common.references import DELETE, KEEP, MOVE, Loose, On
from diedie_edu.common.resealing import EndsWithKey
from diedie_edu.community.kinds import Telephone
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.planners import Planner
from diedie_edu.office.parts import LiaisonSide, RuleReaders
from diedie_edu.people.endings import Endings
from diedie_edu.people.parts import ChildDoor, PersonAction
from diedie_edu.volunteering.rosters import Roster

PAGES = (
    Entrance(20, _("Terms and enrolment"), "after_school:school", "book-open", programme=PROGRAMME),
    PersonAction(
        10,
        _("Record of the 4:30 school"),
        "after_school:record",
        Permission.LOOK_AFTER_CHILDREN,
        has_a_record,
        "book-open",
    ),
    ChildDoor(10, _("The 4:30 school"), "after_school:school", "book-open"),
    VolunteerLink(20, _("My duties at the 4:30 school"), "after_school:duties", "hand-raised"),
    DeskEntry(
        40,
        _("4:30 school"),
        "after_school:today",
        "book-open",
        Permission.LOOK_AFTER_CHILDREN,
        PROGRAMME,
    ),
    QuickAction(
        40,
        _("Roster of the 4:30 school"),
        "after_school:roster",
        "user-group",
        Permission.LOOK_AFTER_CHILDREN,
        PROGRAMME,
    ),
    QuickAction(
        50,
        _("Terms of the 4:30 school"),
        "after_school:term_list",
        "book-open",
        Permission.PLAN_ACTIVITIES,
        PROGRAMME,
    ),
    QuickAction(
        60,
        _("Checks of volunteers"),
        "after_school:clearances",
        "identification",
        Permission.KEEP_CLEARANCES,
        PROGRAMME,
        group=DeskGroup.PEOPLE,
    ),
)

TEXTS = ("people.consenttext",)
LOOKED_UP = (
    *(f"view:{model}" for model in TEXTS),
    "view:people.consent",
    "view:programmes.ruleversion",
    "view:after_school.daytopic",
)
# Models of all programmes that its leads, and no others, keep for it.
MODELS = (
    AdminModels(Permission.PLAN_ACTIVITIES, ("after_school.daytopic",), PROGRAMME),
    AdminModels(Permission.LOOK_AFTER_CHILDREN, LOOKED_UP, PROGRAMME),
    AdminModels(Permission.OPEN_CHILDREN, (*TEXTS, "view:people.childaccess"), PROGRAMME),
    AdminModels(Permission.KEEP_CLEARANCES, ("people.clearance",), PROGRAMME),
)

PASSES_END = EndsWithKey(
    "after_school.CollectorPass", "code_hash", _("today's passes to collect a child")
)
MANIFEST = Programme(
    slug=PROGRAMME,
    title=_("4:30 school"),
    tone="amber",
    icon="book-open",
    urls="after_school.urls",
    parts=(
        *ended_again.ENDINGS,
        Telephone("after-school", _("telephone of the 4:30 school")),
        Telephone("after-school-lead", _("telephone of the 4:30 school's lead")),
        ActivityTraits(
            PROGRAMME,
            page=panels.page_of,
            comes_to=comings.afternoons_of,
            own_registration=True,
            in_calendar=False,
            notify=first_words.notify_of_places,
        ),
        second_enrolments.SECOND_ENROLMENT,
        audit.AUDIT_PACK,
        second_enrolments.CHILD_HASH,
        PASSES_END,
        PUPILS_LIST,
        ROSTER_LIST,
        AFTERNOONS_LIST,
        figures.COMINGS,
        figures.AFTERNOONS,
        figures.ENROLLED,
        *defined_in(messages, Kind),
        *defined_in(alarm_messages, Kind),
        *defined_in(day_messages, Kind),
        *defined_in(saying_messages, Kind),
        OwnWords(
            PROGRAMME,
            lock=days_off.lock_sessions,
            called_off=days_off.called_off,
            held_again=days_off.held_again,
            moved=other_rooms.moved,
        ),
        *defined_in(family_messages, Kind),
        *defined_in(guardian_messages, Kind),
        DayRules(
            PROGRAMME,
            suits=lambda day, known: known.is_working_day(day),
            move=False,
            besides=days_besides,
            hold=hold_besides,
            check_room=other_rooms.check_room,
            stays_where_closed=False,
            off_with=other_rooms.off_with,
        ),
        messages.CHILD,
        Planner(reminders.plan_consent_reminders),
        Planner(reminders.plan_newer_text),
        Planner(reminders.plan_run_out),
        Planner(reminders.plan_end_of_term),
        Planner(alarms.plan_unopened),
        Planner(missing.plan_missing),
        Planner(free_duties),
        Planner(alarms.plan_still_here),
        Planner(short_staffed.plan_short_staffed),
        Roster(
            PROGRAMME,
            stand_in=messages.STAND_IN,
            swap=saying_messages.SWAP_ASKED,
            must_leave=clearances.notify_staff_of_leaving,
            kept_away=kept_away.kept_away,
        ),
        Endings(
            child_locked=erasure.release_child,
            kept_days=erasure.kept_days,
            erased=second_enrolments.forget,
            phone_changed=phones.phone_changed,
            guardian_erased=guardians.forget_guardian,
            matters=guardians.matters,
        ),
        Endings(erased=guardians.forget_collector),
        Loose(
            "people.Resident",
            "notices.Notice",
            "subject",
            On(erased=DELETE, merged=MOVE),
            value=lambda child: messages.CHILD.of(child.pk),
        ),
        Loose(
            "people.Resident",
            "notices.Reached",
            "event__contains",
            On(erased=DELETE, merged=KEEP),
            value=lambda child: f":{messages.CHILD.of(child.pk)}:",
        ),
        *records.PARTS,
        *PAGES,
        *MODELS,
        PlanData(load_plan),
        LiaisonSide(PROGRAMME, "community"),
        RuleReaders(PROGRAMME, _("volunteers"), "after_school:rules", rule_readers.volunteers),
        RuleReaders(PROGRAMME, _("guardians"), "after_school:rules", rule_readers.guardians, True),
        SEASON,
        HomePanels(panels.home_panels),
        MyPagePanels(panels.my_panels, (Peek(children_of),)),
        DeskFigures(desk.figures, (Peek(desk.todays),)),
        *desk.PROBLEMS,
    ),
)
