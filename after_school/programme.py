"""What the 4:30 school brings to the shared rooms."""

from after_school import messages
from after_school.actions.clearances import notify_staff_of_leaving
from after_school.rules.terms import PROGRAMME
from diedie_edu.common.manifests import Manifest
from diedie_edu.volunteering.rosters import Roster

ROSTER = Roster(PROGRAMME, stand_in=messages.STAND_IN, must_leave=notify_staff_of_leaving)

MANIFEST = Manifest(parts=(ROSTER,))
