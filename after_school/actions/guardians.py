"""The second guardian of a child, and what each sees and decides."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from after_school.actions.consenting import end_consents_of_others
from after_school.actions.custody import end_right
from after_school.actions.deciding import check_is_first
from after_school.models import GuardianRight
from after_school.rules import children
from diedie_edu.accounts.models import User


def change_right(*, right: GuardianRight, sees_notes: bool, decides: bool, by: User) -> None:
    """What the second guardian sees and decides. Raises `Refused` where `by` is not the first."""
    check_is_first(right.child_id, by)
    GuardianRight.objects.filter(pk=right.pk, place=GuardianRight.Place.SECOND).update(
        sees_notes=sees_notes, decides=decides
    )


@transaction.atomic
def remove_guardian(*, right: GuardianRight, by: User, now: datetime) -> None:
    """The second guardian sees and collects no more, and a consent of theirs ends where the first
    has consented. Raises `Refused` where `by` is not the first, or `right` is."""
    check_is_first(right.child_id, by)
    children.check_can_be_taken_out(right)
    end_right(right=right, reason=str(_("no guardian here any more")), by=by, now=now)
    end_consents_of_others(right.child, by, now)
