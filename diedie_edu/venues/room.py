"""What venues bring to the shared rooms."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.calendar import KnownCalendar
from diedie_edu.common.manifests import Manifest, defined_in
from diedie_edu.common.parts import DeskGroup, DeskProblems, MyPagePanels, QuickAction
from diedie_edu.common.peeks import Peek
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.planners import Planner
from diedie_edu.venues import messages
from diedie_edu.venues.actions.answers import ROOM_REQUEST
from diedie_edu.venues.actions.displacing import end_holds
from diedie_edu.venues.actions.empty_rooms import ask_whether_there
from diedie_edu.venues.actions.unanswered import end_without_dates, look_after_unanswered
from diedie_edu.venues.holders import Answerable
from diedie_edu.venues.lists.bookings import BOOKINGS_LIST
from diedie_edu.venues.lists.venues import VENUES_LIST
from diedie_edu.venues.queries.empty_rooms import problems, silent
from diedie_edu.venues.queries.panels import my_panels
from diedie_edu.venues.queries.requests import asked_by
from diedie_edu.venues.queries.special_days import calendar

PLANNERS = (Permission.PLAN_ACTIVITIES,)
SEEN = (
    *("view:venues.venue", "view:venues.booking", "view:venues.roomrequest"),
    "view:venues.displacement",
)

MANIFEST = Manifest(
    parts=(
        VENUES_LIST,
        BOOKINGS_LIST,
        ROOM_REQUEST,
        *defined_in(messages, Kind),
        messages.REQUEST,
        messages.BOOKING,
        QuickAction(
            35,
            _("Ask for a room"),
            "venues:request_create",
            "building-office",
            *PLANNERS,
            group=DeskGroup.ROOMS,
        ),
        QuickAction(
            36,
            _("A room that comes first to us"),
            "venues:claim",
            "arrow-up-circle",
            *PLANNERS,
            group=DeskGroup.ROOMS,
        ),
        MyPagePanels(my_panels),
        Planner(look_after_unanswered),
        Planner(end_without_dates),
        Planner(end_holds),
        Planner(ask_whether_there),
        DeskProblems(problems, (Peek(silent),)),
        Answerable(asked_by, are_there=True),
        KnownCalendar(calendar),
        AdminModels(
            Permission.KEEP_CALENDAR,
            (
                "venues.venue",
                "venues.openinghours",
                "venues.musichours",
                "venues.closedtime",
                "venues.specialday",
                "venues.roompriority",
            ),
        ),
        AdminModels(Permission.PLAN_ACTIVITIES, SEEN),
    )
)
