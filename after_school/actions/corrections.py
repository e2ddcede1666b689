"""Taking back what was tapped by mistake. Nothing is deleted: both stay in the log.

A correction names the time that the page showed, so a stale page undoes nothing newer.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from after_school import messages
from after_school.actions.arrivals import stop_arrived
from after_school.actions.presence import lock_again, log, notify_guardians
from after_school.alarm_messages import STILL_HERE
from after_school.models import CollectorPass, Presence, PresenceEvent
from after_school.rules import handing_over
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.notices.actions import cancel


@transaction.atomic
def take_back_arrival(
    *, presence: Presence, seen: datetime, reason: str, by: User, now: datetime
) -> None:
    """The child was never here: a slip of the finger at `seen`, the time of arrival shown.

    Harmless where somebody else has put it right. Raises `Refused` where the child has left.
    """
    locked = lock_again(presence)
    handing_over.check_has_not_left(locked)
    if locked.arrived_at != seen:
        return
    locked.arrived_at = locked.arrived_by = locked.zone = None
    locked.save(update_fields=["arrived_at", "arrived_by", "zone"])
    log(locked, PresenceEvent.What.ARRIVAL_UNDONE, by, now, detail=reason)
    stop_arrived(locked.child_id, now)
    cancel(subject=messages.CHILD.of(locked.child_id), kinds=[STILL_HERE], now=now)


@transaction.atomic
def take_back_leaving(
    *, presence: Presence, seen: datetime, reason: str, by: User, now: datetime
) -> None:
    """The child has not left, as was noted at `seen`: it is inside again, guardians are told.

    A used pass is good again. Harmless where somebody else has put it right.
    """
    locked = lock_again(presence)
    if locked.left_at != seen:
        return
    event = _back_inside(locked, reason, by, now)
    if local_day(now) == locked.session.day:
        notify_guardians(messages.HAND_OVER_TAKEN_BACK, event, now, when_at=seen)
    else:
        notify_guardians(messages.HAND_OVER_PUT_RIGHT, event, now, day_on=locked.session.day)


@transaction.atomic
def undo_leaving(*, presence: Presence, seen: datetime, by: User, now: datetime) -> None:
    """A slip of the finger at `seen`, within seconds: the child is inside again, and nobody has
    been told. Harmless where somebody else has put it right.

    Raises `Refused` where it is too late for that.
    """
    locked = lock_again(presence)
    if locked.left_at != seen:
        return
    left = locked.events.filter(what=PresenceEvent.What.LEFT).latest("at")
    handing_over.check_can_be_undone(left.at, now)
    _back_inside(locked, _("undone at once"), by, now)
    told = [messages.HANDED_OVER, messages.WALKED_HOME]
    cancel(subject=messages.CHILD.of(locked.child_id), kinds=told, now=now)


def _back_inside(locked: Presence, reason: str, by: User, now: datetime) -> PresenceEvent:
    CollectorPass.objects.filter(hand_over=locked).update(used_at=None)
    locked.left_at = locked.left_by = None
    locked.collector = locked.collector_pass = locked.walk_home = None
    locked.checked_how = ""
    locked.save()
    return log(locked, PresenceEvent.What.LEAVING_UNDONE, by, now, detail=reason)
