"""Delivery inside the portal: no gateway, so a statement moves thousands at once."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from diedie_edu.notices.models import Channel, Notice, Status

BATCH = 2000


@transaction.atomic
def deliver_inbox(now: datetime) -> int:
    """Deliver up to BATCH due messages, exactly once; returns how many rows were settled.

    One statement claims and delivers: it sees what was cancelled before it, and what it locks
    cannot be cancelled any more.
    """
    due = Notice.objects.filter(channel=Channel.INBOX, status=Status.QUEUED, next_try_at__lte=now)
    rows = due.order_by("next_try_at", "id").select_for_update(skip_locked=True)
    too_late = Q(expires_at__lte=now)
    return Notice.objects.filter(pk__in=rows.values("pk")[:BATCH]).update(
        status=Case(When(too_late, then=Value(Status.EXPIRED)), default=Value(Status.DELIVERED)),
        settled_at=now,
        tries=F("tries") + 1,
    )
