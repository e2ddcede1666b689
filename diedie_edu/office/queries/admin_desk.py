"""What a reviewer finds on the first page of the admin site."""

from collections.abc import Iterator
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.parts import Panel
from diedie_edu.office.models import State, Version
from diedie_edu.office.queries.documents import authored


def panels(user: User, now: datetime) -> Iterator[Panel]:
    """What waits for this reader; nothing for whoever reviews nothing."""
    scopes = user.scopes(Permission.REVIEW_OFFICE)
    if not scopes:
        return
    rows = Version.objects.filter(Version.belongs.at(scopes), state=State.SUBMITTED)
    waiting = rows.exclude(pk__in=authored(user)).select_related("document", "submitted_by")
    facts = {"waiting": list(waiting.order_by("submitted_at"))}
    yield Panel(10, "office/admin_waiting.html", facts)
