"""Decisions at the door of accounts, pure."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import name_key

MONTH = timedelta(days=365) / 12


def is_long_away(user: User, now: datetime) -> bool:
    """House rule: phone companies hand numbers out again, so whoever has not signed in for long is
    asked for something that only the owner knows before a family shows."""
    last = user.last_login or user.created_at
    return now - last >= settings.LONG_AWAY_MONTHS * MONTH


def check_is_owner(typed: str, full_name: str) -> None:
    """House rule: the owner knows the name on our lists. Raises `Refused` (`not_the_owner`)."""
    if name_key(typed) != name_key(full_name):
        raise Refused(
            "not_the_owner",
            _(
                "This is not the name that we have for this number. Is the number new to you? "
                "Then come by or call, and we free it for you."
            ),
            "full_name",
        )
