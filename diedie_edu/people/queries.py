"""Reads of people that more than one door needs."""

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Resident


def family_of(user: User) -> list[Resident]:
    """Whom an account may act for: itself first, then those of the household without an account.

    A grown-up with an account of their own acts for themselves.
    """
    own = Resident.objects.filter(account=user).first()
    if own is None:
        return []
    if own.household_id is None:
        return [own]
    others = Resident.objects.filter(household=own.household_id, account=None)
    return [own, *others]
