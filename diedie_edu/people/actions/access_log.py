"""The log of who looked at which child's record."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from diedie_edu.accounts.models import User
from diedie_edu.common.current_request import current_request, remembered
from diedie_edu.people.models import ChildAccess

NOTED = "looks_noted"  # with the request: children whose look is written already
SAME_LOOK = timedelta(hours=1)


def log_access(
    *, children: Iterable[int], by: User, page: str, now: datetime, reason: str = ""
) -> None:
    """Write down that somebody opened the records of these children (ids), in one statement.

    Whoever has more to say of a look than its page (`people.looks`) calls this first.
    """
    children = list(children)
    if request := current_request():
        remembered(request, NOTED, set[int]).update(children)
    ChildAccess.objects.bulk_create(
        ChildAccess(child_number=child, viewer=by, page=page, reason=reason, at=now)
        for child in children
    )
