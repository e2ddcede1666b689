"""Whoever keeps accounts hears where strangers ask for more codes, or guess more often, than the
house allows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import WHEN
from diedie_edu.portal.sign_in.messages import HOUSE_IS_FULL


@contextmanager
def alarming() -> Iterator[None]:
    """The refusal has undone what its block wrote; the alarm is written after that, by day and by
    night, once an hour."""
    try:
        yield
    except Refused as refusal:
        if refusal.code == "house_is_full":
            _alarm(local_now())
        raise


def _alarm(now: datetime) -> None:
    notify(
        kind=HOUSE_IS_FULL,
        accounts=list(accounts_with(Permission.KEEP_ACCOUNTS).values_list("pk", flat=True)),
        subject=HOUSE_IS_FULL.code,
        revision=f"{now:%Y-%m-%d %H}",
        data={WHEN: now.isoformat()},
        now=now,
    )
