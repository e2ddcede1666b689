"""What the 4:30 school brings to the portal."""

from django.utils.translation import gettext_lazy as _

from after_school import messages
from after_school.actions import clearances, erasure, missing, reminders, short_staffed
from after_school.lists.afternoons import AFTERNOONS_LIST
from after_school.lists.enrolments import PUPILS_LIST
from after_school.lists.roster import ROSTER_LIST
from after_school.rules.terms import PROGRAMME
from diedie_edu.activities.traits import ActivityTraits
from diedie_edu.common.manifests import Programme, defined_in
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.planners import Planner
from diedie_edu.people.endings import Endings
from diedie_edu.volunteering.rosters import Roster

MANIFEST = Programme(
    slug=PROGRAMME,
    title=_("4:30 school"),
    tone="amber",
    icon="book-open",
    urls="after_school.urls",
    parts=(
        ActivityTraits(PROGRAMME, own_registration=True),
        PUPILS_LIST,
        ROSTER_LIST,
        AFTERNOONS_LIST,
        *defined_in(messages, Kind),
        Planner(reminders.plan_consent_reminders),
        Planner(reminders.plan_end_of_term),
        Planner(missing.plan_missing),
        Planner(short_staffed.plan_short_staffed),
        Roster(
            PROGRAMME,
            stand_in=messages.STAND_IN,
            must_leave=clearances.notify_staff_of_leaving,
        ),
        Endings(
            child_locked=erasure.release_child,
            child_erased=erasure.erase_child,
            clearance_ended=clearances.release_uncleared,
        ),
    ),
)
