"""The log of who looked at which child's record."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection

from diedie_edu.accounts.models import User
from diedie_edu.common.current_request import current_request, remembered

NOTED = "looks_noted"  # with the request: children whose look is written already
SAME_LOOK = timedelta(hours=1)
WRITE = """
INSERT INTO people_childaccess (child_number, viewer_id, page, reason, at, is_refused)
SELECT child, %s, %s, %s, %s, false FROM unnest(%s::bigint[]) AS child
"""


def log_access(
    *, children: Iterable[int], by: User, page: str, now: datetime, reason: str = ""
) -> None:
    """Write down that somebody opened the records of these children (ids), in one statement.

    Whoever has more to say of a look than its page (`people.looks`) calls this first.
    """
    children = list(children)
    if request := current_request():
        remembered(request, NOTED, set[int]).update(children)
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [by.pk, page, reason, now, children])
