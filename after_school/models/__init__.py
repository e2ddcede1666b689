from after_school.models.collecting import Collector, CollectorPass, WalkHomePermission
from after_school.models.enrolments import Absence, Enrolment, GuardianRight
from after_school.models.presence import Note, Presence, PresenceEvent
from after_school.models.roster import StaffNeed
from after_school.models.terms import (
    DayTopic,
    SchoolBreak,
    Session,
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
    "StaffNeed",
    "Term",
    "WalkHomePermission",
    "Weekday",
    "Zone",
    "ZoneDay",
]
