from diedie_edu.volunteering.models.applications import VolunteerApplication
from diedie_edu.volunteering.models.certificates import Certificate
from diedie_edu.volunteering.models.duties import Duty
from diedie_edu.volunteering.models.guards import ClearanceGuard
from diedie_edu.volunteering.models.stand_ins import StandIn
from diedie_edu.volunteering.models.swaps import DutySwap

__all__ = [
    "Certificate",
    "ClearanceGuard",
    "Duty",
    "DutySwap",
    "StandIn",
    "VolunteerApplication",
]
