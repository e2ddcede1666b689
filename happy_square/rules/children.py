"""Children in groups: where, and by whose yes."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.people.rules.residents import check_birth_date, is_child
from happy_square.models import Group


def check_takes_children(group: Group) -> None:
    """PIPL art. 31: in every other group nobody under 14 is entered by name, only counted."""
    if not group.takes_children:
        raise Refused("grown_ups", _("This group is for grown-ups; children are only counted."))


def check_is_a_child(birth_date: date, today: date) -> None:
    """PIPL art. 31: from 14 on young people join themselves, with an account of their own.

    Raises `Refused` (`no_child`, and as `check_birth_date` does).
    """
    check_birth_date(birth_date, today)
    if not is_child(birth_date, today):
        raise Refused("no_child", _("From 14 on one joins oneself."), "birth_date")


def check_leaders_are_checked(are_checked: bool) -> None:
    """Facts 3: nobody under 14 joins before those who lead have been checked (入职查询)."""
    if not are_checked:
        raise Refused(
            "not_checked",
            _("Those who lead this group are being checked. Children can join after that."),
        )


def check_no_child_belongs(group: Group, is_there: bool) -> None:
    """PIPL art. 31: children leave before a group takes none any more."""
    if is_there and not group.takes_children:
        raise Refused("children", _("Children belong to this group."), "takes_children")
