"""The log of who looked at which child's record."""

from collections.abc import Iterable
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.people.models import ChildAccess


def log_access(
    *, children: Iterable[int], by: User, page: str, now: datetime, reason: str = ""
) -> None:
    """Write down that somebody opened the records of these children (ids), in one statement.

    Whoever shows a child's record to anybody but its guardian calls this first.
    """
    ChildAccess.objects.bulk_create(
        ChildAccess(child_number=child, viewer=by, page=page, reason=reason, at=now)
        for child in children
    )
