"""What staff's group chats hear of the 4:30 school: that something is the matter and where to look,
never with whom."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.groups import CALLED_OFF, CHILDREN, Group

TODAY = "/desk/school/sessions/{session}/"

MISSING = Group(
    CHILDREN,
    _("4:30 school: a child is expected and has not come. Whoever is on duty, please look."),
    TODAY,
)
FOUND = Group(CHILDREN, _("4:30 school: the child has come, all is well."), "/desk/")
MUST_LEAVE = Group(
    CHILDREN,
    _("4:30 school: somebody must leave the children at once. Please go to the room."),
    f"{TODAY}duties/",
)
NOT_BELIEVED = Group(
    CHILDREN,
    _("4:30 school: a child is still missing, the answer we had does not count. Please call."),
    TODAY,
)
ANSWERED = Group(CHILDREN, _("4:30 school: there is an answer about the child."), TODAY)
NOT_OPENED = Group(
    CHILDREN, _("4:30 school: the afternoon has begun, and nobody has opened it."), TODAY
)
CLOSED_WITH_AWAITED = Group(
    CHILDREN,
    _("4:30 school: closed early, children still to come: {number}. Please see to the door."),
    TODAY,
)
NOT_COLLECTED = Group(
    CHILDREN,
    _("4:30 school: children not collected yet: {number}. Two adults stay, please call."),
    f"{TODAY}still-here/",
)
BARRED = Group(
    CHILDREN,
    _("4:30 school: duties of somebody who may not come any more were freed: {number}."),
    "/desk/school/roster/",
)
OFF_WITH_CHILDREN = Group(
    CHILDREN,
    _("4:30 school: called off with children inside: {number}. Please stay with them."),
    TODAY,
)
OFF_THAT_DAY = Group(CALLED_OFF, _("4:30 school: called off on {day_on}."), "/desk/school/roster/")
OFF_THOSE_DAYS = Group(
    CALLED_OFF,
    _("4:30 school: called off from {first_on} to {last_on}."),
    "/desk/school/roster/",
)
