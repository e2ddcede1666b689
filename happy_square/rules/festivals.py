"""When groups may be asked to a festival, may answer, and rehearse."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Activity
from diedie_edu.activities.rules import schedule
from diedie_edu.common.errors import Refused
from happy_square.models import FestivalInvitation, Group


def check_is_ahead(festival: Activity, starts_at: datetime, now: datetime) -> None:
    """House rule: what has begun or is called off is not prepared any more."""
    schedule.check_can_be_changed(festival)
    if now >= starts_at:
        raise Refused("begun", _("It has already begun, so nothing can be changed any more."))


def check_can_be_asked(group: Group) -> None:
    """Plan 五(一): 以现有的民间队伍为基础: groups that meet take part."""
    if not group.is_active:
        words = _("%(group)s does not meet at present.") % {"group": group}
        raise Refused("not_active", words, "groups")


def check_can_answer(invitation: FestivalInvitation) -> None:
    """House rule: a group may think better of its answer as long as the invitation stands."""
    if invitation.state == FestivalInvitation.State.WITHDRAWN:
        raise Refused("withdrawn", _("The invitation has been taken back. Please ask the staff."))


def check_takes_part(invitation: FestivalInvitation) -> None:
    """House rule: groups that have said no are in neither the running order nor rehearsals."""
    said_no = (FestivalInvitation.State.DECLINED, FestivalInvitation.State.WITHDRAWN)
    if invitation.state in said_no:
        raise Refused(
            "not_invited", _("This group does not take part. Invite it first."), "invitation"
        )


def check_rehearsal(ends_at: datetime, festival_starts_at: datetime) -> None:
    """House rule: one rehearses before the festival."""
    if ends_at > festival_starts_at:
        raise Refused("late", _("Rehearse before the festival begins."), "day")
