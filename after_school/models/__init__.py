from after_school.models.collecting import Collector, CollectorPass, WalkHomePermission
from after_school.models.enrolments import Absence, Enrolment, GuardianRight
from after_school.models.presence import Note, Presence, PresenceEvent
from after_school.models.roster import StaffNeed, StandIn
from after_school.models.terms import (
    DayTopic,
    SchoolBreak,
    Session,
    SessionEvent,
    Term,
    Weekday,
    Zone,
    ZoneDay,
)

__all__ = [
    "Absence",
    "Collector",
    "CollectorPass",
    "DayTopic",
    "Enrolment",
    "GuardianRight",
    "Note",
    "Presence",
    "PresenceEvent",
    "SchoolBreak",
    "Session",
    "SessionEvent",
    "StaffNeed",
    "StandIn",
    "Term",
    "WalkHomePermission",
    "Weekday",
    "Zone",
    "ZoneDay",
]
