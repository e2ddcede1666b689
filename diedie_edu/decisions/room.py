"""What decisions bring to the shared rooms."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.manifests import Manifest, defined_in
from diedie_edu.common.parts import DeskEntry, DeskGroup, DeskProblems, MyPagePanels
from diedie_edu.common.peeks import Peek
from diedie_edu.common.resealing import EndsWithKey
from diedie_edu.decisions import messages
from diedie_edu.decisions.actions import ended_again
from diedie_edu.decisions.actions.reminders import plan_reminders
from diedie_edu.decisions.queries import panels, requests
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.planners import Planner

REQUESTS = ("view:decisions.request", "view:decisions.step")

NOTHING = _("nothing; it is only kept")
MANIFEST = Manifest(
    parts=(
        *ended_again.ENDINGS,
        EndsWithKey("decisions.Request", "version", NOTHING),
        EndsWithKey("decisions.Step", "version", NOTHING),
        *defined_in(messages, Kind),
        messages.REQUEST,
        Planner(plan_reminders),
        AdminModels(Permission.SEE_PROGRAMMES, REQUESTS),
        AdminModels(Permission.KEEP_PROGRAMMES, REQUESTS),
        AdminModels(Permission.KEEP_ACCOUNTS, ("view:decisions.deputy",)),
        DeskEntry(
            15,
            _("Waits for me"),
            "decisions:waiting",
            "inbox-stack",
            Permission.OPEN_DESK,
            group=DeskGroup.DAILY,
        ),
        DeskProblems(panels.problems, (Peek(requests.submitted),)),
        MyPagePanels(panels.my_panels, (panels.LATELY,)),
    )
)
