"""What a bell starts: `deliver` every few seconds, `tick` every half minute.

Each is bounded in time and finds its work in the tables, so a bell that is late, doubled or
lost changes nothing.
"""

import logging
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from diedie_edu.common.manifests import parts_of
from diedie_edu.notices.actions.receipts import match_receipts
from diedie_edu.notices.models import Channel, Tick
from diedie_edu.notices.outbox.calls import deliver_by
from diedie_edu.notices.outbox.inbox import deliver_inbox
from diedie_edu.notices.outbox.upkeep import reap, reconcile, tidy
from diedie_edu.notices.planners import Planner

logger = logging.getLogger(__name__)
TIDY_EVERY = timedelta(days=1)


def deliver() -> None:
    """Bring out what is due, by each channel for at most NOTICE_ROUND_SECONDS."""
    deadline = _deadline()
    while time.monotonic() < deadline and deliver_inbox(timezone.now()):
        pass
    for channel in (Channel.WECHAT, Channel.SMS, Channel.EMAIL, Channel.ROBOT):
        deliver_by(channel, _deadline())
    _mark("deliver", timezone.now())


def tick() -> None:
    """Plan, clean up behind processes that died, bring out, and once a day erase old rows."""
    now = timezone.now()
    for planner in parts_of(Planner):
        _plan(planner, now)
    reap(now)
    match_receipts(now)
    reconcile(now, _deadline())
    deliver()
    if not Tick.objects.filter(part="tidy", ran_at__range=(now - TIDY_EVERY, now)).exists():
        tidy(now, _deadline())
        _mark("tidy", now)
    _mark("tick", timezone.now())


def _plan(planner: Planner, now: datetime) -> None:
    """One planner's fault must not keep the others' messages back."""
    try:
        with transaction.atomic():
            planner.plan(now)
    except Exception as error:
        # Its type and place alone: a database's error text quotes whole rows.
        place = error.__traceback__
        while place and place.tb_next:
            place = place.tb_next
        where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else ""
        name = planner.plan.__name__
        logger.error("Planner %s failed: %s at %s", name, type(error).__name__, where)


def _mark(part: str, now: datetime) -> None:
    Tick.objects.update_or_create(part=part, defaults={"ran_at": now})


def _deadline() -> float:
    return time.monotonic() + settings.NOTICE_ROUND_SECONDS
