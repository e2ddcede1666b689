"""Telling guardians and staff of a child who has not come, once."""

from datetime import datetime

from django.db import transaction

from after_school import messages, queries, rules
from after_school.actions.presence import hold_presence, log, tell_about, tell_guardians
from after_school.actions.sessions import hold_open
from after_school.models import Enrolment, PresenceEvent, Session
from diedie_edu.common.days import local_day, time_text
from diedie_edu.common.errors import Refused


def plan_missing(now: datetime) -> int:
    """At every tick: of each child who is late without notice, once; how many children.

    Only of sessions that staff have opened: otherwise nobody is there to let children in.
    """
    sessions = queries.sessions_at(local_day(now)).filter(queries.STANDS, state=Session.State.OPEN)
    return sum(
        _tell_at(session, now)
        for session in sessions
        if rules.missing_from(session) <= now < session.ends_at
    )


@transaction.atomic
def _tell_at(session: Session, now: datetime) -> int:
    late = list(queries.not_come(session))
    if not late:
        return 0
    try:
        hold_open(session)
    except Refused:  # closed a moment ago
        return 0
    return sum(_tell(session, enrolment, now) for enrolment in late)


def _tell(session: Session, enrolment: Enrolment, now: datetime) -> bool:
    try:
        presence = hold_presence(session, enrolment)
    except Refused:  # its consent was withdrawn a moment ago
        return False
    if presence.arrived_at is not None or presence.missing_told_at is not None:
        return False
    presence.missing_told_at = now
    presence.save(update_fields=["missing_told_at"])
    event = log(presence, PresenceEvent.What.MISSING_TOLD, None, now)
    time = time_text(now)
    tell_guardians(messages.MISSING, event, now, time=time)
    people = queries.staff_to_tell()
    tell_about(messages.MISSING_FOR_STAFF, people, presence, event.pk, now, time=time)
    return True
