"""What staff and guardians hear though nobody taps anything."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from after_school import alarm_messages, messages
from after_school.models import GuardianRight, Presence, Session
from after_school.queries.alarms import called_off_at, unopened_sessions
from after_school.queries.children import IS_BARRED
from after_school.queries.expected import awaited_at, expected_at
from after_school.queries.sessions import sessions_at, staff_to_notify
from after_school.rules.sessions import is_unopened, missing_from, still_here_since
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, moment, time_text
from diedie_edu.notices.actions import cancel, notify, plan_from
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.queries.names import register_name
from diedie_edu.notices.subjects import as_messages


def plan_unopened(now: datetime) -> int:
    """At every tick: of an afternoon that nobody has opened. Staff and lead hear at once, guardians
    of who is expected when a child would count as missing; how many messages."""
    unopened = [row for row in unopened_sessions(now) if is_unopened(row, now)]
    return sum(_notify_unopened(row, now) for row in unopened if now < row.ends_at)


@transaction.atomic
def _notify_unopened(session: Session, now: datetime) -> int:
    if not _lock_in(Session.State.PLANNED, session):  # opened a moment ago
        return 0
    told = notify(
        kind=alarm_messages.NOT_OPENED,
        accounts=staff_to_notify(),
        subject=messages.SESSION.of(session.pk),
        data={"session": session.pk, "time": time_text(session.starts_at)},
        expires_at=session.ends_at,
        now=now,
    )
    if missing_from(session) <= now:
        families = GuardianRight.objects.filter(child__enrolments__in=expected_at(session))
        told += notify_families(
            alarm_messages.NOT_OPENED_FOR_FAMILY, families, session, now, str(session.pk)
        )
    return told


def plan_still_here(now: datetime) -> int:
    """At every tick: of the children who are inside after the end, their guardians, staff and lead
    hear at set times; how many messages."""
    still_open = sessions_at(local_day(now)).filter(state=Session.State.OPEN)
    due = [(row, still_here_since(row, now, called_off_at(row))) for row in still_open]
    return sum(_notify_still_here(row, at, now) for row, at in due if at is not None)


@transaction.atomic
def _notify_still_here(session: Session, at: datetime, now: datetime) -> int:
    """While nobody goes, so that nobody hears of a child who has just left."""
    if not _lock_in(Session.State.OPEN, session):  # closed a moment ago
        return 0
    inside = Presence.objects.filter(Presence.INSIDE, session=session)
    number = inside.count()
    if not number:
        return 0
    families = GuardianRight.objects.filter(child__presences__in=inside)
    revision = f"{session.pk}.{at:%H%M%S}"
    told = notify_families(alarm_messages.STILL_HERE, families, session, now, revision)
    return told + notify(
        kind=alarm_messages.NOT_COLLECTED,
        accounts=staff_to_notify(),
        subject=messages.SESSION.of(session.pk),
        revision=revision,
        data={"session": session.pk, "time": time_text(now), "number": number},
        expires_at=_midnight(session),
        now=now,
    )


def _lock_in(state: str, session: Session) -> bool:
    """Let nobody open or close it, and no child come or go; False where its state is another."""
    rows = Session.objects.filter(pk=session.pk, state=state)
    return rows.select_for_update(no_key=True).first() is not None


def _midnight(session: Session) -> datetime:
    """What is told of a day is of no use after it."""
    return moment(session.day + timedelta(days=1))


def notify_opened_late(session: Session, by: User, now: datetime) -> None:
    """Whoever heard that nobody had opened hears that somebody is there."""
    stop(alarm_messages.UNOPENED, session, now)
    notify(
        kind=alarm_messages.OPENED_LATE,
        accounts=staff_to_notify(),
        subject=messages.SESSION.of(session.pk),
        data={"session": session.pk, "time": time_text(now), "by": register_name(by)},
        expires_at=session.ends_at,
        now=now,
    )


def notify_closed_early(session: Session, reason: str, by: User, now: datetime) -> None:
    """Guardians of who is still to come hear that the door is shut; staff and lead too."""
    awaited = awaited_at(session)
    families = GuardianRight.objects.filter(child__enrolments__in=awaited)
    revision = f"{session.pk}.{now:%H%M%S}"
    notify_families(alarm_messages.CLOSED_FOR_FAMILY, families, session, now, revision)
    notify(
        kind=alarm_messages.CLOSED_WITH_AWAITED,
        accounts=staff_to_notify(),
        subject=messages.SESSION.of(session.pk),
        revision=revision,
        data={
            "session": session.pk,
            "time": time_text(now),
            "number": awaited.count(),
            "by": register_name(by),
            "reason": reason,
        },
        expires_at=session.ends_at,
        now=now,
    )


def stop(kinds: Collection[Kind], session: Session, now: datetime) -> None:
    """What has not gone out yet to staff and families is true no more."""
    children = expected_at(session).values_list("child_id", flat=True)
    subjects = [messages.SESSION.of(session.pk), *map(messages.CHILD.of, children)]
    cancel(subject=subjects, kinds=kinds, now=now)


def notify_families(
    kind: Kind,
    families: QuerySet[GuardianRight],
    session: Session,
    now: datetime,
    revision: str,
) -> int:
    """Each guardian once for each child and revision, in one statement; how many messages. Whoever
    is barred from the child is not asked to come for it."""
    people = as_messages(
        families.filter(~IS_BARRED),
        recipient="guardian_id",
        subject=messages.CHILD.at("child_id"),
        revision=revision,
        data=messages.child_facts(session=session.pk, time=time_text(now)),
        expires_at=_midnight(session),
        now=now,
    )
    return plan_from(kind=kind, people=people, now=now)
