"""Whoever owns an account hears of what was changed about it.

The message goes out through the outbox, which stands above accounts: the portal brings who tells.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.common.manifests import parts_of


class Change(StrEnum):
    PASSWORD = "password"  # nosec B105 - the name of what was changed
    NAME = "name"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"
    FACTOR_ON = "factor_on"
    FACTOR_OFF = "factor_off"
    NEW_SHEET = "new_sheet"
    GUESSES = "guesses"
    NEW_DEVICE = "new_device"
    EVERYWHERE = "everywhere"
    WECHAT_TIED = "wechat_tied"
    WECHAT_ENDED = "wechat_ended"


@dataclass(frozen=True)
class OwnerHears:
    """`tell(user, change, grant, now)` writes the message in the same transaction; `grant` is the
    role that was given or taken."""

    tell: Callable[[User, Change, RoleGrant | None, datetime], None]


def tell_owner(user: User, change: Change, now: datetime, grant: RoleGrant | None = None) -> None:
    for part in parts_of(OwnerHears):
        part.tell(user, change, grant, now)
