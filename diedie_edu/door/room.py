"""What the door brings to the shared rooms."""

from diedie_edu.common.manifests import Manifest
from diedie_edu.door import messages
from diedie_edu.door.actions.feedback import plan_feedback
from diedie_edu.door.lists import ATTENDANCE_LIST
from diedie_edu.notices.planners import Planner

MANIFEST = Manifest(parts=(ATTENDANCE_LIST, messages.FEEDBACK, Planner(plan_feedback)))
