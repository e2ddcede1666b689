"""What may be written down of a visit, and how a finding goes on; pure."""

from collections.abc import Collection
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from happy_square.models import Finding, Group

FURTHEST = timedelta(days=365)


def check_can_visit(group: Group) -> None:
    """House rule: what has ended keeps its history, and is not visited any more."""
    if group.standing == Group.Standing.ENDED:
        raise Refused("ended", _("This group has ended."))


def check_something_seen(in_order: Collection[str], found: Collection[str]) -> None:
    """Plan 五(二) 监控: a visit says something of one point at least, and one thing of each."""
    if not in_order and not found:
        raise Refused("nothing_seen", _("Please say of one point at least how you found it."))
    if set(in_order) & set(found) or len(set(found)) < len(found):
        raise Refused("seen_twice", _("Each point is in order or not, and has one finding."))


def check_due(due_on: date, today: date) -> None:
    """House rule: there is time to put something right, from today on and within a year."""
    if due_on < today:
        raise Refused("past", _("Please choose a day from today on."), "due_on")
    if due_on - today > FURTHEST:
        raise Refused("far", _("That is more than a year ahead. Please check the year."), "due_on")


def check_goes_on(finding: Finding) -> None:
    """House rule: what is put right is not opened again; what comes later is a finding anew."""
    if finding.is_closed:
        raise Refused("closed", _("This has been put right already. Nothing more is needed."))


def check_not_own(leads_it: bool) -> None:
    """House rule: whoever leads a group does not say of it that it has put something right."""
    if leads_it:
        raise Refused("own_group", _("You lead this group, so somebody else sees to this."))


def check_all_read(last: int | None, seen: int | None) -> None:
    """House rule: nobody decides on an answer of which they have not read the last word."""
    if last != seen:
        raise Refused(
            "said_more", _("Something was said since you opened this page. Please read it first.")
        )
