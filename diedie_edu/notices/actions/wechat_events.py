"""What becomes of a call of WeChat's; each is taken in once."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from diedie_edu.notices.actions import receipts, wechat
from diedie_edu.notices.channels.outcome import Report
from diedie_edu.notices.channels.wechat import gateway_id
from diedie_edu.notices.channels.wechat_events import NOT_OLDER, Event
from diedie_edu.notices.models import Status, WeChatCall, WeChatTie

FOLLOWS, LEAVES, SCANS = "subscribe", "unsubscribe", "SCAN"
SENT = "TEMPLATESENDJOBFINISH"
OF_A_CODE = "qrscene_"  # in front of what was scanned by somebody who did not follow before
REFUSED = "failed:user block"
KEPT_FOR = timedelta(seconds=2 * NOT_OLDER)  # the clocks of both sides may differ


@transaction.atomic
def take_in(*, event: Event, now: datetime) -> bool:
    """False for a call that was taken in before. What is of no use to us changes nothing."""
    WeChatCall.objects.filter(came_at__lt=now - KEPT_FOR).delete()
    try:
        with transaction.atomic():
            WeChatCall.objects.create(signature=event.signature, came_at=now)
    except IntegrityError:
        return False
    if event.openid:
        _take_in(event, now)
    return True


def _take_in(event: Event, now: datetime) -> None:
    if event.name == LEAVES:
        wechat.note_follows(openid=event.openid, follows=WeChatTie.Follows.NO)
    elif event.name in (FOLLOWS, SCANS):
        wechat.note_follows(openid=event.openid, follows=WeChatTie.Follows.YES)
        scene = event.key.removeprefix(OF_A_CODE)
        wechat.scanned(scene=scene, openid=event.openid, now=now)
    elif event.name == SENT and event.number:
        _note_sent(event, now)


def _note_sent(event: Event, now: datetime) -> None:
    is_there = event.status == "success"
    status = Status.DELIVERED if is_there else Status.FAILED
    detail = "" if is_there else f"wechat.{event.status.removeprefix('failed:').strip()}"
    report = Report(status, detail[:40].replace(" ", "_"), gateway_id=gateway_id(event.number))
    receipts.take_in(reports=[report], now=now)
    if event.status == REFUSED:
        wechat.note_refused(openid=event.openid, now=now)
