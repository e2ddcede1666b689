"""Who may complain, of what, and how a complaint ends; pure."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.common.phones import is_mobile
from diedie_edu.venues.models import Venue
from happy_square.models import Complaint, Finding, Group


def check_complaint(group: Group | None, venue: Venue | None, words: str, phone: str) -> None:
    """House rule: a complaint says where, and what; only a mobile can have a text message."""
    if group is None and venue is None:
        raise Refused("nowhere", _("Please choose the group or the place it is about."), "group")
    if not words.strip():
        raise Refused("no_words", _("Please say in a sentence what happened."), "words")
    if phone and not is_mobile(phone):
        raise Refused(
            "no_mobile", _("Please give a mobile number: the answer is a text message."), "phone"
        )


def check_not_too_many(is_used_up: bool) -> None:
    """House rule: COMPLAINTS_PER_HOUR from one network address within an hour."""
    if is_used_up:
        raise Refused(
            "too_many",
            _("Many complaints have just come from this network. Please try again in an hour."),
        )


def check_is_open(complaint: Complaint) -> None:
    """House rule: whoever complained has one answer."""
    if complaint.settled_at is not None:
        raise Refused("settled", _("This complaint has been answered already."))


def check_has_no_finding(complaint: Complaint) -> None:
    """House rule: a complaint becomes one finding, and is answered when that is closed."""
    check_is_open(complaint)
    if complaint.finding_id is not None:
        raise Refused("has_finding", _("Somebody has made a finding of it already."))


def check_joins(complaint: Complaint, finding: Finding) -> None:
    """House rule: it joins what is open, of the same group or the same place."""
    same_group = finding.group_id is not None and finding.group_id == complaint.group_id
    same_venue = finding.venue_id is not None and finding.venue_id == complaint.venue_id
    if finding.is_closed or not (same_group or same_venue):
        raise Refused("elsewhere", _("Choose an open finding of the same group or place."))
