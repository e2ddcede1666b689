"""What a gateway reports of messages afterwards: each once, in whatever order it comes.

Some name a message by our reference, some by the gateway's own number, and such a report may come
before our own call has ended: then it waits for its attempt (`Receipt`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from diedie_edu.notices.actions.instead import send_text_after_all, spare_text
from diedie_edu.notices.channels.outcome import Report
from diedie_edu.notices.models import Attempt, Channel, Notice, Reason, Receipt, Status

WAITS = timedelta(days=1)
BATCH = 500
# What a report changes; a message that is known to have arrived stays so, and what was stopped or
# is to be sent again is changed by the word alone that it did arrive.
FAILS = [Status.SENDING, Status.SENT, Status.UNKNOWN]
ARRIVES = [*FAILS, Status.FAILED, Status.QUEUED, Status.CLAIMED]


def take_in(*, reports: Iterable[Report], now: datetime) -> None:
    """Write down what they say. What is known already, and what names no message of ours, changes
    nothing; nobody who reports learns which it was."""
    for report in reports:
        if report.reference:
            _write_down(Notice.objects.filter(reference=report.reference), report, now)
        elif not _of_number(report, now):
            _keep(report, now)


def match_receipts(now: datetime) -> int:
    """Reports whose attempt has its number by now; those of a day ago are of nobody."""
    Receipt.objects.filter(came_at__lte=now - WAITS).delete()
    known = Attempt.objects.filter(gateway_id=OuterRef("gateway_id")).values("pk")[:1]
    waiting = Receipt.objects.annotate(attempt=Subquery(known)).exclude(attempt=None)
    matched = list(waiting.order_by("pk")[:BATCH])
    for row in matched:
        report = Report(Status(row.status), row.detail, gateway_id=row.gateway_id)
        _of_number(report, now)
        row.delete()
    return len(matched)


def _of_number(report: Report, now: datetime) -> bool:
    """False where no attempt has its number (yet)."""
    attempt = Attempt.objects.filter(gateway_id=report.gateway_id).order_by("-pk").first()
    if attempt is None:
        return False
    _write_down(Notice.objects.filter(pk=attempt.notice_id), report, now)
    return True


def _keep(report: Report, now: datetime) -> None:
    """The last word about it; that it arrived is not taken back."""
    said = {"status": report.status, "detail": report.detail, "came_at": now}
    row, is_new = Receipt.objects.get_or_create(gateway_id=report.gateway_id, defaults=said)
    if not is_new and row.status != Status.DELIVERED:
        Receipt.objects.filter(pk=row.pk).update(**said)


@transaction.atomic
def _write_down(found: QuerySet[Notice], report: Report, now: datetime) -> None:
    notice = found.select_for_update(of=("self",)).first()
    changed = ARRIVES if report.status == Status.DELIVERED else FAILS
    if notice is None or notice.status not in changed:
        return
    values = {"status": report.status, "settled_at": now, "lease": None, "lease_until": None}
    Notice.objects.filter(pk=notice.pk).update(**values, sealed="")
    said = {"outcome": report.status, "reason": Reason.RECEIPT, "detail": report.detail}
    Attempt.objects.filter(notice=notice, number=notice.tries).update(**said)
    if notice.channel == Channel.WECHAT:
        follow = spare_text if report.status == Status.DELIVERED else send_text_after_all
        follow(notice, now)
