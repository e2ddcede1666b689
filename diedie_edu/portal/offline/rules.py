"""What a phone may keep for when there is no network."""

from datetime import timedelta
from typing import Any

from diedie_edu.accounts.permissions import Permission

KEPT = timedelta(days=14)  # from the last time it was read
MOST = 20  # dates on one page


def is_kept_for(user: Any) -> bool:
    """House rule: for whoever takes seats, never on a device of somebody with power over others.

    Staff, leads and readers sign in on computers that are shared.
    """
    return user.is_authenticated and user.may(Permission.TAKE_SEATS) and not user.has_power
