"""Telling guardians and staff of a child who has not come, once."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from after_school import messages
from after_school.actions.presence import lock_presence, log, notify_about, notify_guardians
from after_school.actions.sessions import lock_shared
from after_school.models import Enrolment, PresenceEvent, Session
from after_school.queries import terms
from after_school.queries.expected import not_come
from after_school.queries.sessions import sessions_at, staff_to_notify
from after_school.rules.sessions import missing_from
from diedie_edu.common.days import local_day, time_text
from diedie_edu.common.errors import Refused


def plan_missing(now: datetime) -> int:
    """At every tick: of each child who is late without notice, once; how many children.

    Only of sessions that staff have opened (`alarms.plan_unopened` tells of others), also where
    they closed it before its end.
    """
    begun = ~Q(state=Session.State.PLANNED)
    sessions = sessions_at(local_day(now)).filter(terms.STANDS, begun)
    return sum(
        _notify_at(session, now)
        for session in sessions
        if missing_from(session) <= now < session.ends_at
    )


@transaction.atomic
def _notify_at(session: Session, now: datetime) -> int:
    late = list(not_come(session))
    if not late:
        return 0
    lock_shared(session)
    return sum(_notify(session, enrolment, now) for enrolment in late)


def _notify(session: Session, enrolment: Enrolment, now: datetime) -> bool:
    try:
        presence = lock_presence(session, enrolment)
    except Refused:  # its consent was withdrawn a moment ago
        return False
    if presence.arrived_at is not None or presence.missing_notified_at is not None:
        return False
    presence.missing_notified_at = now
    presence.save(update_fields=["missing_notified_at"])
    event = log(presence, PresenceEvent.What.MISSING_TOLD, None, now)
    time = time_text(now)
    notify_guardians(messages.MISSING, event, now, time=time)
    staff = staff_to_notify()
    notify_about(messages.MISSING_FOR_STAFF, [], presence, event.pk, now, staff=staff, time=time)
    return True
