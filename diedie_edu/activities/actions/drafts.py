"""A draft is deleted and restored; what was called off takes place after all."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.activities import messages
from diedie_edu.activities.actions import days, schedule
from diedie_edu.activities.actions.offers import lock_activity
from diedie_edu.activities.models import Activity
from diedie_edu.activities.rules.working import check_is_deleted, check_is_draft
from diedie_edu.notices.actions import unsay
from diedie_edu.notices.models import Notice
from diedie_edu.venues.actions.calendar import lock_calendar


@transaction.atomic
def delete_draft(*, activity: Activity, by: User, now: datetime) -> None:
    """Put a draft away and free its room; whoever was to serve there hears of it.

    Raises `Refused` for what residents know of. It can be restored.
    """
    locked = lock_activity(activity.pk)
    check_is_draft(locked)
    reason = _("The draft was put away.")
    if locked.occasions.filter(ends_at__gt=now).exists():
        schedule.call_off(activity=locked, reason=reason, by=by, now=now)
    else:
        gone = {"state": Activity.State.CALLED_OFF, "call_off_reason": reason, "is_dropped": True}
        Activity.objects.filter(pk=locked.pk).update(**gone)


@transaction.atomic
def restore_draft(*, activity: Activity, by: User, now: datetime) -> None:
    """A draft again, in its room. Raises `Refused` where the room is taken meanwhile."""
    lock_calendar()
    check_is_deleted(activity)
    ahead = activity.occasions.filter(ends_at__gt=now).values_list("pk", flat=True)
    if ahead:
        days.hold_again(occasions=list(ahead), by=by, now=now)
        return
    draft = {"state": Activity.State.DRAFT, "call_off_reason": "", "is_dropped": False}
    Activity.objects.filter(pk=activity.pk).update(**draft)


@transaction.atomic
def hold_after_all(*, activity: Activity, by: User, now: datetime) -> int:
    """What was called off takes place; how many people hear of it: nobody where the messages of
    the calling off had not gone out yet, so that it was as if it had never been.

    Raises `Refused` where a room is taken meanwhile, or all of it lies behind.
    """
    lock_calendar()
    subject = messages.ACTIVITY.of(activity.pk)
    ahead = activity.occasions.filter(ends_at__gt=now).values_list("pk", flat=True)
    off = Notice.objects.filter(subject=subject, kind=messages.CALLED_OFF.code)
    said = off.order_by("-created_at").values_list("created_at", flat=True).first()
    kinds = (messages.CALLED_OFF,)
    unheard = said is None or unsay(subject=subject, said_at=said, kinds=kinds) is not None
    people = days.hold_again(occasions=list(ahead), by=by, now=now, tells=not unheard)
    return 0 if unheard else people
