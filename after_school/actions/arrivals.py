"""Telling that a child has come, to the guardians who want to hear it."""

from datetime import datetime, timedelta

from after_school import messages, saying_messages
from after_school.models import GuardianRight, PresenceEvent
from after_school.queries.children import is_barred
from after_school.rules.whereabouts import is_news
from diedie_edu.common.days import time_text
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.notices.models import Notice, Status

OF_USE = timedelta(hours=1)


def hear_arrivals(*, right: GuardianRight, wants: bool) -> None:
    """A guardian wants to hear when the child arrives, or no more; twice is harmless."""
    GuardianRight.objects.filter(pk=right.pk).update(hears_arrival=wants)


def notify_arrived(event: PresenceEvent, now: datetime) -> None:
    """Once for a child and day, also where the arrival was put right; the presence is locked."""
    presence = event.presence
    subject = messages.CHILD.of(presence.child_id)
    own = Notice.objects.filter(kind=saying_messages.ARRIVED.code, subject=subject)
    told = own.filter(data__session=presence.session_id).exclude(status=Status.CANCELLED)
    if not is_news(presence, now) or told.exists():
        return
    rights = GuardianRight.objects.filter(child=presence.child_id, hears_arrival=True)
    facts = {"session": presence.session_id, "time": time_text(presence.arrived_at or now)}
    notify(
        kind=saying_messages.ARRIVED,
        recipients=[right.guardian_id for right in rights if not is_barred(right)],
        subject=subject,
        revision=event.pk,
        data=messages.child_data(presence.child, **facts),
        expires_at=now + OF_USE,
        now=now,
    )


def stop_arrived(child: int, now: datetime) -> None:
    """The child (id) is not there: what has not gone out yet is not said."""
    cancel(subject=messages.CHILD.of(child), kinds=[saying_messages.ARRIVED], now=now)
