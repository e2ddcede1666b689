from after_school.models.collecting import Collector, CollectorPass, WalkHomePermission
from after_school.models.enrolments import Absence, Enrolment
from after_school.models.family_log import FamilyEvent
from after_school.models.guardian_messages import GuardianMessage
from after_school.models.guardian_rights import GuardianRight
from after_school.models.guards import DutyBesideChildren, OpenedChild
from after_school.models.invitations import GuardianInvitation
from after_school.models.presence import Note, Presence
from after_school.models.presence_log import PresenceEvent
from after_school.models.roster import StaffNeed
from after_school.models.second_enrolments import SecondEnrolment
from after_school.models.sessions import DayTopic, Session, SessionEvent, ZoneDay
from after_school.models.terms import SchoolBreak, Term, Weekday, Zone
from after_school.models.whereabouts import Whereabouts

__all__ = [
    "Absence",
    "Collector",
    "CollectorPass",
    "DayTopic",
    "DutyBesideChildren",
    "Enrolment",
    "FamilyEvent",
    "GuardianInvitation",
    "GuardianMessage",
    "GuardianRight",
    "Note",
    "OpenedChild",
    "Presence",
    "PresenceEvent",
    "SchoolBreak",
    "SecondEnrolment",
    "Session",
    "SessionEvent",
    "StaffNeed",
    "Term",
    "WalkHomePermission",
    "Weekday",
    "Whereabouts",
    "Zone",
    "ZoneDay",
]
