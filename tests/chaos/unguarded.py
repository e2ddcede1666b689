"""The outbox with its compare-and-set taken out: the negative control of `make chaos`.

Worker processes load it in place of `diedie_edu.celery` (`--app=tests.chaos.unguarded`), or as
`python -m tests.chaos.unguarded run_outbox`. Every process then takes and starts whatever it
once read as due. It must show duplicates.
"""

import os
import sys
import time
from datetime import datetime
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

from diedie_edu.celery import app

GAP = 0.05  # seconds between reading and writing, as a busy machine opens them by itself


def claim(channel: str, limit: int, now: datetime) -> Any:
    """Read, then write: what others took in between is taken again."""
    from diedie_edu.notices.models import Notice, Status
    from diedie_edu.notices.outbox.steps import Batch, lease_end

    batch = Batch(uuid4(), due_ids(channel, limit, now))
    time.sleep(GAP)
    values = {"status": Status.CLAIMED, "lease": batch.lease, "lease_until": lease_end(now)}
    Notice.objects.filter(pk__in=batch.ids).update(settled_at=None, **values)
    return batch


def due_ids(channel: str, limit: int, now: datetime) -> list[int]:
    from diedie_edu.notices.models import Notice, Status

    due = Notice.objects.filter(channel=channel, status=Status.QUEUED, next_try_at__lte=now)
    return list(due.order_by("next_try_at", "pk").values_list("pk", flat=True)[:limit])


def still_ours(pk: int, lease: UUID) -> Any:
    """Whoever read it as due believes it to be theirs."""
    from diedie_edu.notices.models import Notice
    from diedie_edu.notices.queries import addresses

    return addresses.with_address(Notice.objects.filter(pk=pk)).first()


def start(notice: Any, lease: UUID, now: datetime) -> Any:
    """Write over whatever is there."""
    from diedie_edu.notices.models import Attempt, Notice, Status
    from diedie_edu.notices.outbox.steps import lease_end

    number = Attempt.objects.filter(notice=notice).count() + 1
    values = {"status": Status.SENDING, "lease": lease, "lease_until": lease_end(now)}
    Notice.objects.filter(pk=notice.pk).update(tries=number, settled_at=None, **values)
    return Attempt(notice=notice, number=number, lease=lease, started_at=now)


def settle(attempt: Any, outcome: Any, now: datetime) -> bool:
    """The last to come has the word."""
    from diedie_edu.notices.models import Notice
    from diedie_edu.notices.outbox.steps import move
    from diedie_edu.notices.rules.sending import settle_as

    settlement = settle_as(outcome, attempt.notice, attempt.number, now)
    rows = Notice.objects.filter(pk=attempt.notice_id)
    return bool(move(rows, settlement.status, now, next_try_at=settlement.next_try_at))


REPLACEMENTS = [
    ("diedie_edu.notices.outbox.steps.claim", claim),
    ("diedie_edu.notices.outbox.steps.start", start),
    ("diedie_edu.notices.outbox.steps.settle", settle),
    ("diedie_edu.notices.outbox.calls._still_ours", still_ours),
]


def remove_guards() -> None:
    """Put the replacements in place of the outbox's own steps, in this process alone."""
    import django

    django.setup()
    for path, replacement in REPLACEMENTS:
        module, _dot, name = path.rpartition(".")
        setattr(import_module(module), name, replacement)


if os.environ.get("CHAOS_WITHOUT_GUARD"):
    remove_guards()

if __name__ == "__main__":
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)

__all__ = ["REPLACEMENTS", "app"]
