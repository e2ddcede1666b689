"""A message to somebody who has tied their WeChat, and the bells that bring it out."""

import time
from datetime import datetime

from diedie_edu.activities.messages import SEATED
from diedie_edu.notices import actions
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.models import Channel, Notice
from diedie_edu.notices.outbox import steps
from diedie_edu.notices.outbox.calls import deliver_by
from diedie_edu.people.models import Resident
from tests.notices.conftest import FACTS

OPENID = "oLi-of-OurAccount"


def tell(person: Resident, now: datetime, kind: Kind = SEATED, **more: object) -> int:
    told = {"kind": kind, "subject": "activity:7", "data": FACTS, "now": now}
    return actions.notify(recipients=[person.pk], **told, **more)


def bell() -> None:
    for channel in (Channel.WECHAT, Channel.SMS):
        deliver_by(channel, time.monotonic() + 60)


def states() -> dict[str, str]:
    rows = Notice.objects.exclude(channel=Channel.INBOX)
    return dict(rows.values_list("channel", "status"))


def claimed(now: datetime) -> int:
    return len(steps.claim(Channel.SMS, 10, now).ids)
