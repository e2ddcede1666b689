"""What staff and guardians hear though nobody taps anything."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from after_school import messages
from after_school.models import GuardianRight, Session
from after_school.queries.sessions import expected_at, staff_to_notify, unopened_sessions
from after_school.rules.sessions import is_unopened, missing_from
from diedie_edu.common.days import time_text
from diedie_edu.notices.actions import notify, plan_from
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import as_messages


def plan_unopened(now: datetime) -> int:
    """At every tick: of an afternoon that nobody has opened. Staff and lead hear at once, guardians
    of who is expected when a child would count as missing; how many messages."""
    unopened = [row for row in unopened_sessions(now) if is_unopened(row, now)]
    return sum(_notify_unopened(row, now) for row in unopened if now < row.ends_at)


@transaction.atomic
def _notify_unopened(session: Session, now: datetime) -> int:
    waiting = Session.objects.filter(pk=session.pk, state=Session.State.PLANNED)
    if waiting.select_for_update(no_key=True).first() is None:  # opened a moment ago
        return 0
    told = notify(
        kind=messages.NOT_OPENED,
        accounts=staff_to_notify(),
        subject=messages.SESSION.of(session.pk),
        data={"session": session.pk, "time": time_text(session.starts_at)},
        expires_at=session.ends_at,
        now=now,
    )
    if missing_from(session) <= now:
        families = GuardianRight.objects.filter(child__enrolments__in=expected_at(session))
        told += notify_families(messages.NOT_OPENED_FOR_FAMILY, families, session, now)
    return told


def notify_families(
    kind: Kind, families: QuerySet[GuardianRight], session: Session, now: datetime
) -> int:
    """Each guardian once for each child, in one statement; how many messages."""
    people = as_messages(
        families,
        recipient="guardian_id",
        subject=messages.CHILD.at("child_id"),
        revision=str(session.pk),
        data=messages.child_facts(session=session.pk, time=time_text(now)),
        expires_at=session.ends_at,
        now=now,
    )
    return plan_from(kind=kind, people=people, now=now)
