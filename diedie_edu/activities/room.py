"""What activities bring to the shared rooms; those signed up stand at their occasions."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.activities import messages
from diedie_edu.activities.actions import ended_again, forgetting, records
from diedie_edu.activities.actions.offers import pass_places_on
from diedie_edu.activities.actions.reminders import plan_reminders
from diedie_edu.activities.actions.rooms import ROOMS
from diedie_edu.activities.actions.seats import leave_all
from diedie_edu.activities.lists.sign_ups import SIGN_UPS_LIST
from diedie_edu.activities.lists.special_days import SPECIAL_DAYS_LIST
from diedie_edu.activities.models import ReminderTime, SignUp
from diedie_edu.activities.models.signups import WHO_IS_IN
from diedie_edu.activities.participants import Participants
from diedie_edu.activities.queries import desk
from diedie_edu.activities.queries.person import person_sections
from diedie_edu.activities.queries.sign_ups import sign_ups_at, who_signed_up
from diedie_edu.common.deeds import BroughtBack
from diedie_edu.common.manifests import Manifest, defined_in
from diedie_edu.common.merging import Meeting, Rewritten, first_stays, own_goes
from diedie_edu.common.parts import DeskGroup, DeskProblems, QuickAction
from diedie_edu.common.resealing import EndsWithKey
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.planners import Planner
from diedie_edu.notices.relatives import EnteredBy
from diedie_edu.people.endings import Endings
from diedie_edu.people.parts import PersonSection

SIGNED_UP = Participants(
    audience=ReminderTime.Audience.SEATED,
    reminder=messages.REMINDER,
    to_occasion="activity__occasions__",
    to_activity="activity__",
    at=sign_ups_at,
    reminded=lambda: SignUp.objects.filter(
        status=SignUp.Status.SEATED, wants_reminders=True, activity__is_ongoing=False
    ),
    since="seated_at",
    facts={"sign_up": F("pk")},
    told_by_programme=True,
)

PLANNED = ("activities.occasion", "view:activities.activity")
REGISTER = (
    "view:activities.signup",
    "view:activities.attendance",
    "view:activities.attendanceundone",
    "view:activities.excusedabsence",
)

MANIFEST = Manifest(
    parts=(
        *ended_again.ENDINGS,
        EndsWithKey("activities.CalendarFeed", "digest", _("addresses of private calendars")),
        Endings(
            child_locked=leave_all,
            departed=records.free_places,
            erased=forgetting.forget_person,
            matters=forgetting.matters,
        ),
        Meeting("one_live_sign_up", records.one_place),
        Meeting("attendance_once", first_stays("arrived_at")),
        Meeting(WHO_IS_IN, words=records.SEAT_IS_GONE),
        Rewritten("activities.SignUp", records.wait_no_more),
        Rewritten("activities.Attendance", records.wait_no_more),
        Meeting("absence_excused_once", own_goes),
        BroughtBack("activities.SignUp", records.bring_back),
        BroughtBack("activities.Attendance", records.bring_entry, records.may_stand_again),
        SIGNED_UP,
        *ROOMS,
        SIGN_UPS_LIST,
        SPECIAL_DAYS_LIST,
        *defined_in(messages, Kind),
        messages.ACTIVITY,
        EnteredBy(who_signed_up),
        messages.WORDS,
        Planner(plan_reminders),
        Planner(pass_places_on),
        AdminModels(
            Permission.PLAN_ACTIVITIES, ("activities.occasion", "view:activities.activity")
        ),
        AdminModels(Permission.KEEP_REGISTER, REGISTER),
        AdminModels(Permission.KEEP_CALENDAR, ("activities.remindertime",)),
        QuickAction(
            70,
            _("Change a day: holiday, make-up day, typhoon"),
            "activities:day_to_change",
            "calendar",
            Permission.KEEP_CALENDAR,
            group=DeskGroup.ROOMS,
        ),
        QuickAction(
            71,
            _("Close a room for a time"),
            "activities:close_room",
            "no-symbol",
            Permission.KEEP_CALENDAR,
            group=DeskGroup.ROOMS,
        ),
        DeskProblems(desk.problems, (desk.CHANGED,)),
        PersonSection(person_sections),
    )
)
