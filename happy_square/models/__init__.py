from happy_square.models.applications import GroupApplication
from happy_square.models.complaints import Complaint
from happy_square.models.festivals import (
    Festival,
    FestivalInvitation,
    FestivalItem,
    Rehearsal,
)
from happy_square.models.groups import Group, GroupKind
from happy_square.models.growth import GrowthStart
from happy_square.models.guidance import Finding, FollowUp, Point, Visit
from happy_square.models.leaders import HandOver, Leadership
from happy_square.models.meet_ups import MeetUp, MonthlyTexts, WeeklyTime
from happy_square.models.members import JoinRequest, MemberEntry, Membership, Trial
from happy_square.models.pictures import GroupPicture
from happy_square.models.standing import StandingChange
from happy_square.models.support import Support

__all__ = [
    "Complaint",
    "Festival",
    "FestivalInvitation",
    "FestivalItem",
    "Finding",
    "FollowUp",
    "Group",
    "GroupApplication",
    "GroupKind",
    "GroupPicture",
    "GrowthStart",
    "HandOver",
    "JoinRequest",
    "Leadership",
    "MeetUp",
    "MemberEntry",
    "Membership",
    "MonthlyTexts",
    "Point",
    "Rehearsal",
    "StandingChange",
    "Support",
    "Trial",
    "Visit",
    "WeeklyTime",
]
