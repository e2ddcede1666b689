"""What is the matter with the outbox, or with the back-ups, so that somebody should look."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from diedie_edu.keeping.queries import upkeep
from diedie_edu.notices.models import Attempt, Channel, Notice, Reason, Status
from diedie_edu.notices.queries.state import STALLED_AFTER

LATELY, AT_LEAST, LOOKED_AT = timedelta(minutes=30), 3, 60
FAILS = {Reason.NOT_TAKEN, Reason.NO_CONNECTION, Reason.NO_ANSWER, Reason.SETTINGS}
TAKEN = {Reason.ACCEPTED, Reason.RECEIPT, Reason.REFUSED}  # it spoke, and meant this message alone


def since_stalled(now: datetime) -> datetime:
    return now - STALLED_AFTER


def overdue(since: datetime) -> QuerySet[Notice]:
    """What has been due since then, and nobody has taken up."""
    return Notice.objects.filter(status=Status.QUEUED, next_try_at__lte=since)


def stands_still(now: datetime) -> bool:
    """Whether something has been due for ten minutes."""
    return overdue(since_stalled(now)).exists()


def gateway_ails(now: datetime) -> bool:
    """Whether the gateway of text messages has taken nothing for half an hour, and three calls of
    it or more failed. Only the newest calls of all channels are looked at."""
    last = Attempt.objects.order_by("-pk").values_list("started_at", "notice__channel", "reason")[
        :LOOKED_AT
    ]
    reasons = [
        reason
        for at, channel, reason in last
        if channel == Channel.SMS and now - LATELY < at <= now and reason in FAILS | TAKEN
    ]
    return len(reasons) >= AT_LEAST and FAILS.issuperset(reasons)


def is_unapproved(now: datetime) -> bool:
    """Whether a text message has just not gone out for want of an approved template."""
    return Attempt.objects.filter(
        reason=Reason.NO_TEMPLATE, started_at__gt=now - LATELY, started_at__lte=now
    ).exists()


def back_up_is_missing(now: datetime) -> bool:
    return upkeep.back_up_fails() or upkeep.back_up_is_old(now)
