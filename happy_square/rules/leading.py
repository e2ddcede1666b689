"""Who may lead a group."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.people.models import Resident
from diedie_edu.people.rules.residents import years_old
from happy_square.models import Group, HandOver, Leadership

GROWN_UP = 18


def check_may_lead(resident: Resident, today: date) -> None:
    """Law (Civil Code art. 17, 18): whoever answers for a group is grown up; where the date of
    birth is unknown, nobody is taken for a child."""
    if resident.birth_date and years_old(resident.birth_date, today) < GROWN_UP:
        raise Refused("too_young", _("Whoever leads a group is at least 18."), "resident")


def check_is_checked(group: Group, is_checked: bool) -> None:
    """Facts 3: whoever leads children has been checked (入职查询)."""
    if group.takes_children and not is_checked:
        raise Refused(
            "not_checked",
            _("This group takes children, so whoever leads it needs a valid check first."),
            "resident",
        )


def check_has_a_reason(part: str, reason: str) -> None:
    """Plan 五(一), to guide: an acting leader is named for a reason that members read."""
    if part == Leadership.Part.ACTING and not reason.strip():
        raise Refused("no_reason", _("Please write why; the members read it."), "reason")


def check_may_change(own_part: str, is_staff: bool) -> None:
    """House rule: the leader, the acting one and staff say who leads; a deputy does all else."""
    if not is_staff and own_part not in {Leadership.Part.LEADER, Leadership.Part.ACTING}:
        raise Refused("deputy", _("The leader or the staff decide this."))


def check_may_name(part: str, is_staff: bool) -> None:
    """House rule: a leader names a deputy; a leader follows by a hand-over, or staff name one."""
    if not is_staff and part != Leadership.Part.DEPUTY:
        raise Refused("staff", _("Offer the group to your successor instead."), "part")


def check_may_end(leadership: Leadership, by: User, is_staff: bool) -> None:
    """House rule: a group is not left without a leader: who leads it hands it over, or asks the
    staff; a deputy may stop at any time."""
    if not is_staff and leadership.part != Leadership.Part.DEPUTY:
        raise Refused("hand_over", _("Hand the group over first, or ask the staff."))


def check_may_answer(hand_over: HandOver | None, by: User) -> HandOver:
    """House rule: a group passes on by two people's own yes; whoever was asked answers, once."""
    if hand_over is None or hand_over.successor.account_id != by.pk:
        raise Refused("not_yours", _("This offer does not stand any more."))
    return hand_over
