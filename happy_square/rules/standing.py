"""How a group may stand, and go on."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import moment
from diedie_edu.common.errors import Refused
from happy_square.models import Group, StandingChange

# Groups are joined at any time, so their sign-up closes when they no longer take anybody.
ALWAYS_OPEN = moment(date(2999, 12, 31))
# So long a suspended group's rooms are kept for it.
ROOMS_KEPT = timedelta(days=7)
Standing = Group.Standing


def check_can_change(group: Group, standing: str) -> None:
    """House rule: what has ended begins again only by going on; nothing rests that is suspended."""
    if standing != Standing.ACTIVE and group.standing == Standing.ENDED:
        raise Refused("ended", _("This group has ended. Let it go on first."))
    if standing == Standing.RESTING and group.standing == Standing.SUSPENDED:
        raise Refused("suspended", _("This group is suspended; staff let it go on first."))


def check_may_lift(group: Group, is_staff: bool) -> None:
    """Plan 五(一), to guide: who suspended a group lets it go on, not the group itself."""
    if not is_staff and group.standing in {Standing.SUSPENDED, Standing.ENDED}:
        raise Refused("staff", _("Staff let this group go on. Please write to them."))


def check_has_a_reason(standing: str, reason: str) -> None:
    """House rule: whoever belongs to the group reads why it does not meet."""
    if standing != Standing.ACTIVE and not reason.strip():
        raise Refused("no_reason", _("Please write why; the members read it."), "reason")


def check_until(until: date | None, today: date) -> None:
    """Plan 五(一), to guide: a suspension has an end."""
    if until is None or until <= today:
        raise Refused("no_end", _("A suspension ends on a day ahead."), "until")


def check_may_answer(change: StandingChange | None) -> StandingChange:
    """Plan 五(一), to guide: what is put right is said once, while the group is suspended."""
    if change is None or change.standing != Standing.SUSPENDED:
        raise Refused("not_suspended", _("This group is not suspended."))
    if change.answer:
        raise Refused("answered", _("The group has answered already."))
    return change
