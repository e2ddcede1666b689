"""What the residents' school brings to the portal."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.activities.traits import ActivityTraits
from diedie_edu.common.manifests import Programme, defined_in
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.planners import Planner
from residents_school import messages
from residents_school.actions.invitations import close_invitations
from residents_school.actions.thanks import thank_speakers
from residents_school.lists.kinds import LECTURES_LIST
from residents_school.rules.lectures import PROGRAMME

PLANNED = (
    "residents_school.lecture",
    "view:residents_school.lectureseries",
    "view:residents_school.survey",
    "view:residents_school.invitation",
    "view:residents_school.wish",
)

MANIFEST = Programme(
    slug=PROGRAMME,
    title=_("Residents' school"),
    tone="leaf",
    icon="presentation-chart-bar",
    urls="residents_school.urls",
    parts=(
        ActivityTraits(PROGRAMME, topic="lecture__topic", sheet="residents_school:sign_in_sheet"),
        AdminModels(Permission.PLAN_ACTIVITIES, PLANNED),
        LECTURES_LIST,
        *defined_in(messages, Kind),
        Planner(close_invitations),
        Planner(thank_speakers),
    ),
)
