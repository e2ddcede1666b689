"""A second guardian of a child, who was asked and has agreed."""

from datetime import datetime

from after_school.actions.invitations import accept_invitation, invite_guardian
from after_school.models import GuardianInvitation, GuardianRight
from diedie_edu.accounts.models import User
from diedie_edu.people.models import Resident
from tests.conftest import NOW
from tests.support.children import seen


def invited(
    child: Resident, user: User, by: User, now: datetime = NOW, **fields: object
) -> GuardianInvitation:
    """Somebody with an account is asked by the first guardian."""
    told = {
        "full_name": user.display_name,
        "phone": user.phone,
        "relation": "father",
        "sees_notes": True,
        "decides": True,
    }
    return invite_guardian(child=child, by=by, now=now, **told | fields)  # type: ignore[arg-type]


def see(child: Resident) -> Resident:
    """The child, all of whose guardians staff have seen."""
    child.guardian_rights.update(**seen())
    return child


def second_guardian(
    child: Resident, user: User, by: User, now: datetime = NOW, **fields: object
) -> GuardianRight:
    asked = invited(child, user, by, now, **fields)
    return accept_invitation(invitation=asked, by=user, now=now)
