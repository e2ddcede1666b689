"""Where a child is that has not come: a guardian answers, or staff note what they heard in a call.

Lock order: session (shared) → child → presence → right → notice.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from after_school import messages, saying_messages
from after_school.actions import collecting
from after_school.actions.presence import lock_presence, log
from after_school.actions.sessions import lock_shared
from after_school.models import (
    Absence,
    Collector,
    Enrolment,
    GuardianRight,
    Presence,
    PresenceEvent,
    Session,
    Whereabouts,
)
from after_school.queries.children import is_barred
from after_school.queries.sessions import guardians_to_notify, staff_to_notify
from after_school.rules import whereabouts as rules
from after_school.rules.children import check_decides
from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, moment, time_text
from diedie_edu.common.errors import Refused, refusal_of
from diedie_edu.common.links import numbers_in
from diedie_edu.common.names import name_key
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.notices.rules.ways import check_links_not_tried_out
from diedie_edu.people.models import Resident
from diedie_edu.people.rules.consents import check_child_is_open

Said = Whereabouts.Said
MISSES = Throttle("link of an alarm", "LINK_MISSES")
ALARMS = (messages.MISSING, messages.MISSING_FOR_STAFF)


def named_by_link(*, text: str, place: str, now: datetime) -> tuple[int, ...]:
    """The afternoon and the guardian (ids) that a link names; none where it was not made here,
    which is counted by `place`, the network address. Raises `Refused` after too many of those."""
    check_links_not_tried_out(MISSES.is_used_up(place, now))
    numbers = numbers_in(text, "missing")
    if numbers is None:
        MISSES.count(place, now)
    return numbers or ()


def answer(
    *,
    session: Session,
    enrolment: Enrolment,
    guardian: Resident,
    said: str,
    way: str,
    now: datetime,
) -> None:
    """A guardian says where the child is, by the link in the message or on its page; the same
    twice is harmless.

    Raises `Refused` where the child has come, the day is another, or whoever answers does not
    answer for the child or is barred from it (`not_believed`): staff are alarmed of that.
    """
    if refusal := _answer(session, enrolment, guardian, said, way, now):
        raise refusal


@transaction.atomic
def _answer(
    session: Session, enrolment: Enrolment, guardian: Resident, said: str, way: str, now: datetime
) -> Refused | None:
    """What is raised behind the transaction, so that the alarm stays."""
    presence = _lock(session, enrolment)
    rights = GuardianRight.objects.filter(child=presence.child_id, guardian=guardian)
    right = rights.select_for_update(no_key=True).first()
    if right is None or is_barred(right):
        _alarm(presence, guardian.full_name, guardian.pk, said, guardian.account, now)
        return rules.not_believed()
    rules.check_can_be_said(session, presence, now)
    if said == Said.NOT_COMING:
        check_decides(right)
    _note(presence, said, now, who=guardian.full_name, guardian=guardian, way=way)
    return None


def note_answer(
    *, session: Session, enrolment: Enrolment, said: str, who: str, by: User, now: datetime
) -> None:
    """Staff note what somebody (`who`) said in a call.

    Raises `Refused` where the child has come, the day is another, or this person is barred, of
    which all staff are alarmed.
    """
    if refusal := _note_answer(session, enrolment, said, who, by, now):
        raise refusal


@transaction.atomic
def _note_answer(
    session: Session, enrolment: Enrolment, said: str, who: str, by: User, now: datetime
) -> Refused | None:
    presence = _lock(session, enrolment)
    named = Collector(name_key=name_key(who), phone_key="")
    bar = collecting.bar_on(named, presence.child_id)
    if bar and (refusal := refusal_of(rules.check_is_believed, bar)):
        _alarm(presence, who, f"call.{bar.pk}", said, by, now)
        return refusal
    rules.check_can_be_said(session, presence, now)
    _note(presence, said, now, who=who, way=Whereabouts.Way.CALL, noted_by=by)
    return None


def _lock(session: Session, enrolment: Enrolment) -> Presence:
    lock_shared(session)
    presence = lock_presence(session, enrolment)
    check_child_is_open(presence.child)
    return presence


def _note(
    presence: Presence,
    said: str,
    now: datetime,
    *,
    who: str,
    way: str,
    guardian: Resident | None = None,
    noted_by: User | None = None,
) -> None:
    by = guardian.account if guardian else noted_by
    _enter_absence(presence, said, by, now)
    last = presence.answer
    if last is not None and (last.said, last.who, last.alarmed_at) == (said, who, None):
        return
    rules.check_not_too_often(presence.events.filter(what=PresenceEvent.What.SAID).count())
    facts = {"said": said, "who": who, "guardian": guardian, "way": way, "noted_by": noted_by}
    last, _is_new = Whereabouts.objects.update_or_create(
        presence=presence, defaults={**facts, "said_at": now, "alarmed_at": None}
    )
    event = log(presence, PresenceEvent.What.SAID, by, now, detail=str(last))
    _notify(presence, last, event.pk, now)


def _notify(presence: Presence, last: Whereabouts, event: int, now: datetime) -> None:
    """The other guardian, and the staff but who noted it; the alarm is not sent any more."""
    cancel(subject=messages.CHILD.of(presence.child_id), kinds=ALARMS, now=now)
    others = {*guardians_to_notify(presence.child_id)} - {last.guardian_id}
    staff = {*staff_to_notify()} - {last.noted_by_id}
    about = _about(presence, last.said, last.who, now) | {"revision": event, "now": now}
    notify(kind=saying_messages.WHERE_FOR_FAMILY, recipients=list(others), **about)
    notify(kind=saying_messages.WHERE_FOR_STAFF, accounts=list(staff), **about)


def _enter_absence(presence: Presence, said: str, by: User | None, now: datetime) -> None:
    """“Not coming today” is an absence of the day; any other answer takes such a one back."""
    day = presence.session.day
    one = {
        "enrolment": presence.enrolment,
        "first_day": day,
        "last_day": day,
        "taken_back_at": None,
    }
    if said == Said.NOT_COMING:
        told = {"reported_by": by, "reported_at": now}
        Absence.objects.get_or_create(**one, defaults=told)
    else:
        Absence.objects.filter(**one).update(taken_back_at=now)


def _alarm(
    presence: Presence, who: str, person: int | str, said: str, by: User | None, now: datetime
) -> None:
    """Somebody answers who may not: staff and lead hear it, once for each answer of a `person`; the
    child is missing as before."""
    if not rules.can_be_said(presence.session, presence, now):
        return
    is_new = notify(
        kind=saying_messages.NOT_BELIEVED,
        accounts=staff_to_notify(),
        revision=f"{presence.pk}.{person}.{said}",
        now=now,
        **_about(presence, said, who, now),
    )
    if is_new:
        detail = f"{who}: {Said(said).label}"
        log(presence, PresenceEvent.What.NOT_BELIEVED, by, now, detail=detail)


def _about(presence: Presence, said: str, who: str, now: datetime) -> dict[str, Any]:
    """Of whom, what was said in both languages, and until when it is of use."""
    facts = {"session": presence.session_id, "who": who, "time": time_text(now)}
    facts |= messages.in_both("said", lambda: Said(said).label)
    return {
        "subject": messages.CHILD.of(presence.child_id),
        "data": messages.child_data(presence.child, **facts),
        "expires_at": moment(local_day(now) + timedelta(days=1)),
    }
