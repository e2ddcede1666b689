"""Delivery inside the portal: no gateway, so a statement moves thousands at once.

It counts as delivered for whom somebody can open it: an account that may sign in.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from diedie_edu.accounts.models import User
from diedie_edu.notices.models import Channel, Notice, Status
from diedie_edu.people.queries import has_reader

BATCH = 2000


@transaction.atomic
def deliver_inbox(now: datetime) -> int:
    """Deliver up to BATCH due messages, exactly once; returns how many rows were settled.

    One statement claims and delivers: it sees what was cancelled before it, and what it locks
    cannot be cancelled any more. What nobody can open is suppressed.
    """
    due = Notice.objects.filter(channel=Channel.INBOX, status=Status.QUEUED, next_try_at__lte=now)
    rows = due.order_by("next_try_at", "id").select_for_update(skip_locked=True)
    own = User.objects.filter(pk=OuterRef("account_id"), is_active=True)
    is_read = Q(Exists(own)) | has_reader("recipient_id")
    return Notice.objects.filter(pk__in=rows.values("pk")[:BATCH]).update(
        status=Case(
            When(expires_at__lte=now, then=Value(Status.EXPIRED)),
            When(is_read, then=Value(Status.DELIVERED)),
            default=Value(Status.SUPPRESSED),
        ),
        settled_at=now,
        tries=F("tries") + 1,
    )
