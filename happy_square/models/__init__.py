from happy_square.models.groups import Group, GroupKind
from happy_square.models.leaders import Leadership
from happy_square.models.meet_ups import MeetUp, WeeklyTime
from happy_square.models.members import JoinRequest, Membership, Trial

__all__ = [
    "Group",
    "GroupKind",
    "JoinRequest",
    "Leadership",
    "MeetUp",
    "Membership",
    "Trial",
    "WeeklyTime",
]
