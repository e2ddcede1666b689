"""Asking somebody to be the second guardian."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from after_school.models import GuardianInvitation, GuardianRight
from diedie_edu.common.errors import Refused
from diedie_edu.community.waking import after_the_night
from diedie_edu.people.models import Resident

MOST_A_DAY = 3


def open_until(asked_at: datetime) -> datetime:
    """House rule: SCHOOL_INVITATION_DAYS to say yes, and never to an end at night."""
    return after_the_night(asked_at + timedelta(days=settings.SCHOOL_INVITATION_DAYS))


def check_known(found: Resident | None, child: Resident, by: int) -> Resident:
    """House rule: a second guardian is a person with an own account, and not who asks (account's
    id)."""
    if found is None or found == child or found.account_id == by:
        raise Refused(
            "unknown",
            _(
                "Nobody is registered with this name and phone. Please ask the other guardian to "
                "register first, under the own phone, and check both. Without a phone, come to "
                "the community office together."
            ),
            "phone",
        )
    return found


def check_not_often(today: int) -> None:
    """House rule: nobody is sent message after message."""
    if today >= MOST_A_DAY:
        raise Refused("often", _("You have asked several times today. Please try tomorrow."))


def is_open(invitation: GuardianInvitation, now: datetime) -> bool:
    """House rule: it holds until it is answered, taken back or expires."""
    return invitation.answered_at is None and now < invitation.expires_at


def check_is_open(invitation: GuardianInvitation, now: datetime) -> None:
    """House rule: as `is_open`. Raises `Refused` (`over`)."""
    if not is_open(invitation, now):
        raise _over()


def check_is_of_the_first(invitation: GuardianInvitation, rights: Sequence[GuardianRight]) -> None:
    """House rule: whoever asked is still the child's first guardian; `rights`, the first in
    front, are those of guardians who may collect it."""
    if not rights or rights[0].guardian.account_id != invitation.invited_by_id:
        raise _over()


def _over() -> Refused:
    return Refused(
        "over",
        _("This invitation does not hold any more. Please ask the first guardian for a new one."),
    )
