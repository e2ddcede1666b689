"""Staff have seen a guardian: at the gate, by a paper, or because they know them."""

from datetime import datetime

from django.db import transaction

from after_school.models import GuardianRight
from after_school.rules import seeing
from diedie_edu.accounts.models import User


@transaction.atomic
def see_guardian(
    *, right: GuardianRight, how: str, reference: str, by: User, now: datetime
) -> None:
    """From now on what this guardian says counts at the gate; the first sight stays.

    `how` is one of `GuardianRight.Seen`. Raises `Refused` where `by` is the guardian, or a paper
    has no `reference`.
    """
    seeing.check_sight(right, how, reference, by)
    note_sight(right=right, how=how, reference=reference, by=by, now=now)


def note_sight(
    *, right: GuardianRight, how: str, by: User, now: datetime, reference: str = ""
) -> None:
    """As `see_guardian`, along with something else; nobody is noted as seen by themselves."""
    if right.guardian.account_id != by.pk:
        GuardianRight.objects.filter(pk=right.pk, seen_at=None).update(
            seen_at=now, seen_by=by, seen_how=how, seen_reference=reference
        )
