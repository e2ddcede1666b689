"""The text message only where the same did not go by WeChat.

Both are planned at once. While the one by WeChat is on its way, the text message waits, though no
longer than WECHAT_FIRST_SECONDS, and never past its own time. Where WeChat took the message, the
text is settled as told with it; where not, it goes with the next bell. Some go by both: what is
urgent, and a trial.

The row by WeChat is always taken before that of the text, so that no two of these wait for each
other.
"""

from datetime import datetime

from django.conf import settings
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.fields import DateTimeField

from diedie_edu.common.manifests import parts_of
from diedie_edu.community.waking import quiet_until
from diedie_edu.notices.channels.wechat import is_on
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.models import OPEN, STOPPABLE, Channel, Notice, Status
from diedie_edu.notices.rules.sending import seconds

SAME_PERSON = Q(recipient=OuterRef("recipient_id")) | Q(account=OuterRef("account_id"))
GONE_OUT = (Status.SENDING, Status.SENT, Status.DELIVERED)


def may_go(texts: QuerySet[Notice], now: datetime) -> QuerySet[Notice]:
    """Those that wait for nothing by WeChat."""
    if not is_on():
        return texts
    wait = seconds(settings.WECHAT_FIRST_SECONDS)
    until = ExpressionWrapper(OuterRef("next_try_at") + wait, output_field=DateTimeField())
    on_its_way = Notice.objects.filter(
        SAME_PERSON,
        event=OuterRef("event"),
        channel=Channel.WECHAT,
        status__in=OPEN,
        next_try_at__lte=until,
    )
    # What would be too late by then, or in the morning after it, does not wait.
    latest = quiet_until(now + wait) or now + wait
    has_time = Q(expires_at=None) | Q(expires_at__gt=latest)
    is_new = Q(next_try_at__gt=now - wait)
    return texts.exclude(
        is_new & has_time & ~Q(event="") & ~Q(kind__in=_by_both()) & Exists(on_its_way)
    )


def text_has_gone(wechat: Notice) -> bool:
    """The text waited long enough, and has gone instead."""
    return _texts(wechat).filter(status__in=GONE_OUT).exclude(kind__in=_by_both()).exists()


def spare_text(wechat: Notice, now: datetime) -> None:
    """WeChat took it: what waited is told with it."""
    waiting = _texts(wechat).filter(status__in=STOPPABLE).exclude(kind__in=_by_both())
    waiting.update(
        status=Status.SUPPRESSED,
        lease=None,
        lease_until=None,
        settled_at=now,
        told_with=wechat,
    )


def send_text_after_all(wechat: Notice, now: datetime) -> None:
    """WeChat says afterwards that it did not arrive."""
    spared = Notice.objects.filter(told_with=wechat, channel=Channel.SMS, status=Status.SUPPRESSED)
    of_use = spared.exclude(expires_at__lte=now)
    of_use.update(status=Status.QUEUED, settled_at=None, told_with=None, next_try_at=now)


def _texts(wechat: Notice) -> QuerySet[Notice]:
    same = Notice.objects.filter(event=wechat.event, channel=Channel.SMS)
    return same.filter(recipient=wechat.recipient_id, account=wechat.account_id)


def _by_both() -> list[str]:
    return [kind.code for kind in parts_of(Kind) if kind.urgent or kind.goes_by_both]
