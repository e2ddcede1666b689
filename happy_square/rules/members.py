"""Who may join a group, try it, and be written down in it."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Occasion
from diedie_edu.activities.rules.sign_up import check_sign_up
from diedie_edu.common.errors import Refused
from diedie_edu.people.models import Resident
from diedie_edu.people.rules.residents import is_child
from happy_square.models import Group


def check_can_join(group: Group, resident: Resident, now: datetime) -> None:
    """House rule: groups that do not meet take nobody; for the rest, as every activity does."""
    if group.standing not in {group.Standing.ACTIVE, group.Standing.RESTING}:
        raise Refused("not_active", _("This group does not meet at present."))
    check_sign_up(group, resident, now)


def check_joins_freely(group: Group) -> None:
    """House rule: where the leader says yes or no, one asks first."""
    if group.joining == group.Joining.APPROVAL:
        raise Refused("approval", _("The leader says yes to new members. Please ask first."))


def check_can_try(
    group: Group, occasion: Occasion, is_member: bool, has_tried: bool, now: datetime
) -> None:
    """House rule: whoever is no member comes once to see how it is, to a date that lies ahead."""
    if is_member:
        raise Refused("member", _("You belong to this group already: just come."))
    if has_tried:
        raise Refused("tried", _("You have tried it already. You are welcome to join."))
    if not group.is_active or occasion.is_called_off:
        raise Refused("called_off", _("This date does not take place. Please choose another one."))
    if now >= occasion.ends_at:
        raise Refused("over", _("This date is over. Please choose another one."))


def check_is_grown(resident: Resident, group: Group, today: date) -> None:
    """PIPL art. 31: a child is entered by its guardian, in a group for children alone."""
    if is_child(resident.birth_date, today):
        raise Refused(
            "child", _("Somebody under 14 joins through a guardian, on the group's page.")
        )


def check_since(since: date, today: date) -> None:
    """House rule: nobody has belonged to a group since a day to come."""
    if since > today:
        raise Refused("since", _("This day lies ahead. Please check the date."), "since")
