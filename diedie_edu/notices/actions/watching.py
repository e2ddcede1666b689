"""Staff, and their group chats, hear where the outbox or the back-ups are in trouble."""

from collections.abc import Callable
from datetime import datetime, timedelta

from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.days import local
from diedie_edu.notices import messages
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.queries import watching

# What is looked for, and after how many hours of the clock it is said again while it lasts.
WATCHED: list[tuple[Kind, Callable[[datetime], bool], int]] = [
    (messages.STANDS_STILL, watching.stands_still, 6),
    (messages.GATEWAY_AILS, watching.gateway_ails, 6),
    (messages.UNAPPROVED, watching.is_unapproved, 24),
    (messages.NO_BACK_UP, watching.back_up_is_missing, 24),
]


def plan_watch(now: datetime) -> int:
    """A planner: how many messages are new."""
    return sum(_tell(kind, hours, now) for kind, is_so, hours in WATCHED if is_so(now))


def _tell(kind: Kind, hours: int, now: datetime) -> int:
    here = local(now)
    return notify(
        kind=kind,
        accounts=list(accounts_with(Permission.SEE_DELIVERY).values_list("pk", flat=True)),
        subject=messages.OWN.of(1),
        revision=f"{here:%Y%m%d}.{here.hour // hours}",
        data={},
        now=now,
        expires_at=now + timedelta(days=1),
    )
