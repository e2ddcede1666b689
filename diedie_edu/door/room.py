"""What the door brings to the shared rooms."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.manifests import Manifest
from diedie_edu.common.merging import Meeting, own_goes
from diedie_edu.common.parts import DeskGroup, QuickAction
from diedie_edu.door import messages
from diedie_edu.door.actions.feedback import forget_words, plan_feedback
from diedie_edu.door.lists import ATTENDANCE_LIST
from diedie_edu.notices.planners import Planner
from diedie_edu.people.endings import Endings
from diedie_edu.people.parts import Copied

MANIFEST = Manifest(
    parts=(
        Meeting("door.Feedback.attendance", own_goes),
        ATTENDANCE_LIST,
        messages.FEEDBACK,
        Planner(plan_feedback),
        Endings(erased=forget_words),
        Copied("door.Feedback", "attendance__resident"),
        QuickAction(
            80,
            _("Seats left empty"),
            "door:no_shows",
            "face-frown",
            Permission.KEEP_REGISTER,
            group=DeskGroup.PEOPLE,
        ),
        QuickAction(
            90,
            _("What people said"),
            "door:feedback_of_speakers",
            "chat-bubble-left",
            Permission.KEEP_REGISTER,
            group=DeskGroup.PEOPLE,
        ),
    )
)
