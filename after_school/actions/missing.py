"""Telling guardians and staff of a child who has not come, once."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from after_school import messages
from after_school.actions.presence import lock_presence, log, notify_about
from after_school.actions.sessions import lock_shared
from after_school.alarm_messages import HELP_LOOK
from after_school.models import Enrolment, Presence, PresenceEvent, Session
from after_school.queries import terms
from after_school.queries.expected import not_come
from after_school.queries.sessions import (
    colleagues_to_ask,
    guardians_to_notify,
    sessions_at,
    staff_to_notify,
)
from after_school.queries.whereabouts import still_on_the_way
from after_school.rules.sessions import missing_from
from after_school.rules.whereabouts import is_on_the_way
from diedie_edu.common.days import local_day, time_text
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions import notify


def plan_missing(now: datetime) -> int:
    """At every tick: of each child who is late without notice, once; how many children.

    Only of sessions that staff have opened (`alarms.plan_unopened` tells of others), also where
    they closed it before its end. Who is said to be on the way and does not come is missing once
    more, until the day ends.
    """
    begun = ~Q(state=Session.State.PLANNED)
    sessions = sessions_at(local_day(now)).filter(terms.STANDS, begun)
    first = sum(
        _notify_at(session, now)
        for session in sessions
        if missing_from(session) <= now < session.ends_at
    )
    return first + sum(_notify_again(presence, now) for presence in still_on_the_way(now))


@transaction.atomic
def _notify_at(session: Session, now: datetime) -> int:
    late = list(not_come(session))
    if not late:
        return 0
    lock_shared(session)
    missing = sum(_notify(session, enrolment, now) for enrolment in late)
    if missing:
        _ask_colleagues(session, now)
    return missing


def _ask_colleagues(session: Session, now: datetime) -> None:
    """Everybody else with a desk helps to look, once an afternoon; no child is named to them."""
    notify(
        kind=HELP_LOOK,
        accounts=colleagues_to_ask(),
        subject=messages.SESSION.of(session.pk),
        data={"time": time_text(now)},
        now=now,
        expires_at=session.ends_at,
    )


def _notify(session: Session, enrolment: Enrolment, now: datetime) -> bool:
    try:
        presence = lock_presence(session, enrolment)
    except Refused:  # its consent was withdrawn a moment ago
        return False
    if presence.arrived_at is not None or presence.missing_notified_at is not None:
        return False
    presence.missing_notified_at = now
    presence.save(update_fields=["missing_notified_at"])
    _alarm(presence, now)
    return True


@transaction.atomic
def _notify_again(late: Presence, now: datetime) -> bool:
    """It was said to be on its way, and does not come."""
    lock_shared(late.session)
    presence = lock_presence(late.session, late.enrolment)
    answer = presence.answer
    if presence.arrived_at is not None or answer.alarmed_at or is_on_the_way(presence, now):
        return False  # it came, or somebody answered, a moment ago
    answer.alarmed_at = now
    answer.save(update_fields=["alarmed_at"])
    _alarm(presence, now)
    return True


def _alarm(presence: Presence, now: datetime) -> None:
    """Each guardian gets a link of their own, by which they answer."""
    event = log(presence, PresenceEvent.What.MISSING_TOLD, None, now).pk
    time, staff = time_text(now), staff_to_notify()
    for people in [[pk] for pk in guardians_to_notify(presence.child_id)] or [[]]:
        link = [presence.pk, *people]
        notify_about(messages.MISSING, people, presence, event, now, time=time, missing=link)
    notify_about(messages.MISSING_FOR_STAFF, [], presence, event, now, staff=staff, time=time)
